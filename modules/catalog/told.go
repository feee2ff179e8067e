package catalog

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// maxTold is how many differences one entry of the audit log names.
const maxTold = 60

// ofSign stands between a field and the language or variant that it is of.
const ofSign = " · "

// told is what the audit log keeps of a change: what differs, by the name of the
// field and what it is of, as in "price · Colour: red".
func told(f *facts, before, after Product) (was, is map[string]any) {
	was, is = map[string]any{}, map[string]any{}
	all := differences(before.ProductInput, after.ProductInput, i18n.En)
	for i, d := range all {
		if i == maxTold {
			was["more"], is["more"] = "", strconv.Itoa(len(all)-maxTold)
			break
		}
		name := strings.TrimPrefix(d.Key, "catalog.")
		if d.Of != "" {
			name += ofSign + d.Of
		}
		if name == "category" {
			d.Before, d.After = f.categoryName(before.Category), f.categoryName(after.Category)
		}
		was[name], is[name] = d.Before, d.After
	}
	if before.Deleted != after.Deleted {
		was["deleted"], is["deleted"] = tickText(before.Deleted), tickText(after.Deleted)
	}
	return was, is
}

func (f *facts) categoryName(id CategoryID) string {
	c, _ := f.tree.Find(id)
	return c.Name.In(i18n.En)
}

// toldOfNew is what the audit log keeps of a new product.
func toldOfNew(p Product) map[string]any {
	return map[string]any{"title": p.Title.In(i18n.En), "slug": p.Slug, "status": p.Status, "price": amountText(p.Price)}
}

// audit writes down what was done to a product.
func (m *Module) audit(ctx context.Context, tx tx, p Product, e tenancyapi.Entry) error {
	if m.need.Audit == nil {
		return nil
	}
	e.Action, e.Target, e.Title = MayEdit.Code, p.ID.String(), p.Title.In(i18n.En)
	return m.need.Audit.Record(ctx, tx, e)
}

// auditEdit writes down what somebody made of a product. That they saved it as
// it was is not worth a line.
func (m *Module) auditEdit(ctx context.Context, tx tx, who auth.Actor, c edited) error {
	was, is := told(c.facts, c.before, c.after)
	if len(is) == 0 && c.before.Version() == c.after.Version() {
		return nil
	}
	return m.audit(ctx, tx, c.after, tenancyapi.Entry{Actor: who, Before: was, After: is})
}

// edited is a product before and after somebody edited it.
type edited struct {
	facts         *facts
	before, after Product
}

// History is what members of staff did to a product, newest first, before the
// entry with the identifier; 0 is from now.
func (m *Module) History(ctx context.Context, in tenant.Store, id catalogapi.ProductID, before int64, limit int) ([]tenancyapi.Past, error) {
	if m.need.Journal == nil {
		return nil, nil
	}
	return db.Read(ctx, m.db, in, func(tx tx) ([]tenancyapi.Past, error) {
		return m.need.Journal.Story(ctx, tx, id.String(), before, limit)
	})
}
