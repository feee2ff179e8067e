package orders

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

// shopOf is the store as its orders remember it.
func shopOf(s *web.Shop, origin string) Shop {
	return Shop{Name: s.Name, Country: s.Country, Email: s.Email, Origin: origin, Currency: s.Currency, Lang: s.Lang}
}

func picture(key string) string {
	if key == "" {
		return ""
	}
	return "/media/" + key
}

func productPath(slug string) string {
	if slug == "" {
		return ""
	}
	return "/products/" + slug
}

// itemView is a line of the cart as pages show it.
func itemView(i Item, w i18n.Words) ordersui.CartItem {
	v := ordersui.CartItem{
		Variant: i.Variant.String(), Href: productPath(i.Offer.Slug), Title: cmp.Or(i.Offer.Title, w.T("orders.gone_title")),
		Options: i.Offer.Options, Image: picture(i.Offer.Image), Quantity: int(i.Quantity), Min: int(i.Offer.MinQty),
		Unit: i.Offer.Unit, Total: i.Total(), Buyable: i.Buyable(),
	}
	if i.Offer.UnitPer != "" {
		v.UnitPrice = w.T("catalog.unit_price", "amount", w.Money(i.Offer.UnitPrice), "unit", w.T("catalog.unit_"+i.Offer.UnitPer))
	}
	v.Step = int(i.Offer.Step)
	if most, err := i.most(); err == nil {
		v.Max = int(most)
	}
	v.Rules = rules(i, w)
	switch c := i.Change(); c {
	case Same:
	case PriceChanged:
		v.Was = i.Seen
		v.Notice = w.T("orders.change_price_changed", "was", w.Money(i.Seen), "now", w.Money(i.Offer.Unit))
	default:
		v.Notice = w.T("orders.change_"+string(c), "left", max(i.Left, 0))
	}
	return v
}

// rules are the lines about price and quantity that a buyer should know.
func rules(i Item, w i18n.Words) []string {
	var out []string
	if !i.Offer.Sellable {
		return nil
	}
	if i.Quantity > 1 {
		out = append(out, w.T("orders.rule_each", "price", w.Money(i.Offer.Unit)))
	}
	if i.Offer.MinQty > 1 {
		out = append(out, w.T("orders.rule_min", "n", i.Offer.MinQty))
	}
	if i.Offer.MaxQty > 0 {
		out = append(out, w.T("orders.rule_max", "n", i.Offer.MaxQty))
	}
	if i.Offer.Step > 1 {
		out = append(out, w.T("orders.rule_step", "n", i.Offer.Step))
	}
	return out
}

func itemViews(items []Item, w i18n.Words) []ordersui.CartItem {
	out := make([]ordersui.CartItem, len(items))
	for k, i := range items {
		out[k] = itemView(i, w)
	}
	return out
}

// sumsView is the foot of a quote or order, gross or net first.
func sumsView(t Totals, carrier string, net bool, w i18n.Words) ordersui.Sums {
	lines := []ui.TraceLine{{Label: w.T("orders.goods"), Amount: t.Goods}}
	if carrier != "" {
		lines = append(lines, ui.TraceLine{Label: w.T("orders.delivery_by", "carrier", carrier), Amount: t.Delivery})
	}
	total := ui.TraceLine{Label: w.T("orders.total"), Amount: t.Total, Total: true}
	if net {
		lines = append(lines, ui.TraceLine{Label: w.T("orders.net"), Amount: t.Net()})
	}
	for _, tax := range t.Taxes {
		if tax.RateBP > 0 {
			lines = append(lines, ui.TraceLine{Label: w.T(taxKey(net), "rate", w.Percent(tax.RateBP)), Amount: tax.Tax})
		}
	}
	if t.Tax.IsZero() {
		total.Detail = w.T("orders.regime_" + string(t.Trace.Ruling.Regime))
	}
	return ordersui.Sums{Lines: append(lines, total), Trace: traceView(t.Trace, w)}
}

func taxKey(net bool) string {
	if net {
		return "orders.plus_vat"
	}
	return "orders.of_which_vat"
}

// traceView explains a total step by step.
func traceView(t Trace, w i18n.Words) []ui.TraceLine {
	var out []ui.TraceLine
	for _, s := range t.Steps {
		line := ui.TraceLine{Amount: money.New(s.Result, t.Currency), Total: s.Name == "total"}
		switch s.Op {
		case OpTimes:
			line.Label = cmp.Or(s.Label, w.T("orders.delivery"))
			line.Detail = w.Number(int(s.Factor)) + " × " + w.Money(money.New(s.Value, t.Currency))
		case OpIncluded:
			line.Label = w.T("orders.of_which_vat", "rate", w.Percent(s.Factor))
			line.Detail = w.T("orders.regime_" + string(t.Ruling.Regime))
		case OpSum:
			if s.Name != "goods" && s.Name != "total" {
				continue // the parts are shown, and the total says it again
			}
			line.Label = w.T("orders." + s.Name)
		}
		out = append(out, line)
	}
	return out
}

func addressView(a customersapi.Address) ordersui.Address {
	return ordersui.Address{Name: a.Name, Company: a.Company, Line1: a.Line1, Line2: a.Line2, Postal: a.Postal, City: a.City, Country: a.Country}
}

// addressed is an address to read, with the country's name.
func addressed(a customersapi.Address, l i18n.Lang) ordersui.Address {
	v := addressView(a)
	v.Country = countryName(a.Country, l)
	return v
}

