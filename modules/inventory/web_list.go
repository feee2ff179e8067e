package inventory

import (
	"encoding/csv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"orion/kit/cell"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryui"
)

// queryOf reads what the list is filtered by from its address.
func queryOf(values url.Values) inventoryui.Query {
	q := inventoryui.Query{Text: values.Get("q"), Location: values.Get("location"), Low: values.Get("low") != "", Out: values.Get("out") != ""}
	q.Text = q.Text[:min(len(q.Text), 200)]
	for _, name := range inventoryui.Columns {
		if slices.Contains(values["column"], name) {
			q.Columns = append(q.Columns, name)
		}
	}
	return q
}

// wanted is the same for the domain.
func wanted(q inventoryui.Query) (StockQuery, error) {
	at, err := parseLocation(q.Location)
	return StockQuery{Text: q.Text, Location: at, LowOnly: q.Low, OutOnly: q.Out}, err
}

// views are the list's own tabs with the views that its reader saved.
func (m *Module) views(c *ctx, q inventoryui.Query) (ui.SavedViews, error) {
	own := q.Tabs(c.Words)
	if m.need.Views == nil {
		return ui.ViewsOf("inventory", own, nil, nil), nil
	}
	saved, err := m.need.Views.Views(c.Context(), c.As.In, c.As.User.ID, "inventory")
	return ui.ViewsOf("inventory", own, saved, c.R.URL.Query()), err
}

// exportStock is the list as a file, whole.
func (m *Module) exportStock(c *ctx) error {
	q, err := wanted(queryOf(c.R.URL.Query()))
	if err != nil {
		return err
	}
	var after string
	rows, err := m.Stock(c.Context(), c.As.In, c.Words.Lang(), q, page.Request{Limit: page.MaxLimit})
	if err != nil {
		return err
	}
	w := csv.NewWriter(c.Download(c.As.Shop.Code+"-stock.csv", web.CSV))
	head := make([]string, 0, 8)
	for _, name := range []string{"product", "sku", "location", "bin", "on_hand", "reserved", "free", "low_at"} {
		head = append(head, c.Words.T("inventory."+name))
	}
	if err := w.Write(head); err != nil {
		return err
	}
	for {
		for _, r := range rows.Items {
			if err := w.Write(record(r)); err != nil {
				return err
			}
		}
		if after = rows.Next; after == "" {
			break
		}
		if rows, err = m.Stock(c.Context(), c.As.In, c.Words.Lang(), q, page.Request{After: after, Limit: page.MaxLimit}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func record(r Row) []string {
	n := func(i int64) string { return strconv.FormatInt(i, 10) }
	return []string{cell.Escape(named(r.Ref)), cell.Escape(r.Ref.SKU), cell.Escape(r.Name), cell.Escape(r.Bin), n(r.OnHand), n(r.Reserved), n(r.Free()), n(r.LowAt)}
}

// postBulk corrects the chosen levels alike. What is wrong is told at its field,
// in the list as it was with the rows that were chosen.
func (m *Module) postBulk(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	back := "/inventory"
	if b := f.Raw("back"); strings.HasPrefix(b, "/inventory?") {
		back = b
	}
	a := Adjustments{Mode: Mode(f.Text("mode")), Quantity: f.Between("quantity", -MaxQuantity, MaxQuantity), Reason: f.Text("reason"), Key: keyOf(f)}
	if a.At, err = spotsOf(f.All("id")); err != nil {
		return err
	}
	if len(a.At) == 0 {
		c.Flash("info", "inventory.bulk_none")
		return c.Redirect(back)
	}
	n := 0
	if f.OK() {
		n, err = m.AdjustMany(c.Context(), c.As.In, c.Actor(), a)
		if refused := fault.As(err); err != nil && refused.Code == errMany.Code && len(refused.Fields) > 0 {
			names, err := m.namesOf(c, refused.Fields)
			if err != nil {
				return err
			}
			f.Fail("quantity", "inventory.bulk_refused", "names", names, "why", c.Words.FaultField(refused.Fields[0]))
		} else if err != nil && !f.Take(err) {
			return err
		}
	}
	if !f.OK() {
		to, err := url.Parse(back)
		if err != nil {
			return c.Redirect("/inventory")
		}
		return m.stockPage(c, queryOf(to.Query()), sent{"bulk", f})
	}
	switch n {
	case 0:
		c.Flash("info", "inventory.bulk_same")
	default:
		c.LeaveFlash(web.Flash{Kind: "ok", Key: "inventory.bulk_saved", N: n})
	}
	return c.Redirect(back)
}

// spotsOf reads chosen rows of the list.
func spotsOf(ids []string) ([]Spot, error) {
	var out []Spot
	for _, id := range ids {
		variant, location, _ := strings.Cut(id, ".")
		v, err := parseVariant(variant)
		if err != nil {
			return nil, err
		}
		l, err := parseLocation(location)
		if err != nil {
			return nil, err
		}
		out = append(out, Spot{v, l})
	}
	return out, nil
}

// mostNamed is how many things a message names.
const mostNamed = 3

// namesOf are the products that the fields of a refusal name by their spots.
func (m *Module) namesOf(c *ctx, fields []fault.Field) (string, error) {
	var ids []catalogapi.VariantID
	for _, f := range fields {
		if v, err := parseVariant(strings.SplitN(f.Name, ".", 2)[0]); err == nil && len(ids) < mostNamed {
			ids = append(ids, v)
		}
	}
	refs, err := m.References(c.Context(), c.As.In, c.Words.Lang(), ids)
	names := make([]string, 0, mostNamed+1)
	for _, v := range ids {
		names = append(names, named(refs[v]))
	}
	if len(fields) > len(ids) {
		names = append(names, "…")
	}
	return strings.Join(names, "; "), err
}
