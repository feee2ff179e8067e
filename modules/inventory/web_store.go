package inventory

import (
	"net/http"

	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/inventory/inventoryui"
)

type ctx = web.Ctx[web.Store]

func (m *Module) storeRoutes(x *web.Mux[web.Store]) {
	x.Get("/inventory", web.Need(View), m.showStock)
	x.Get("/inventory.csv", web.Need(View), m.exportStock)
	x.Post("/inventory/bulk", web.Need(MayAdjust), m.postBulk)
	x.Post("/inventory/receive", web.Need(MayAdjust), m.postReceive)
	x.Get("/locations", web.Need(View).Of(Places), m.showLocations)
	x.Post("/locations", web.Need(Manage).Of(Places), m.postLocation)
	x.Post("/locations/{location}", web.Need(Manage).Of(Places), m.postLocationChange)
	x.Post("/locations/{location}/{act}", web.Need(Manage).Of(Places), m.postLocationAct)
	x.Get("/inventory/{variant}", web.Need(View), m.showItem)
	x.Post("/inventory/{variant}/adjust", web.Need(MayAdjust), m.postAdjust)
	x.Post("/inventory/{variant}/move", web.Need(MayAdjust), m.postMove)
	x.Post("/inventory/{variant}/place", web.Need(MayAdjust), m.postPlace)
	x.Post("/inventory/{variant}/policy", web.Need(MayAdjust), m.postPolicy)
}

// sent is a form that is shown again: which of the page's, as typed.
type sent struct {
	which string
	form  *form.Form
}

func (s sent) status() int {
	if s.form == nil {
		return http.StatusOK
	}
	return http.StatusUnprocessableEntity
}

func (s sent) state() ui.Form {
	if s.form == nil {
		return ui.Form{}
	}
	return s.form.State()
}

func (m *Module) showStock(c *ctx) error {
	return m.stockPage(c, queryOf(c.R.URL.Query()), sent{})
}

func (m *Module) stockPage(c *ctx, q inventoryui.Query, s sent) error {
	look, err := wanted(q)
	if err != nil {
		return err
	}
	rows, err := m.Stock(c.Context(), c.As.In, c.Words.Lang(), look, page.Request{After: c.Query("after")})
	if err != nil {
		return err
	}
	places, err := m.Locations(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := inventoryui.List{
		HasPlaces: c.Granted(Places),
		Query:     q, Locations: choices(places), MayAdjust: c.As.Grants.Has(MayAdjust), State: s.state(), Wrong: s.which, Key: newKey(),
	}
	if s.which == "bulk" {
		v.Chosen = s.form.All("id")
	}
	if v.Views, err = m.views(c, q); err != nil {
		return err
	}
	for _, r := range rows.Items {
		v.Rows = append(v.Rows, rowView(r))
	}
	if c.Query("after") != "" {
		v.First = q.Path()
	}
	if rows.Next != "" {
		v.Next = q.After(rows.Next)
	}
	return c.PageStatus(s.status(), web.Head{Title: c.Words.T("inventory.stock"), Active: "/inventory"}, inventoryui.Stock(v))
}

func (m *Module) postReceive(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	at, err := parseLocation(f.Raw("location"))
	if err != nil {
		return err
	}
	sku := f.Required("sku")
	r := Receipt{Location: at, Reason: f.Text("reason"), Lines: []inventoryapi.Line{{Quantity: f.Between("quantity", 1, MaxQuantity)}}}
	if f.OK() {
		if err := m.ReceiveBySKU(c.Context(), c.As.In, c.Actor(), sku, r); err != nil && !take(f, err) {
			return err
		}
	}
	if !f.OK() {
		return m.stockPage(c, inventoryui.Query{}, sent{"receive", f})
	}
	c.Flash("ok", "inventory.received", "n", r.Lines[0].Quantity, "sku", sku)
	return c.Redirect("/inventory")
}
