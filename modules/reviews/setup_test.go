package reviews

import (
	"context"
	"sync"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/modtest"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/catalog/catalogtest"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customerstest"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/tenancy/tenancyapi"
)

var plan = modtest.Plan(migrate.Line{Module: reviewsapi.Code, Files: Files})

type customerID = auth.CustomerID

var staff = auth.Actor{Kind: "user", ID: "usr_1", Name: "Lena"}

// world is a shop with a mug to sell and two people who know it.
type world struct {
	*Module
	*dbtest.Env
	in      tenant.Store
	catalog *catalogtest.Catalog
	mug     catalogapi.Offer
	lea     auth.CustomerID
	tom     auth.CustomerID
	log     *auditLog
	conf    *settings
}

func setup(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	next := e.DB.IDs().Next
	w := &world{
		Env: e, in: e.Store(), log: &auditLog{}, conf: &settings{},
		mug: catalogapi.Offer{
			Variant: catalogapi.VariantID(next()), Product: catalogapi.ProductID(next()), Title: "Mug", Slug: "mug", Unit: money.New(2400, "EUR"), Sellable: true,
		},
	}
	w.catalog = catalogtest.New(w.mug)
	people := &customerstest.Customers{}
	w.lea = people.Add(customersapi.Profile{ID: 11, Email: "lea@example.lu", Name: "Léa Schmit"})
	w.tom = people.Add(customersapi.Profile{ID: 12, Email: "tom@example.lu", Name: "Tom"})
	for i := range int64(5) {
		people.Add(customersapi.Profile{ID: customerID(100 + i), Email: string(rune('a'+i)) + "@example.lu", Name: "Somebody Else"})
	}
	kit := modtest.Kit(t, e)
	kit.Settings = w.conf
	w.Module = New(Needs{Kit: kit, Products: w.catalog, Customers: people, Audit: w.log})
	return w
}

// each runs fn on both databases.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) { fn(t, setup(t, e)) })
}

func (w *world) writes(t *testing.T, who auth.CustomerID, stars int64, title string) Review {
	t.Helper()
	r, err := w.Write(t.Context(), w.in, Writing{
		Customer: who, Slug: "mug", Lang: "en", Opinion: Opinion{Stars: stars, Title: title, Body: "It holds what it promises."},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (w *world) decides(t *testing.T, r Review, to State) {
	t.Helper()
	if _, err := w.Decide(t.Context(), w.in, []reviewsapi.ReviewID{r.ID}, to, staff); err != nil {
		t.Fatal(err)
	}
}

// rated wants the rating that the product has in the catalogue.
func (w *world) rated(t *testing.T, stars, count int64) {
	t.Helper()
	if got, want := w.catalog.Rating(w.mug.Product), (catalogapi.Rating{Stars: stars, Count: count}); got != want {
		t.Errorf("the product is rated %+v, want %+v", got, want)
	}
}

// hear gives the module an event as the bus would.
func (w *world) hear(t *testing.T, do func(context.Context, tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), w.DB, w.in, func(tx tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// settings are those that a test chose.
type settings struct{ raw string }

// Raw implements module.Source.
func (s *settings) Raw(string, tenant.Store) string { return s.raw }

// auditLog is a fake of the audit log.
type auditLog struct {
	mu      sync.Mutex
	entries []tenancyapi.Entry
}

func (a *auditLog) Record(_ context.Context, tx tx, e tenancyapi.Entry) error {
	tx.AfterCommit(func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.entries = append(a.entries, e)
	})
	return nil
}
