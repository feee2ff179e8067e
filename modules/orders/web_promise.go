package orders

import (
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/icon"
)

// Promise is when a piece would be with the shopper who looks at it, and when it
// could be collected, in words: by the delivery days of the store, or where it
// has to come in first, about when it leaves. It is empty when the store's
// settings promise nothing, and costs no statement.
func (m *Module) Promise(c shopper, grams int64, back bool) []ui.Promise {
	var out []ui.Promise
	say := func(i icon.Icon, text string) {
		if text != "" {
			out = append(out, ui.Promise{Icon: i, Text: text})
		}
	}
	if back {
		say(icon.Truck, backWords(m.settings.Of(c.As.In).BackorderDays, c.Words))
		return out
	}
	home := c.As.Shop.Country
	say(icon.Truck, arrivalWords("orders.promise", m.Arrival(c.As.In, Parcel{Country: home, Grams: grams}, home), c.Words))
	say(icon.Store, arrivalWords("orders.collect", m.Collected(c.As.In, home), c.Words))
	return out
}

// arrivalWords say an arrival by the sentence of a key, and until when it holds
// when that is still to come today. Days are days wherever they are read.
func arrivalWords(key string, a Arrival, w i18n.Words) string {
	if a.To.IsZero() {
		return ""
	}
	days := w.Zone(nil).Days(a.From, a.To)
	if a.Before.IsZero() {
		return w.T(key, "days", days)
	}
	return w.T(key+"_before", "days", days, "time", w.Zone(a.Before.Location()).Time(a.Before))
}

// promisedTo is arrivalWords for how the buyer gets it.
func promisedTo(pickup bool, a Arrival, w i18n.Words) string {
	if pickup {
		return arrivalWords("orders.collect", a, w)
	}
	return arrivalWords("orders.promise", a, w)
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
