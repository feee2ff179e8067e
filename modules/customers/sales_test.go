package customers_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
)

func TestEnsure(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		g := customersapi.Guest{Email: "lea@example.com", Name: "Léa Schmit", Lang: i18n.Lb}
		id := b.guest(t, g)
		g.Email, g.Consent = "LEA@example.com ", true
		if again := b.guest(t, g); again != id {
			t.Errorf("the same guest became %s", again)
		}
		if c := b.customer(t, id); c.Status != customers.Guest || !c.Consent {
			t.Errorf("kept %+v", c)
		}
		p, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) (customersapi.Profile, error) { return b.m.Profile(t.Context(), tx, id) })
		want := customersapi.Profile{ID: id, Number: "C1001", Email: "lea@example.com", Name: "Léa Schmit", Lang: i18n.Lb, Guest: true}
		if diff := cmp.Diff(want, p); diff != "" || err != nil {
			t.Error(err, diff)
		}
		known := b.account(t, "max@example.com")
		b.guest(t, customersapi.Guest{Email: "max@example.com", Name: "Somebody Else", Consent: true})
		if c := b.customer(t, known); c.Name != "Léa Schmit" || c.Consent {
			t.Errorf("a guest changed an account: %+v", c)
		}
		if _, err := db.Write(t.Context(), b.DB, b.in, func(tx tx) (auth.CustomerID, error) {
			return b.m.Ensure(t.Context(), tx, customersapi.Guest{Email: "nothing"})
		}); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a bad address gives %v", err)
		}
	})
}

func TestNumbersAreUnique(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		var all sync.WaitGroup
		for i := range 12 {
			all.Go(func() {
				g := customersapi.Guest{Email: fmt.Sprintf("guest%d@example.com", i%6), Name: "Guest"}
				if _, err := db.Write(t.Context(), b.DB, b.in, func(tx tx) (auth.CustomerID, error) { return b.m.Ensure(t.Context(), tx, g) }); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		found, err := b.m.Customers(t.Context(), b.in, customers.Filter{}, page.Request{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		numbers := map[int64]bool{}
		for _, c := range found.Items {
			numbers[c.Number] = true
		}
		if len(found.Items) != 6 || len(numbers) != 6 {
			t.Errorf("%d customers with %d numbers", len(found.Items), len(numbers))
		}
	})
}

func TestBought(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		buy := func(id auth.CustomerID, minor int64) error {
			return db.Do(t.Context(), b.DB, b.in, func(tx tx) error { return b.m.Bought(t.Context(), tx, id, minor) })
		}
		for _, minor := range []int64{2400, 1000} {
			if err := buy(id, minor); err != nil {
				t.Fatal(err)
			}
		}
		e.Clock.Advance(time.Hour)
		if err := buy(id, -1000); err != nil {
			t.Fatal(err)
		}
		if c := b.customer(t, id); c.Orders != 2 || c.Spent != 2400 || !c.LastOrder.Equal(dbtest.Start) {
			t.Errorf("totals %d, %d, %s", c.Orders, c.Spent, c.LastOrder)
		}
		if err := buy(7, 1); fault.As(err).Kind != fault.NotFound {
			t.Errorf("nobody bought: %v", err)
		}
	})
}

func TestCustomers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for i := range 5 {
			b.guest(t, customersapi.Guest{Email: fmt.Sprintf("guest%d@example.com", i), Name: fmt.Sprintf("Guest %d", i), Consent: i%2 == 0})
		}
		b.account(t, "lea@example.com")
		emails := func(f customers.Filter, p page.Request) (out []string, next string) {
			found, err := b.m.Customers(t.Context(), b.in, f, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found.Items {
				out = append(out, c.Email)
			}
			return out, found.Next
		}
		first, next := emails(customers.Filter{}, page.Request{Limit: 4})
		rest, end := emails(customers.Filter{}, page.Request{Limit: 4, After: next})
		if len(first) != 4 || first[0] != "lea@example.com" || len(rest) != 2 || end != "" {
			t.Errorf("pages %v, %v, %q", first, rest, end)
		}
		for want, f := range map[string]customers.Filter{
			"lea@example.com":    {Status: customers.Active},
			"guest3@example.com": {Query: "GUEST3@"},
			"guest1@example.com": {Query: "c1002"},
		} {
			if got, _ := emails(f, page.Request{}); len(got) != 1 || got[0] != want {
				t.Errorf("%+v finds %v", f, got)
			}
		}
		if got, _ := emails(customers.Filter{Consent: true}, page.Request{}); len(got) != 3 {
			t.Errorf("consent finds %v", got)
		}
		ctx, counter := db.WithCounter(t.Context())
		if _, err := b.m.Customers(ctx, b.in, customers.Filter{Query: "guest"}, page.Request{}); err != nil || counter.N() != 1 {
			t.Errorf("a list takes %d statements, %v", counter.N(), err)
		}
	})
}

func TestDetailsAndExport(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		d := customers.Details{Name: " Léa Weber ", Phone: "+352 691 000 000", Lang: i18n.Lb, Consent: true}
		if err := b.m.ChangeDetails(t.Context(), b.in, id, d); err != nil {
			t.Fatal(err)
		}
		if err := b.m.ChangeDetails(t.Context(), b.in, id, customers.Details{Lang: "xx"}); len(fault.As(err).Fields) != 2 {
			t.Errorf("bad details give %v", err)
		}
		b.save(t, id, address("Esch"))
		text, err := b.m.Export(t.Context(), b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Customer struct {
				Name    string    `json:"name"`
				Consent bool      `json:"marketing_consent"`
				At      time.Time `json:"marketing_consent_at"`
			} `json:"customer"`
			Addresses []map[string]any `json:"addresses"`
		}
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if got.Customer.Name != "Léa Weber" || !got.Customer.Consent || !got.Customer.At.Equal(dbtest.Start) || len(got.Addresses) != 1 || got.Addresses[0]["city"] != "Esch" {
			t.Errorf("exported %s", text)
		}
	})
}
