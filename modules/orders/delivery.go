package orders

import (
	"cmp"
	"slices"
	"strconv"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
)

// MethodID names a delivery method of a store.
type MethodID = id.ID[methodKind]

type methodKind struct{}

// Prefix of delivery method identifiers.
func (methodKind) Prefix() string { return "dlm" }

var errMethod = fault.New(fault.Invalid, "orders.invalid_delivery_method")

// Method is a way to get goods to the buyer.
type Method struct {
	ID       MethodID
	Name     i18n.Text
	Promise  i18n.Text // "2 to 3 working days", or empty
	Pickup   bool      // the buyer comes for it: no zones, no address
	Active   bool
	Position int64
	Zones    []Zone // the first that fits decides; of a pickup the first has the days
}

// Zone is where a method delivers and for how much.
type Zone struct {
	Countries []string `json:"countries"`           // ISO codes
	Postcodes []string `json:"postcodes,omitempty"` // prefixes; none means everywhere
	ByWeight  bool     `json:"by_weight,omitempty"` // rates go by grams, otherwise by the goods' total
	Rates     []Rate   `json:"rates"`               // ascending; the last that is reached holds
	FreeFrom  int64    `json:"free_from,omitempty"` // goods' total in minor units; 0 is never
	MaxGrams  int64    `json:"max_grams,omitempty"` // heavier parcels are not taken; 0 is any
	DaysFrom  int64    `json:"days_from,omitempty"` // working days from the order to the door, at best
	DaysTo    int64    `json:"days_to,omitempty"`   // and at most; 0 promises nothing
	Today     bool     `json:"today,omitempty"`     // 0 is the day of the order, where buyers come for it
}

// Rate is a price that holds from a total or weight on.
type Rate struct {
	From  int64 `json:"from"`  // minor units or grams
	Price int64 `json:"price"` // minor units, gross
}

// in is the name of the buyer's choice in a language, as long as the store has
// the method; else as the buyer read it.
func (c Carrier) in(methods []Method, l i18n.Lang) string {
	if i := slices.IndexFunc(methods, func(m Method) bool { return m.ID == c.Method }); i >= 0 {
		return cmp.Or(methods[i].Name.In(l), c.Name)
	}
	return c.Name
}

// Parcel is what is to be delivered.
type Parcel struct {
	Country string
	Postal  string
	Goods   money.Amount
	Grams   int64
}

// Price is what the method costs for a parcel, and false when it does not go there.
func (m Method) Price(p Parcel) (money.Amount, bool) {
	if m.Pickup {
		return money.New(0, p.Goods.Currency), true
	}
	for _, z := range m.Zones {
		if z.covers(p) {
			return money.New(z.price(p), p.Goods.Currency), true
		}
	}
	return money.Amount{}, false
}

func (z Zone) covers(p Parcel) bool {
	return slices.Contains(z.Countries, p.Country) &&
		(len(z.Postcodes) == 0 || hasPrefix(p.Postal, z.Postcodes)) &&
		(z.MaxGrams == 0 || p.Grams <= z.MaxGrams)
}

func (z Zone) price(p Parcel) int64 {
	if z.FreeFrom > 0 && p.Goods.Minor >= z.FreeFrom {
		return 0
	}
	measure := p.Goods.Minor
	if z.ByWeight {
		measure = p.Grams
	}
	var price int64
	for _, r := range z.Rates {
		if measure >= r.From {
			price = r.Price
		}
	}
	return price
}

// check refuses a method that could not be offered or would be given away.
func (m Method) check() error {
	bad := errMethod
	if m.Name.IsEmpty() {
		bad = bad.Field("name.en", "form.required")
	}
	if !m.Pickup && len(m.Zones) == 0 {
		bad = bad.Field("zones.0.countries", "orders.zone_missing")
	}
	for n, z := range m.Zones {
		at := "zones." + strconv.Itoa(n) + "."
		if !m.Pickup {
			bad = z.check(bad, at)
		}
		bad = z.checkDays(bad, at)
	}
	return bad.OrNil()
}

// maxDays is how long a delivery may take that somebody promises.
const maxDays = 60

// check notes what is wrong with a zone at its fields.
func (z Zone) check(bad *fault.Error, at string) *fault.Error {
	switch {
	case len(z.Countries) == 0:
		bad = bad.Field(at+"countries", "form.required")
	case slices.ContainsFunc(z.Countries, func(c string) bool { return !isCountry(c) }):
		bad = bad.Field(at+"countries", "orders.bad_country")
	}
	rising := slices.IsSortedFunc(z.Rates, func(a, b Rate) int { return cmp.Compare(a.From, b.From) })
	negative := slices.ContainsFunc(z.Rates, func(r Rate) bool { return r.Price < 0 || r.From < 0 })
	switch {
	case len(z.Rates) == 0 || z.Rates[0].From != 0:
		bad = bad.Field(at+"rates.0.price", "form.required")
	case !rising || negative || z.FreeFrom < 0 || z.MaxGrams < 0:
		bad = bad.Field(at+"rates.0.price", "orders.bad_rates")
	}
	return bad
}

func (z Zone) checkDays(bad *fault.Error, at string) *fault.Error {
	if z.DaysTo != 0 && (z.DaysFrom < 1 || z.DaysTo < z.DaysFrom || z.DaysTo > maxDays) || z.DaysTo == 0 && z.DaysFrom != 0 {
		bad = bad.Field(at+"days_to", "orders.bad_delivery_days", "max", int64(maxDays))
	}
	return bad
}

func isCountry(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}

// Choice is a method as it is offered for a parcel.
type Choice struct {
	Method  Method
	Price   money.Amount
	Arrival Arrival // zero when it is not promised
}

// choices are the methods that take a parcel, in the store's order.
func choices(all []Method, p Parcel) []Choice {
	var out []Choice
	for _, m := range all {
		if price, ok := m.Price(p); ok && m.Active {
			out = append(out, Choice{Method: m, Price: price})
		}
	}
	return out
}

// reach are the countries that some active method delivers to.
func reach(all []Method) []string {
	var out []string
	for _, m := range all {
		for _, z := range m.Zones {
			if m.Active {
				out = append(out, z.Countries...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
