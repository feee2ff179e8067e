package orders

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

// mails are the subscriptions that write to buyers: each mail is stored once
// with the end of its delivery.
func (m *Module) mails() []event.Handler {
	return []event.Handler{
		event.On("orders.mail_placed", func(ctx context.Context, tx tx, e ordersapi.Placed) error {
			return m.write(ctx, tx, e.Moved, letter{kind: "placed"})
		}),
		event.On("orders.mail_paid", func(ctx context.Context, tx tx, e ordersapi.Paid) error {
			if e.AtOnce {
				return nil // the mail about the order says it
			}
			return m.write(ctx, tx, e.Moved, letter{kind: "paid"})
		}),
		event.On("orders.mail_shipped", func(ctx context.Context, tx tx, e ordersapi.WasShipped) error {
			return m.write(ctx, tx, e.Moved, letter{kind: "shipped", parcel: true})
		}),
		event.On("orders.mail_cancelled", func(ctx context.Context, tx tx, e ordersapi.WasCancelled) error {
			return m.write(ctx, tx, e.Moved, letter{kind: "cancelled", reason: e.Reason})
		}),
		event.On("orders.mail_refunded", func(ctx context.Context, tx tx, e ordersapi.WasRefunded) error {
			return m.write(ctx, tx, e.Moved, letter{kind: "refunded", amount: e.Amount})
		}),
	}
}

// letter is which mail it is and what it says besides the order.
type letter struct {
	kind   string
	reason string // a translation key, or typed by staff
	parcel bool   // tells about the latest parcel
	amount money.Amount
}

// intro is the key of its first sentence.
func (l letter) intro(o Order) string {
	if l.kind == "placed" && o.Payment.Deferred {
		return "orders.mail_placed_ready" // nobody waits for money
	}
	return "orders.mail_" + l.kind
}

// write puts a mail to the buyer into the outbox, in the language they bought in.
func (m *Module) write(ctx context.Context, tx tx, e ordersapi.Moved, l letter) error {
	o, err := findOrder(ctx, tx, e.Order)
	if err != nil || o.anonymous() {
		return err
	}
	var last Shipped
	if l.parcel {
		all, err := parcels(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			last = all[len(all)-1]
		}
	}
	msg := m.message(tx.Scope(), o, l, last)
	msg.Key = "orders/" + o.ID.String() + "/" + l.kind + "/" + strconv.FormatInt(e.At.UnixMicro(), 36)
	return m.need.Kit.Mail.Send(ctx, tx, msg)
}

// message is what a mail says, of the latest parcel where it tells about one.
func (m *Module) message(in tenant.Store, o Order, l letter, last Shipped) mail.Message {
	w := m.need.Kit.Bundle.In(o.Lang)
	args := []any{"number", o.Number, "shop", o.Shop.Name, "name", o.Contact.Name, "amount", w.Money(l.amount)}
	v := m.letterView(in, o, w)
	v.Title, v.Intro = w.T("orders.mail_"+l.kind+"_subject", args...), w.T(l.intro(o), args...)
	var more []string
	if l.reason != "" {
		more = append(more, reasonText(l.reason, w))
	}
	if l.kind == "placed" && o.Status != ordersapi.Pending {
		more = append(more, promisedTo(o.Carrier.Pickup, o.Carrier.Arrival, w))
	}
	if l.parcel {
		more = append(more, joined(joined(last.Carrier, last.Tracking), last.URL))
	}
	v.Intro = strings.Join(append([]string{v.Intro}, more...), "\n\n")
	return v.Fill(mail.Message{To: o.Contact.Email, Name: o.Contact.Name, ReplyTo: o.Shop.Email})
}

func (m *Module) letterView(in tenant.Store, o Order, w i18n.Words) mail.Letter {
	v := mail.Letter{
		Shop: o.Shop.Name, Lang: o.Lang, Note: w.T("orders.mail_foot", "shop", o.Shop.Name),
		Button: mail.Button{Label: w.T("orders.mail_link"), URL: o.Shop.Origin + m.Path(in, o.ID)},
		Footer: strings.Join([]string{o.Shop.Name, o.Shop.Email, hostOf(o.Shop.Origin)}, "\n"),
	}
	for _, l := range o.Lines {
		v.Lines = append(v.Lines, mail.Line{Label: strconv.FormatInt(l.Quantity, 10) + " × " + l.Title, Detail: l.Options, Value: w.Money(l.Total)})
	}
	for _, s := range sumsView(o.Totals, o.Carrier.Name, false, w).Lines {
		v.Lines = append(v.Lines, mail.Line{Label: s.Label, Value: w.Money(s.Amount), Strong: s.Total})
	}
	if o.Delivery.Line1 != "" {
		var to []string
		for _, l := range addressed(o.Delivery, o.Lang).Lines() {
			if l != "" {
				to = append(to, l)
			}
		}
		v.Lines = append(v.Lines, mail.Line{Label: w.T("orders.delivery_address"), Detail: strings.Join(to, "\n")})
	}
	return v
}
