package orders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
)

var (
	errKeyReused = fault.New(fault.Invalid, "orders.key_reused")
	errNoKey     = fault.New(fault.Invalid, "orders.key_missing")
	errOrdered   = fault.New(fault.Conflict, "orders.cart_ordered")
	errInFlight  = fault.New(fault.Conflict, "orders.in_flight")
)

const (
	firstNumber = 1001
	maxKey      = 200
)

// Placing is the wish to buy what is in a cart.
type Placing struct {
	Visit
	Key  string       // the same for every try of the same wish
	Seen money.Amount // the total that the buyer agreed to; zero is not compared
}

// Receipt is the answer to Placing.
type Receipt struct {
	Order  Order
	Repeat bool // the order was there already, made by an earlier try
}

// Place turns a cart into an order. Its goods are held, its payment is opened
// and the other modules are told in the same transaction, or nothing happened.
// However often and at once it is tried with one key, there is one order.
func (m *Module) Place(ctx context.Context, in tenant.Store, p Placing) (Receipt, error) {
	if p.Key == "" || len(p.Key) > maxKey {
		return Receipt{}, errNoKey
	}
	r, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Receipt, error) {
		oid := ordersapi.OrderID(tx.NewID())
		if fresh, err := insertRequest(ctx, tx, p.Key, request{p.fingerprint(), oid}); err != nil || !fresh {
			return m.repeat(ctx, tx, p, err)
		}
		cart, err := m.claim(ctx, tx, p.Visit, oid)
		if err != nil {
			return Receipt{}, err
		}
		quote, err := m.quote(ctx, tx, cart, p.Visit, findMethods)
		if err != nil {
			return Receipt{}, err
		}
		if err := quote.ready(p.Seen); err != nil {
			return Receipt{}, err
		}
		order, err := m.agree(ctx, tx, oid, quote, p)
		return Receipt{Order: order}, err
	})
	if errors.Is(err, db.ErrBusy) {
		return Receipt{}, errInFlight.With("retry_after", 1).Because(err)
	}
	return r, err
}

// agree writes the order down and everything that belongs to it.
func (m *Module) agree(ctx context.Context, tx tx, oid ordersapi.OrderID, q Quote, p Placing) (Order, error) {
	var err error
	if p.Customer, err = m.buyer(ctx, tx, q, p); err != nil {
		return Order{}, err
	}
	number, err := nextNumber(ctx, tx)
	if err != nil {
		return Order{}, err
	}
	if err := m.room(ctx, tx); err != nil {
		return Order{}, err
	}
	order, err := newOrder(oid, q.Config.Prefix+strconv.FormatInt(number, 10), q, p)
	if err != nil {
		return Order{}, err
	}
	for i := range order.Lines {
		order.Lines[i].ID = db.NewID[lineKind](tx)
	}
	payment, err := m.need.Payments.Open(ctx, tx, order.charge(m.Path(tx.Scope(), order.ID)))
	if err != nil {
		return Order{}, fmt.Errorf("open the payment: %w", err)
	}
	order.Payment.ID = payment.ID
	if err := insertOrder(tx, order); err != nil {
		return Order{}, err
	}
	by := auth.Actor{Kind: "customer", ID: p.Customer.String(), Name: order.Contact.Name}
	if err := m.record(ctx, tx, order, act{What: TookPlace, By: by}); err != nil {
		return Order{}, err
	}
	if err := m.need.Stock.Reserve(ctx, tx, m.hold(tx, order)); err != nil {
		return Order{}, err
	}
	news := []event.Payload{order.placed()}
	if order.Payment.Deferred {
		news = append(news, ordersapi.Paid{Moved: order.moved(tx.Now()), AtOnce: true})
	}
	return order, m.tell(ctx, tx, news...)
}

// Monthly is the feature whose limit is how many orders a store may take in a
// month of the calendar, by UTC. Cancelled ones count.
const Monthly = "orders.monthly"

// room refuses more orders than the store's plan has room for this month.
func (m *Module) room(ctx context.Context, tx tx) error {
	g := module.Growth{Holder: module.HolderOf(tx.Scope()), Code: Monthly, By: 1}
	return module.Room(ctx, m.need.Kit.Features, tx, g, func(ctx context.Context) (int64, error) {
		now := tx.Now().UTC()
		return countPlaced(ctx, tx, time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC))
	})
}

// hold is the reservation of an order: until the payment must have come, or
// without end when nobody waits for it.
func (m *Module) hold(tx tx, o Order) inventoryapi.Reservation {
	r := inventoryapi.Reservation{Cause: o.cause(), Lines: o.goods()}
	if o.Status == ordersapi.Pending {
		r.Until = tx.Now().Add(m.need.Kit.Config.Reservation)
	}
	return r
}

// claim closes the visitor's cart for an order, and prices it. Who comes second,
// with another key, is told that it was ordered.
func (m *Module) claim(ctx context.Context, tx tx, v Visit, oid ordersapi.OrderID) (Cart, error) {
	c, err := m.close(ctx, tx, v.Holder, oid)
	if err != nil {
		return Cart{}, err
	}
	for i := range c.Items {
		c.Items[i].Seen.Currency = v.Shop.Currency
	}
	return c, m.refresh(ctx, tx, v, c.Items, m.now())
}

// close is claim without prices. The lines are read once nobody can add more.
func (m *Module) close(ctx context.Context, tx tx, h Holder, oid ordersapi.OrderID) (Cart, error) {
	if t, ok := parseToken(h.Token); ok && h.Customer.IsZero() {
		if c, err := claimByToken(ctx, tx, t, oid); !errors.Is(err, db.ErrNoRow) {
			return c, err
		}
	}
	c, err := m.held(ctx, tx, h)
	if err != nil {
		return Cart{}, err
	}
	if c.ID.IsZero() {
		return Cart{}, errEmpty
	}
	claimed, err := claimCart(ctx, tx, c.ID, oid)
	if err != nil {
		return Cart{}, err
	}
	if !claimed {
		return Cart{}, errOrdered
	}
	c.Items, err = cartItems(ctx, tx, c.ID)
	return c, err
}

// buyer is the customer who signed in, or the one of the guest's e-mail.
func (m *Module) buyer(ctx context.Context, tx tx, q Quote, p Placing) (auth.CustomerID, error) {
	if !p.Customer.IsZero() {
		return p.Customer, nil
	}
	c := q.Checkout.Contact
	return m.need.Customers.Ensure(ctx, tx, customersapi.Guest{
		Email: c.Email, Name: c.Name, Phone: c.Phone, Lang: p.Lang, Consent: c.Marketing,
	})
}

// repeat answers a key that was used before with what it led to.
func (m *Module) repeat(ctx context.Context, tx tx, p Placing, err error) (Receipt, error) {
	if err != nil {
		return Receipt{}, err
	}
	before, err := findRequest(ctx, tx, p.Key)
	if err != nil {
		return Receipt{}, err
	}
	if before.Fingerprint != p.fingerprint() {
		return Receipt{}, errKeyReused
	}
	order, err := findOrder(ctx, tx, before.Order)
	return Receipt{Order: order, Repeat: true}, err
}

// fingerprint tells two wishes apart that come with one key.
func (p Placing) fingerprint() string {
	sum := sha256.Sum256(fmt.Append(nil, p.Token, "|", p.Customer, "|", p.Seen.Minor, p.Seen.Currency))
	return hex.EncodeToString(sum[:])
}
