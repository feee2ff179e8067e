package app

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/kit/money"
	"orion/modules/customers"
	"orion/modules/messaging"
	"orion/modules/messaging/messagingapi"
	"orion/modules/orders"
	"orion/modules/orders/ordersapi"
)

// letters are the mails of the program, by how their keys begin and end.
var letters = [][2]string{
	{"orders/", "/placed/"},
	{"orders/", "/shipped/"},
	{"orders/", "/refunded/"},
	{"orders/", "/cancelled/"},
	{"customers.confirm/", ""},
	{"customers.known/", ""},
	{"customers.reset/", ""},
	{"customers.changed/", ""},
	{"customers.erased/", ""},
	{"messaging.note/", ""},
	{"messaging.answer/", ""},
	{"messaging.confirm/", ""},
	{"messaging.welcome/", ""},
	{"tenancy.invitation.", ""},
}

// write does everything that sends a mail, with a script wherever somebody types.
func (x *infected) write() {
	ctx, in, ids, m := x.t.Context(), x.g.own.in, x.g.own.ids, x.a.modules
	try := func(what string, err error) {
		if err != nil {
			x.t.Errorf("%s: %v", what, err)
		}
	}
	// What was written past all checks is no address to which a mail can go.
	for _, table := range []string{"customers_customers", "messaging_threads", "messaging_subscribers"} {
		_, err := owner(x.t, x.a).Exec("UPDATE " + table + " SET email = email_key")
		try(table, err)
	}
	head := messaging.Letterhead{Shop: "Shop" + script, Email: "shop@example.com", Footer: "Foot" + script}
	_, err := m.messaging.Contact(ctx, in, messaging.Note{Ticket: 1 << 21, Name: "Eve" + script[:60], Email: "eve@example.com", Lang: "en", Subject: "Hi" + script[:60], Body: script}, head)
	try("contact", err)
	var thread messagingapi.ThreadID
	try("thread", thread.UnmarshalText([]byte(ids["thr"])))
	try("answer", m.messaging.Answer(ctx, in, thread, messaging.Answer{Ticket: 1 << 22, Body: script, By: auth.SystemActor}, head))
	try("subscribe", m.messaging.Subscribe(ctx, in, messaging.Wish{Email: "eve@example.com", Lang: "en", Source: "page", Wording: script}, head))
	try("confirm", m.messaging.Confirm(ctx, in, ids["messaging.subscribe"], "Yes", head))

	card := customers.Letterhead{Shop: head.Shop, Lang: "en", Footer: head.Footer}
	try("register", m.customers.Register(ctx, in, customers.Registration{Email: "eve@example.com", Name: "Eve" + script[:60]}, card))
	try("register again", m.customers.Register(ctx, in, customers.Registration{Email: x.email, Name: "Eve"}, card))
	try("forgot", m.customers.Forgot(ctx, in, x.email, card))
	_, err = m.customers.ChangePassword(ctx, in, x.g.own.buyer, customers.PasswordChange{Old: "orion-demo", New: "a longer password"}, card)
	try("password", err)
	_, err = owner(x.t, x.a).Exec(fmt.Sprintf("UPDATE orders_orders SET status = 'delivered' WHERE customer_id = %d", x.g.own.buyer))
	try("nothing on its way", err)
	try("leave", m.customers.Leave(ctx, in, x.g.own.buyer, "a longer password", card))

	_, err = m.orders.Ship(ctx, in, x.order("status = 'processing' AND money = 'paid'"), orders.Shipment{Carrier: "Post" + script[:60], Tracking: script[:60]}, auth.SystemActor)
	try("ship", err)
	_, err = m.orders.Refund(ctx, in, x.order("status = 'delivered' AND money = 'paid'"), orders.Refunding{Amount: money.Amount{Minor: 100, Currency: "EUR"}, Reason: script[:60]}, auth.SystemActor)
	try("refund", err)
	_, err = m.orders.Cancel(ctx, in, x.order("status = 'pending'"), script[:60], auth.SystemActor)
	try("cancel", err)

	staff := x.g.visitors["store"]
	staff.Handler = x.a.Handler()
	form := url.Values{"name": {"Eve" + script[:60]}, "email": {"eve@example.com"}, "role": {ids["rol"]}}
	if got := staff.Ask(modtest.Ask{Method: http.MethodPost, Path: "/team/invite", Body: form.Encode()}); got.Status >= http.StatusBadRequest {
		x.t.Errorf("invite: %v", got)
	}
}

// order is one of the store's own, and of a customer who stays, that a condition is true of.
func (x *infected) order(where string) ordersapi.OrderID {
	var n int64
	query := fmt.Sprintf("SELECT max(id) FROM orders_orders WHERE store_id = %d AND COALESCE(customer_id, 0) <> %d AND %s", x.g.own.in.ID(), x.g.own.buyer, where)
	if err := owner(x.t, x.a).QueryRow(query).Scan(&n); err != nil {
		x.t.Fatal(where, err)
	}
	return ordersapi.OrderID(n)
}

// mails waits until all of letters are there, and opens them.
func (x *infected) mails() {
	pool := owner(x.t, x.a)
	var mails [][2]string
	missing := slices.Clone(letters)
	for end := time.Now().Add(30 * time.Second); len(missing) > 0 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var err error
		if mails, err = pairs(pool, fmt.Sprintf("SELECT message_key, subject || ' ' || body_text || ' ' || body_html FROM mail_messages WHERE id > %d", x.sent)); err != nil {
			x.t.Fatal(err)
		}
		missing = slices.DeleteFunc(missing, func(l [2]string) bool {
			return slices.ContainsFunc(mails, func(m [2]string) bool { return strings.HasPrefix(m[0], l[0]) && strings.Contains(m[0], l[1]) })
		})
	}
	for _, l := range missing {
		x.t.Errorf("no mail %s…%s was written", l[0], l[1])
	}
	x.eye.open("about:blank")
	for _, m := range mails {
		x.look("the mail "+m[0], m[1])
		if !strings.Contains(m[1], "__ran") {
			x.t.Errorf("the mail %s quotes nothing that people wrote", m[0])
		}
		_, page, _ := strings.Cut(m[1], "<!")
		x.unwrap("the mail "+m[0], "<!"+page)
	}
}
