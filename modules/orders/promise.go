package orders

import (
	"context"
	"time"

	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/orders/ordersapi"
)

// promiseName is under what the promises of a store are kept among its settings.
const promiseName = ordersapi.Code + ".delivery"

// Arrival is from when to when goods are promised to be there, by the day; zero
// where nothing is promised.
type Arrival struct {
	From   time.Time `json:"from,omitzero"`
	To     time.Time `json:"to,omitzero"`
	Before time.Time `json:"-"` // who orders later gets it later; zero when not today
}

// arrival is when goods ordered at a time and sent into the zone are there.
func (z Zone) arrival(at time.Time, h hours, countries ...string) Arrival {
	if z.DaysTo == 0 && !z.Today {
		return Arrival{}
	}
	day, before := h.day(at, countries...)
	return Arrival{From: onward(day, z.DaysFrom, countries), To: onward(day, z.DaysTo, countries), Before: before}
}

// zoneOf is the one of a method's zones that decides for a parcel.
func zoneOf(zones []Zone, p Parcel) (Zone, bool) {
	for _, z := range zones {
		if z.covers(p) {
			return z, true
		}
	}
	return Zone{}, false
}

// promised is what pages need to know of the delivery methods to say when
// something arrives. It is kept among the settings, which are in memory
// everywhere, so that no page of a product asks the database for it.
type promised struct {
	Methods [][]Zone `json:"methods,omitempty"` // the zones of those that bring things, without their prices
	Collect *Zone    `json:"collect,omitempty"` // the days of the first at which buyers come for things
}

func promisedBy(all []Method) promised {
	var out promised
	for _, m := range all {
		if m.Active && m.Pickup && out.Collect == nil && len(m.Zones) > 0 {
			out.Collect = &m.Zones[0]
		}
		if !m.Active || m.Pickup {
			continue
		}
		var zones []Zone
		for _, z := range m.Zones {
			zones = append(zones, Zone{Countries: z.Countries, Postcodes: z.Postcodes, MaxGrams: z.MaxGrams, DaysFrom: z.DaysFrom, DaysTo: z.DaysTo})
		}
		out.Methods = append(out.Methods, zones)
	}
	return out
}

// arrival is what the first method that goes there promises. Another one may be
// quicker, but is not what most buyers choose.
func (p promised) arrival(at time.Time, h hours, to Parcel, from string) Arrival {
	for _, zones := range p.Methods {
		if z, ok := zoneOf(zones, to); ok {
			return z.arrival(at, h, from, to.Country)
		}
	}
	return Arrival{}
}

// Arrival is when a parcel that is ordered now would be there; zero when the
// store's settings promise nothing.
func (m *Module) Arrival(in tenant.Store, to Parcel, from string) Arrival {
	return m.promises.Of(in).arrival(m.need.Kit.Clock.Now(), m.settings.Of(in).hours(from), to, from)
}

// Collected is when something that is ordered now could be collected; zero when
// nobody says so.
func (m *Module) Collected(in tenant.Store, from string) Arrival {
	p := m.promises.Of(in)
	if p.Collect == nil {
		return Arrival{}
	}
	return p.Collect.arrival(m.need.Kit.Clock.Now(), m.settings.Of(in).hours(from), from)
}

// keepPromises writes down what the methods promise by now.
func (m *Module) keepPromises(ctx context.Context, tx tx) error {
	if m.need.Keep == nil {
		return nil
	}
	return m.need.Keep(ctx, tx, promiseName, func() (any, error) {
		all, err := findMethods(ctx, tx)
		return promisedBy(all), err
	})
}

// Supply says how far an item of a cart is there.
type Supply int

// The supplies.
const (
	Unsaid Supply = iota // digital, not to be had, or nobody can tell
	There
	Few  // there, and hardly more
	Back // will have to come in first
)

// fewLeft is a stock that is worth mentioning.
const fewLeft = 3

// Supply tells it from the stock as pages show it, which counts to
// catalogapi.Plenty and no further.
func (i Item) Supply() Supply {
	s := i.Offer.Stock
	switch {
	case i.Offer.Digital || !i.Buyable():
		return Unsaid
	case s.Untracked || !s.Backorder && s.Left > fewLeft:
		return There
	case s.Left >= i.Quantity && s.Left <= fewLeft:
		return Few
	case s.Left >= i.Quantity:
		return There
	case s.Backorder && s.Left < catalogapi.Plenty:
		return Back
	}
	return Unsaid
}

// Arrival is when everything of the cart would be there; zero when something of
// it has to come in first, or the settings promise nothing.
func (c Cart) Arrival(at func(Parcel) Arrival, shop Shop) Arrival {
	p := Parcel{Country: c.Checkout.Address.Country, Postal: c.Checkout.Address.Postal}
	if p.Country == "" {
		p.Country, p.Postal = shop.Country, ""
	}
	physical := false
	for _, i := range c.Items {
		if i.Offer.Digital || !i.Buyable() {
			continue
		}
		if s := i.Supply(); s != There && s != Few {
			return Arrival{}
		}
		physical = true
		p.Grams += i.Offer.Grams * i.Quantity
	}
	if !physical {
		return Arrival{}
	}
	return at(p)
}
