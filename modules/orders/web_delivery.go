package orders

import (
	"net/http"
	"slices"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/orders/ordersui"
)

func (m *Module) methodsPage(c staffer) error {
	all, err := m.Methods(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	w, v := c.Words, ordersui.Methods{}
	for _, d := range all {
		row := ordersui.MethodRow{ID: d.ID.String(), Name: d.Name.In(w.Lang()), Promise: d.Promise.In(w.Lang()), Active: d.Active, Pickup: d.Pickup}
		row.Where, row.Price = w.T("orders.method_pickup"), w.T("orders.free")
		if !d.Pickup {
			names := reach([]Method{{Active: true, Zones: d.Zones}})
			for i, code := range names {
				names[i] = countryName(code, w.Lang())
			}
			slices.Sort(names)
			row.Where = strings.Join(names, ", ")
			row.Price = w.T("orders.from_price", "amount", w.Money(money.New(lowestRate(d.Zones), c.As.Shop.Currency)))
		}
		v.Rows = append(v.Rows, row)
	}
	return c.Page(web.Head{Title: w.T("orders.delivery_menu"), Active: "/delivery"}, ordersui.MethodsPage(v))
}

func lowestRate(zones []Zone) int64 {
	var prices []int64
	for _, z := range zones {
		for _, r := range z.Rates {
			prices = append(prices, r.Price)
		}
	}
	if len(prices) == 0 {
		return 0
	}
	return slices.Min(prices)
}

func (m *Module) methodNew(c staffer) error {
	all, err := m.Methods(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	d := Method{Active: true, Position: int64(len(all))}
	if len(all) == 0 {
		d = m.usualMethod(c)
	}
	return m.showMethod(c, http.StatusOK, d, ui.Form{})
}

// usualMethod is what a store most likely offers first: parcels at home.
func (m *Module) usualMethod(c staffer) Method {
	d := Method{Active: true, Name: i18n.Text{}, Promise: i18n.Text{}}
	for _, l := range i18n.Langs {
		w := m.need.Kit.Bundle.In(l)
		d.Name[l], d.Promise[l] = w.T("orders.usual_method"), w.T("orders.usual_promise")
	}
	d.Zones = []Zone{{Countries: []string{orText(c.As.Shop.Country, "LU")}, Rates: []Rate{{Price: usualPrice}}}}
	return d
}

// usualPrice is what sending a parcel costs when nobody has said so yet, in minor units.
const usualPrice = 4_90

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (m *Module) methodPage(c staffer) error {
	d, err := m.methodOf(c)
	if err != nil {
		return err
	}
	return m.showMethod(c, http.StatusOK, d, ui.Form{})
}

func (m *Module) methodOf(c staffer) (Method, error) {
	mid, err := parseID[methodKind](c.Param("id"))
	if err != nil {
		return Method{}, err
	}
	return m.Method(c.Context(), c.As.In, mid)
}

func (m *Module) methodSave(c staffer) error {
	d := Method{}
	if c.Param("id") != "" {
		old, err := m.methodOf(c)
		if err != nil {
			return err
		}
		d = old
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	readMethod(f, &d, writtenIn(c))
	err = f.Fault("orders.invalid_delivery_method")
	if err == nil {
		_, err = m.SaveMethod(c.Context(), c.As.In, d, c.Actor())
	}
	if err == nil {
		c.Flash("ok", "orders.done_method")
		return c.Redirect("/delivery")
	}
	if wrong := fault.As(err); wrong.Kind == fault.Invalid {
		return m.showMethod(c, http.StatusUnprocessableEntity, d, ui.Form{Values: c.R.PostForm, Fault: wrong})
	}
	return err
}

func (m *Module) methodDelete(c staffer) error {
	mid, err := parseID[methodKind](c.Param("id"))
	if err != nil {
		return err
	}
	if err := m.DropMethod(c.Context(), c.As.In, mid, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "orders.done_method_deleted")
	return c.Redirect("/delivery")
}