func countryOptions(codes []string, l i18n.Lang) []ui.Option {
	if len(codes) == 0 {
		codes = union()
	}
	out := make([]ui.Option, len(codes))
	for i, code := range codes {
		out[i] = ui.Option{Value: code, Label: countryName(code, l)}
	}
	order := collate.New(language.Make(string(l)))
	slices.SortFunc(out, func(a, b ui.Option) int { return order.CompareString(a.Label, b.Label) })
	return out
}

func statusBadge(s ordersapi.Status, w i18n.Words) ui.Badge {
	return ui.Badge{Label: w.T("orders.status_" + string(s)), Tone: ordersui.StatusTone(s)}
}

// paidBadge says how the money for a total stands.
func paidBadge(total money.Amount, p Payment, w i18n.Words) ui.Badge {
	at := p.standing(total)
	tones := map[Standing]ui.Tone{Settled: ui.OK, OnDelivery: ui.Info}
	return ui.Badge{Label: w.T("orders.money_" + string(at)), Tone: tones[at]}
}

func orderBadges(o Order, w i18n.Words) []ui.Badge {
	return badgesOf(Row{
		Total: o.Totals.Total, Paid: o.Payment.Paid, Refunded: o.Payment.Refunded, Lost: o.Payment.Lost, Deferred: o.Payment.Deferred, Status: o.Status, Packed: o.Packed,
	}, w)
}

func badgesOf(r Row, w i18n.Words) []ui.Badge {
	out := []ui.Badge{paidBadge(r.Total, Payment{Paid: r.Paid, Refunded: r.Refunded, Lost: r.Lost, Deferred: r.Deferred}, w), statusBadge(r.Status, w)}
	if r.Packed && may(r.Status, ordersapi.Shipped) {
		out = append(out, ui.Badge{Label: w.T("orders.packed"), Tone: ui.OK})
	}
	return out
}

// rowView is an order in a list of its buyer; w are their words.
func rowView(r Row, href string, w i18n.Words) ordersui.Row {
	r.Packed = false // nothing to them
	return ordersui.Row{
		Href: href, ID: r.ID.String(), Number: r.Number, Name: r.Name, At: w.DateTime(r.PlacedAt), Placed: r.PlacedAt, Pieces: r.Pieces,
		Total: r.Total, Status: r.Status, Goes: r.Carrier.Name, Badges: badgesOf(r, w),
	}
}

// deskRow is rowView for the staff: what is packed says so, and the delivery is
// named in the reader's language.
func (m *Module) deskRow(r Row, href string, methods []Method, w i18n.Words) ordersui.Row {
	v := rowView(r, href, w)
	v.Now, v.Goes, v.Badges = m.need.Kit.Clock.Now(), r.Carrier.in(methods, w.Lang()), badgesOf(r, w)
	return v
}

func lineViews(lines []Line) []ordersui.Line {
	out := make([]ordersui.Line, len(lines))
	for i, l := range lines {
		detail := l.Options
		if l.SKU != "" {
			detail = joined(l.Options, l.SKU)
		}
		out[i] = ordersui.Line{
			ID: l.ID.String(), Href: productPath(l.Slug), Title: l.Title, Detail: detail, Image: picture(l.Image), Quantity: int(l.Quantity),
			Open: int(l.Open()), Returned: int(l.Returned), Unit: l.Unit, Total: l.Total, Digital: l.Digital,
		}
	}
	return out
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

func parcelViews(parcels []Shipped, w i18n.Words) []ordersui.Parcel {
	out := make([]ordersui.Parcel, len(parcels))
	for i, p := range parcels {
		var pieces int
		for _, l := range p.Lines {
			pieces += int(l.Quantity)
		}
		out[i] = ordersui.Parcel{Title: joined(p.Carrier, w.N("orders.n_pieces", pieces)), Tracking: p.Tracking, URL: p.URL, At: w.DateTime(p.At)}
	}
	return out
}

// storyView is what happened, the newest first; buyers are not shown what is
// said among the staff.
func storyView(story []Moment, w i18n.Words, staff bool) []ui.Event {
	var out []ui.Event
	for _, m := range slices.Backward(story) {
		if !staff && amongStaff[m.What] {
			continue
		}
		e := ui.Event{Title: w.T("orders.story_"+m.What, "amount", w.Money(m.Detail.Amount)), Detail: w.DateTime(m.At), Tone: momentTone(m.What)}
		if staff && m.Actor != "" {
			e.Detail = joined(e.Detail, m.Actor)
		}
		if m.Detail.Pieces > 0 {
			e.Detail = joined(e.Detail, w.N("orders.n_pieces", int(m.Detail.Pieces)))
		}
		for _, more := range []string{m.Detail.Text, m.Detail.Track, reasonText(m.Detail.Reason, w)} {
			e.Detail = joined(e.Detail, more)
		}
		out = append(out, e)
	}
	return out
}

// amongStaff is what only staff read of an order's story.
var amongStaff = map[string]bool{
	Noted: true, LostHold: true, RefundAsked: true, BankAsked: true, BankSettled: true, WasDisputed: true, DisputeWon: true, DisputeLost: true,
}

func momentTone(what string) ui.Tone {
	switch what {
	case GotPaid, WasPromised, WasDelivered, DisputeWon:
		return ui.OK
	case WasShipped, TookPlace:
		return ui.Info
	case WasCancelled, PaymentFailed, PaidLate, LostHold, RefundUndone, PromiseLost, WasDisputed, DisputeLost:
		return ui.Bad
	}
	return ui.Neutral
}

// reasonText is a reason in words: a translation key, or what staff typed.
func reasonText(reason string, w i18n.Words) string {
	if w.Has(reason) {
		return w.T(reason)
	}
	return reason
}
