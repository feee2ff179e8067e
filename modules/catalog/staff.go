package catalog

import (
	"context"

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
			return p.ID, m.audit(ctx, tx, product(p), tenancyapi.Entry{Actor: who, After: toldOfNew(product(p))})
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
		return p.ID, m.auditEdit(ctx, tx, who, edited{w.facts, have, product(p)})
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
