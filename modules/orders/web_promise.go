package orders

import (
	"orion/kit/i18n"
)

// Promise is when a piece would be with the shopper who looks at it, in words:
// by the delivery days of the store, or where it has to come in first, about
// when it leaves. It is empty when the store's settings promise nothing, and
// costs no statement.
func (m *Module) Promise(c shopper, grams int64, back bool) string {
	if back {
		return backWords(m.settings.Of(c.As.In).BackorderDays, c.Words)
	}
	home := c.As.Shop.Country
	return arrivalWords(m.Arrival(c.As.In, Parcel{Country: home, Grams: grams}, home), c.Words)
}

func arrivalWords(a Arrival, w i18n.Words) string {
	if a.To.IsZero() {
		return ""
	}
	return w.T("orders.promise", "days", w.Days(a.From, a.To))
}

func backWords(days int, w i18n.Words) string {
	if days == 0 {
		return ""
	}
	return w.N("orders.promise_back", days)
}

// supplyWords say of a line in the cart what is worth saying about its stock.
func (m *Module) supplyWords(c shopper, i Item) string {
	switch i.Supply() {
	case Few:
		return c.Words.N("orders.few_left", int(i.Offer.Stock.Left))
	case Back:
		if words := backWords(m.settings.Of(c.As.In).BackorderDays, c.Words); words != "" {
			return words
		}
		return c.Words.T("orders.comes_in")
	}
	return ""
}
