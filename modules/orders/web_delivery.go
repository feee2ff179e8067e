package orders

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/orders/ordersui"
)

// spareZones is how many empty zones the form offers beyond those that are set.
const (
	spareZones = 1
	maxZones   = 20
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
	readMethod(f, &d, c.As.Shop.Currency, c.Words.Lang())
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

// readMethod reads the form into a method. Mistakes are noted at their fields.
func readMethod(f *form.Form, d *Method, cur money.Currency, l i18n.Lang) {
	d.Name, d.Promise = i18n.Text{}, i18n.Text{}
	for _, lang := range i18n.Langs {
		if s := f.Text("name." + string(lang)); s != "" {
			d.Name[lang] = s
		}
		if s := f.Text("promise." + string(lang)); s != "" {
			d.Promise[lang] = s
		}
	}
	d.Active, d.Pickup, d.Position = f.Bool("active"), f.Bool("pickup"), f.Between("position", 0, 999)
	d.Zones = nil
	for n := 0; n < maxZones && f.Has(zoneField(n, "countries")); n++ {
		z := Zone{
			Countries: words(f.Text(zoneField(n, "countries"))), Postcodes: words(f.Text(zoneField(n, "postcodes"))), ByWeight: f.Bool(zoneField(n, "by_weight")),
			FreeFrom: f.Money(zoneField(n, "free_from"), cur, string(l)).Minor, MaxGrams: f.Int(zoneField(n, "max_grams")),
			DaysFrom: f.Int(zoneField(n, "days_from")), DaysTo: f.Int(zoneField(n, "days_to")),
		}
		if z.DaysTo == 0 {
			z.DaysTo = z.DaysFrom // "2" is two
		}
		if z.DaysFrom == 0 {
			z.DaysFrom = z.DaysTo
		}
		text := f.Text(zoneField(n, "rates"))
		if len(z.Countries) == 0 && text == "" {
			continue
		}
		var ok bool
		if z.Rates, ok = parseRates(text, z.ByWeight, cur); !ok {
			f.Fail(zoneField(n, "rates"), "orders.bad_rates")
		}
		d.Zones = append(d.Zones, z)
	}
}

func zoneField(n int, name string) string { return "zones." + strconv.Itoa(n) + "." + name }

// words are what stands between commas and spaces.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}

// parseRates reads "0 = 4.90; 50 = 2.90": from a total, or grams, on.
func parseRates(s string, byWeight bool, cur money.Currency) ([]Rate, bool) {
	var out []Rate
	for part := range strings.SplitSeq(s, ";") {
		from, price, found := strings.Cut(part, "=")
		if !found {
			from, price = "0", part // a single price holds for everything
		}
		var r Rate
		amount, err := money.Parse(strings.TrimSpace(price), cur, "en")
		if err != nil {
			return nil, false
		}
		r.Price = amount.Minor
		if byWeight {
			r.From, err = strconv.ParseInt(strings.TrimSpace(from), 10, 64)
		} else {
			amount, err = money.Parse(strings.TrimSpace(from), cur, "en")
			r.From = amount.Minor
		}
		if err != nil {
			return nil, false
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Rate) int { return cmp.Compare(a.From, b.From) })
	return out, true
}

func writeRates(z Zone, cur money.Currency) string {
	parts := make([]string, len(z.Rates))
	for i, r := range z.Rates {
		from := money.New(r.From, cur).Decimal()
		if z.ByWeight {
			from = strconv.FormatInt(r.From, 10)
		}
		parts[i] = from + " = " + money.New(r.Price, cur).Decimal()
	}
	return strings.Join(parts, "; ")
}

func (m *Module) showMethod(c staffer, status int, d Method, state ui.Form) error {
	w, cur := c.Words, c.As.Shop.Currency
	v := ordersui.Method{
		State: state, Title: w.T("orders.new_method"), Currency: string(cur), Names: map[string]string{}, Promises: map[string]string{},
		Pickup: d.Pickup, Active: d.Active, Position: d.Position,
	}
	if !d.ID.IsZero() {
		v.ID, v.Title = d.ID.String(), d.Name.In(w.Lang())
	}
	for _, l := range i18n.Langs {
		v.Names[string(l)], v.Promises[string(l)] = d.Name[l], d.Promise[l]
	}
	for _, z := range d.Zones {
		zone := ordersui.Zone{
			Countries: strings.Join(z.Countries, ", "), Postcodes: strings.Join(z.Postcodes, ", "), ByWeight: z.ByWeight, Rates: writeRates(z, cur),
		}
		if z.FreeFrom > 0 {
			zone.FreeFrom = money.New(z.FreeFrom, cur).Decimal()
		}
		if z.MaxGrams > 0 {
			zone.MaxGrams = strconv.FormatInt(z.MaxGrams, 10)
		}
		if z.DaysTo > 0 {
			zone.DaysFrom, zone.DaysTo = strconv.FormatInt(z.DaysFrom, 10), strconv.FormatInt(z.DaysTo, 10)
		}
		v.Zones = append(v.Zones, zone)
	}
	for range spareZones {
		v.Zones = append(v.Zones, ordersui.Zone{})
	}
	return c.PageStatus(status, web.Head{Title: v.Title, Active: "/delivery"}, ordersui.MethodPage(v))
}
