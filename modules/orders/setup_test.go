package orders

import (
	"context"
	"strings"
	"sync"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/catalog/catalogtest"
	"orion/modules/core/coreapi"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customerstest"
	"orion/modules/inventory/inventorytest"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paymentstest"
	"orion/modules/tenancy/tenancyapi"
)

var plan = modtest.Plan(migrate.Line{Module: ordersapi.Code, Files: Files})

// world is a shop with three things to sell, on one database.
type world struct {
	*Module
	*dbtest.Env
	in       tenant.Store
	catalog  *catalogtest.Catalog
	stock    *inventorytest.Stock
	payments *paymentstest.Payments
	people   *customerstest.Customers
	log      *auditLog
	figures  *figureList
	mug      catalogapi.Offer // 24.00, standard rate, 350 g
	oil      catalogapi.Offer // 18.50, super-reduced rate, 900 g
	song     catalogapi.Offer // 5.00, digital
	post     MethodID         // 4.90 in Luxembourg, free from 100.00
	shop     Shop
}

func eur(minor int64) money.Amount { return money.New(minor, "EUR") }

func setup(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	next := e.DB.IDs().Next
	offer := func(title string, minor, grams int64, class catalogapi.TaxClass) catalogapi.Offer {
		return catalogapi.Offer{
			Variant: catalogapi.VariantID(next()), Product: catalogapi.ProductID(next()), Title: title, SKU: strings.ToUpper(title),
			Unit: eur(minor), TaxClass: class, Grams: grams, Sellable: true, MinQty: 1,
		}
	}
	w := &world{
		Env: e, in: e.Store(), stock: &inventorytest.Stock{}, payments: &paymentstest.Payments{}, people: &customerstest.Customers{}, log: &auditLog{}, figures: &figureList{},
		mug: offer("Mug", 2400, 350, catalogapi.TaxStandard), oil: offer("Oil", 1850, 900, catalogapi.TaxSuperReduced),
		song: offer("Song", 500, 0, catalogapi.TaxStandard),
		shop: Shop{Name: "Maison", Country: "LU", Email: "shop@example.lu", Origin: "http://maison.localhost:8080", Currency: "EUR", Lang: i18n.En},
	}
	w.song.Digital = true
	w.catalog = catalogtest.New(w.mug, w.oil, w.song)
	w.stock.Put(w.mug.Variant, 10)
	w.stock.Put(w.oil.Variant, 10)
	w.stock.PutEndless(w.song.Variant)
	w.Module = New(Needs{
		Kit: modtest.Kit(t, e), Catalog: w.catalog, Products: w.catalog, Stock: w.stock, Returns: w.stock, Available: w.stock,
		Payments: w.payments, Refunds: w.payments, Starter: w.payments, Customers: w.people, Audit: w.log, Figures: w.figures,
	})
	w.post = w.method(t, Method{
		Name: i18n.Text{"en": "Post", "fr": "Poste"}, Active: true,
		Zones: []Zone{{Countries: []string{"LU"}, Rates: []Rate{{0, 490}}, FreeFrom: 10000}, {Countries: []string{"DE", "FR"}, Rates: []Rate{{0, 990}}}},
	})
	return w
}

// telling is a world whose module hears its own events, and has its words.
func telling(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	w := setup(t, e)
	bundle, err := i18n.Load(Files)
	if err != nil {
		t.Fatal(err)
	}
	w.need.Kit.Bundle = bundle
	w.need.Kit.Events.Subscribe(w.Definition().Events...)
	return w
}

// figureList remembers what dashboards were told.
type figureList struct {
	mu  sync.Mutex
	all []coreapi.Figure
}

func (l *figureList) Tell(_ context.Context, _ tx, f coreapi.Figure) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, f)
	return nil
}

func (w *world) method(t *testing.T, m Method) MethodID {
	t.Helper()
	mid, err := w.SaveMethod(t.Context(), w.in, m, staff)
	if err != nil {
		t.Fatal(err)
	}
	return mid
}

var staff = auth.Actor{Kind: "user", ID: "usr_1", Name: "Lena"}

func (w *world) visit(token string) Visit {
	return Visit{Holder: Holder{Token: token}, Shop: w.shop, Lang: i18n.En}
}

// filled is a visit with a cart of these, in quantities of one.
func (w *world) filled(t *testing.T, offers ...catalogapi.Offer) Visit {
	t.Helper()
	v := w.visit("")
	for _, o := range offers {
		token, err := w.Add(t.Context(), w.in, v, Pick{Variant: o.Variant, Quantity: 1})
		if err != nil {
			t.Fatal(err)
		}
		v.Token = token
	}
	return v
}

var lea = Checkout{
	Contact: Contact{Email: "lea@example.lu", Name: "Léa Schmit", Terms: true},
	Address: customersapi.Address{Name: "Léa Schmit", Line1: "12, rue des Roses", Postal: "L-2445", City: "Luxembourg", Country: "LU"},
	Payment: "card",
}

// ready is a visit whose checkout is complete.
func (w *world) ready(t *testing.T, offers ...catalogapi.Offer) Visit {
	t.Helper()
	v := w.filled(t, offers...)
	c := lea
	c.Method = w.post
	if _, err := w.Save(t.Context(), w.in, v, c, ContactPart, AddressPart, DeliveryPart, PaymentPart); err != nil {
		t.Fatal(err)
	}
	return v
}

// order places an order for these.
func (w *world) order(t *testing.T, offers ...catalogapi.Offer) Order {
	t.Helper()
	v := w.ready(t, offers...)
	r, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: v.Token})
	if err != nil {
		t.Fatal(err)
	}
	return r.Order
}

// hear gives the module an event as the bus would.
func (w *world) hear(t *testing.T, do func(context.Context, tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), w.DB, w.in, func(tx tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// pays lets the payment of an order be captured.
func (w *world) pays(t *testing.T, o Order) Order {
	t.Helper()
	e, err := w.payments.Capture(o.Payment.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.hear(t, func(ctx context.Context, tx tx) error { return w.onPayment(ctx, tx, e.Changed, w.captured) })
	return w.again(t, o)
}

func (w *world) again(t *testing.T, o Order) Order {
	t.Helper()
	got, err := w.Order(t.Context(), w.in, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// auditLog is a fake of the audit log.
type auditLog struct {
	mu      sync.Mutex
	entries []tenancyapi.Entry
}

func (a *auditLog) Record(_ context.Context, _ tx, e tenancyapi.Entry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entries = append(a.entries, e)
	return nil
}

// payment is how payments sees the payment of an order.
func (w *world) payment(t *testing.T, o Order) paymentsapi.Payment {
	t.Helper()
	p, err := w.payments.Find(o.Payment.ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tries lets the buyer begin to pay.
func (w *world) tries(t *testing.T, o Order) {
	t.Helper()
	if _, err := w.Pay(t.Context(), w.in, o); err != nil {
		t.Fatal(err)
	}
}
