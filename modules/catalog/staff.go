package catalog

import (
	"bytes"
	"context"
	"encoding/json"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// Revision is what a member of staff makes of a product.
type Revision struct {
	Product ProductInput
	Seen    Version // what they had before them; empty does not ask
}

// Edit is Save by a member of staff: it is written into the audit log. A
// product without a slug gets one that is free. Nothing is stored when somebody
// else changed the product since it was seen.
func (m *Module) Edit(ctx context.Context, in tenant.Store, who auth.Actor, r Revision) (catalogapi.ProductID, error) {
	return db.Write(ctx, m.db, in, func(tx tx) (catalogapi.ProductID, error) {
		p := r.Product
		if p.Slug == "" && !p.Title.IsEmpty() {
			slug, err := m.FreeSlug(ctx, tx, p.Title.In("en"))
			if err != nil {
				return 0, err
			}
			p.Slug = slug
		}
		w, err := startWriting(ctx, tx)
		if err != nil {
			return 0, err
		}
		p = normal(p)
		if p.ID == 0 {
			if p.ID, err = create(ctx, tx, w, p); err != nil {
				return 0, err
			}
			if err := m.store(ctx, tx, w); err != nil {
				return 0, err
			}
			return p.ID, m.audit(ctx, tx, product(p), tenancyapi.Entry{Actor: who, After: audited(product(p))})
		}
		if err := holdProduct(ctx, tx, p.ID); err != nil {
			return 0, err
		}
		have, err := productIn(ctx, tx, p.ID)
		if err != nil {
			return 0, err
		}
		if r.Seen != "" && r.Seen != have.Version() {
			return 0, ErrChanged
		}
		if err := change(ctx, tx, w, have, p); err != nil {
			return 0, err
		}
		if err := m.store(ctx, tx, w); err != nil {
			return 0, err
		}
		return p.ID, m.audit(ctx, tx, product(p), tenancyapi.Entry{Actor: who, Before: audited(have), After: audited(product(p))})
	})
}

// Move changes a product's status on behalf of a member of staff.
func (m *Module) Move(ctx context.Context, in tenant.Store, who auth.Actor, id catalogapi.ProductID, s Status) error {
	return db.Do(ctx, m.db, in, func(tx tx) error {
		have, err := productIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := m.setStatus(ctx, tx, id, s); err != nil {
			return err
		}
		return m.audit(ctx, tx, have, tenancyapi.Entry{
			Actor: who, Before: map[string]any{"status": have.Status}, After: map[string]any{"status": s},
		})
	})
}

// audited is what the audit log keeps of a product.
func audited(p Product) map[string]any {
	prices := map[string]string{}
	for _, v := range p.Variants {
		prices[p.Choice(v, "en")] = v.Price.String()
	}
	return map[string]any{"title": p.Title, "slug": p.Slug, "status": p.Status, "prices": prices, "tax_class": p.TaxClass}
}

// audit writes down what was done to a product.
func (m *Module) audit(ctx context.Context, tx tx, p Product, e tenancyapi.Entry) error {
	if m.need.Audit == nil {
		return nil
	}
	e.Action, e.Target, e.Title = MayEdit.Code, p.ID.String(), p.Title.In("en")
	return m.need.Audit.Record(ctx, tx, e)
}

// sameJSON tells whether the audit log would show two values alike.
func sameJSON(a, b any) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}
