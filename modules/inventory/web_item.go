package inventory

import (
	"math/rand/v2"
	"strconv"

	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryui"
)

func (m *Module) showItem(c *ctx) error { return m.itemPage(c, sent{}) }

func (m *Module) itemPage(c *ctx, s sent) error {
	variant, err := parseVariant(c.Param("variant"))
	if err != nil {
		return err
	}
	it, err := m.Item(c.Context(), c.As.In, c.Words.Lang(), variant, page.Request{After: c.Query("after"), Limit: 30})
	if err != nil {
		return err
	}
	base := "/inventory/" + variant.String()
	v := inventoryui.Item{
		Variant: variant.String(), Title: named(it.Ref), SKU: it.Ref.SKU, Tracked: it.Tracked, Backlog: it.Backlog,
		Endless: it.Backlog >= NoLimit, Locations: choices(it.Locations), MayAdjust: c.As.Grants.Has(MayAdjust),
		State: s.state(), Wrong: s.which, Key: newKey(),
	}
	for _, l := range it.Levels {
		v.Rows = append(v.Rows, rowView(Row{l, it.Ref}))
	}
	for _, w := range it.Movements.Items {
		v.Movements = append(v.Movements, inventoryui.Movement{
			Kind: string(w.Kind), OnHand: w.OnHand, Reserved: w.Reserved, After: w.OnHandAfter, Held: w.ReservedAfter,
			Location: w.LocationName, Reason: w.Reason, Cause: w.Cause.Name, Actor: w.Actor, At: w.At,
		})
	}
	if c.Query("after") != "" {
		v.First = base
	}
	if it.Movements.Next != "" {
		v.Next = base + "?after=" + it.Movements.Next
	}
	return c.PageStatus(s.status(), web.Head{Title: v.Title, Active: "/inventory"}, inventoryui.ItemPage(v))
}

// item answers a form of a variant's page: back to the page when it was right,
// shown again when a field was wrong.
func (m *Module) item(c *ctx, which string, act func(v catalogapi.VariantID, f *form.Form) error) error {
	variant, err := parseVariant(c.Param("variant"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := act(variant, f); err != nil && !take(f, err) {
		return err
	}
	if f.OK() {
		c.Flash("ok", "inventory.saved")
		if f.Bool("list") {
			return c.Redirect("/inventory")
		}
		return c.Redirect("/inventory/" + variant.String())
	}
	if f.Bool("list") {
		return m.stockPage(c, inventoryui.Query{}, sent{variant.String() + "-" + f.Raw("location"), f})
	}
	return m.itemPage(c, sent{which, f})
}

// take notes what is wrong with the typed values; a refusal of the stock itself
// is said at the quantity, which is what has to change.
func take(f *form.Form, err error) bool {
	e := fault.As(err)
	if f.Take(err) {
		return true
	}
	if e.Kind != fault.Rule {
		return false
	}
	kv := make([]any, 0, 2*len(e.Args))
	for k, v := range e.Args {
		kv = append(kv, k, v)
	}
	f.Fail("quantity", e.Code, kv...)
	return true
}

// newKey is what a form carries that is shown now.
func newKey() string { return strconv.FormatInt(1+rand.Int64N(1<<53), 10) }

// keyOf is what it carried; a form that was made up has none.
func keyOf(f *form.Form) FormKey {
	n, _ := strconv.ParseInt(f.Raw("key"), 10, 64)
	return FormKey(n)
}

func (m *Module) postAdjust(c *ctx) error {
	return m.item(c, "adjust", func(v catalogapi.VariantID, f *form.Form) error {
		at, err := parseLocation(f.Raw("location"))
		a := Adjustment{Variant: v, Location: at, Mode: Mode(f.Choice("mode", "to", "by")), Quantity: f.Int("quantity"), Reason: f.Text("reason"), Key: keyOf(f)}
		if err != nil || !f.OK() {
			return err
		}
		_, err = m.Adjust(c.Context(), c.As.In, c.Actor(), a)
		return err
	})
}

func (m *Module) postMove(c *ctx) error {
	return m.item(c, "move", func(v catalogapi.VariantID, f *form.Form) error {
		from, err := parseLocation(f.Raw("from"))
		if err != nil {
			return err
		}
		to, err := parseLocation(f.Raw("to"))
		t := Transfer{Variant: v, From: from, To: to, Quantity: f.Int("quantity"), Reason: f.Text("reason")}
		if err != nil || !f.OK() {
			return err
		}
		return m.Move(c.Context(), c.As.In, c.Actor(), t)
	})
}

func (m *Module) postPlace(c *ctx) error {
	return m.item(c, "place", func(v catalogapi.VariantID, f *form.Form) error {
		at, err := parseLocation(f.Raw("location"))
		p := Place{Variant: v, Location: at, Bin: f.Text("bin"), LowAt: f.Int("low_at")}
		if err != nil || !f.OK() {
			return err
		}
		return m.SetPlace(c.Context(), c.As.In, p)
	})
}

func (m *Module) postPolicy(c *ctx) error {
	return m.item(c, "policy", func(v catalogapi.VariantID, f *form.Form) error {
		p := Policy{Variant: v}
		switch f.Choice("policy", "deny", "limit", "endless") {
		case "limit":
			p.Backlog = f.Between("backorder_limit", 1, MaxQuantity)
		case "endless":
			p.Backlog = NoLimit
		}
		if !f.OK() {
			return nil
		}
		return m.SetPolicy(c.Context(), c.As.In, c.Actor(), p)
	})
}
