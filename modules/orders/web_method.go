package orders

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/orders/ordersui"
)

// The form offers some empty zones and rates beyond those that are set.
const (
	spareZones = 1
	maxZones   = 20
	spareRates = 2
	maxRates   = 20
)

// readMethod reads the form into a method. Mistakes are noted at their fields.
func readMethod(f *form.Form, d *Method, in written) {
	for _, lang := range in.langs {
		d.Name, d.Promise = wordIn(d.Name, lang, f.Text("name."+string(lang))), wordIn(d.Promise, lang, f.Text("promise."+string(lang)))
	}
	d.Active, d.Pickup, d.Position = f.Bool("active"), f.Bool("pickup"), f.Between("position", 0, 999)
	d.Zones = nil
	if d.Pickup {
		if ready := f.Text("ready"); ready != "" {
			n := f.Int("ready")
			d.Zones = []Zone{{Today: n == 0, DaysFrom: n, DaysTo: n}}
		}
		return
	}
	for n := 0; n < maxZones && f.Has(zoneField(n, "rates.0.price")); n++ {
		if z, ok := readZone(f, n, in); ok {
			d.Zones = append(d.Zones, z)
		}
	}
}

// written is how a form writes amounts, and in which languages its texts are.
type written struct {
	cur   money.Currency
	lang  i18n.Lang
	langs []i18n.Lang
}

// wordIn is the text with another word in one language; none takes it away.
func wordIn(t i18n.Text, l i18n.Lang, s string) i18n.Text {
	out := maps.Clone(t)
	if out == nil {
		out = i18n.Text{}
	}
	if out[l] = s; s == "" {
		delete(out, l)
	}
	return out
}

// readZone tells false for one that says nothing.
func readZone(f *form.Form, n int, in written) (Zone, bool) {
	at := func(name string) string { return zoneField(n, name) }
	z := Zone{
		Countries: words(strings.Join(f.All(at("countries")), ",")), Postcodes: words(f.Text(at("postcodes"))), ByWeight: f.Bool(at("by_weight")),
		FreeFrom: f.Money(at("free_from"), in.cur, string(in.lang)).Minor, MaxGrams: f.Int(at("max_grams")),
		DaysFrom: f.Int(at("days_from")), DaysTo: f.Int(at("days_to")),
	}
	if z.DaysTo == 0 {
		z.DaysTo = z.DaysFrom // "2" is two
	}
	if z.DaysFrom == 0 {
		z.DaysFrom = z.DaysTo
	}
	for k := 0; k < maxRates && f.Has(rateField(n, k, "price")); k++ {
		if f.Text(rateField(n, k, "price")) == "" {
			continue
		}
		r := Rate{Price: f.Money(rateField(n, k, "price"), in.cur, string(in.lang)).Minor}
		switch {
		case k == 0: // holds from the start
		case z.ByWeight:
			r.From = f.Int(rateField(n, k, "from"))
		default:
			r.From = f.Money(rateField(n, k, "from"), in.cur, string(in.lang)).Minor
		}
		if k > 0 && r.From <= 0 {
			f.Fail(rateField(n, k, "from"), "orders.rate_from_missing")
		}
		z.Rates = append(z.Rates, r)
	}
	slices.SortStableFunc(z.Rates, func(a, b Rate) int { return cmp.Compare(a.From, b.From) })
	return z, len(z.Countries) > 0 || len(z.Rates) > 0
}

func zoneField(n int, name string) string { return "zones." + strconv.Itoa(n) + "." + name }

func rateField(n, k int, name string) string {
	return zoneField(n, "rates."+strconv.Itoa(k)+"."+name)
}

// words are what stands between commas and spaces.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}

// amount is one as its reader types it.
func (in written) amount(minor int64) string {
	text := money.New(minor, in.cur).Decimal()
	if in.lang == i18n.En {
		return text
	}
	return strings.Replace(text, ".", ",", 1)
}

// some is amount, and nothing for none.
func (in written) some(minor int64) string {
	if minor == 0 {
		return ""
	}
	return in.amount(minor)
}

func (in written) zone(z Zone) ordersui.Zone {
	count := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	out := ordersui.Zone{
		Countries: z.Countries, Postcodes: strings.Join(z.Postcodes, ", "), ByWeight: z.ByWeight,
		FreeFrom: in.some(z.FreeFrom), MaxGrams: count(z.MaxGrams), DaysFrom: count(z.DaysFrom), DaysTo: count(z.DaysTo),
	}
	for _, r := range z.Rates {
		from := in.some(r.From)
		if z.ByWeight {
			from = count(r.From)
		}
		out.Rates = append(out.Rates, ordersui.Rate{From: from, Price: in.amount(r.Price)})
	}
	for range spareRates {
		out.Rates = append(out.Rates, ordersui.Rate{})
	}
	return out
}

func (m *Module) showMethod(c staffer, status int, d Method, state ui.Form) error {
	w, in := c.Words, writtenIn(c)
	v := ordersui.Method{
		State: state, Title: w.T("orders.new_method"), Currency: string(in.cur), Langs: in.langs, Names: d.Name, Promises: d.Promise,
		Pickup: d.Pickup, Active: d.Active, Position: d.Position, Countries: countryOptions(d.known(), w.Lang()),
	}
	if !d.ID.IsZero() {
		v.ID, v.Title = d.ID.String(), d.Name.In(w.Lang())
	}
	if d.Pickup && len(d.Zones) > 0 && (d.Zones[0].Today || d.Zones[0].DaysTo > 0) {
		v.Ready, d.Zones = strconv.FormatInt(d.Zones[0].DaysTo, 10), nil
	}
	for _, z := range d.Zones {
		v.Zones = append(v.Zones, in.zone(z))
	}
	for range spareZones {
		v.Zones = append(v.Zones, in.zone(Zone{}))
	}
	return c.PageStatus(status, web.Head{Title: v.Title, Active: "/delivery"}, ordersui.MethodPage(v))
}

// writtenIn has the store's languages, its own first.
func writtenIn(c staffer) written {
	in := written{cur: c.As.Shop.Currency, lang: c.Words.Lang(), langs: []i18n.Lang{c.As.Shop.Lang}}
	for _, l := range c.As.Shop.Langs {
		if l != c.As.Shop.Lang {
			in.langs = append(in.langs, l)
		}
	}
	return in
}

// around are countries outside of the union to which its shops often send.
var around = []string{"AD", "CH", "GB", "IS", "LI", "MC", "NO", "US"}

// known are the countries to choose from: those of the union, some around it,
// and those that the method goes to.
func (m Method) known() []string {
	all := append(union(), around...)
	for _, z := range m.Zones {
		all = append(all, z.Countries...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
