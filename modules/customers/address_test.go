package customers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
)

func address(city string) customers.Saved {
	return customers.Saved{Address: customersapi.Address{Name: "Léa Schmit", Line1: " 12, rue des Roses ", Postal: "L-2445", City: city, Country: "lu"}}
}

// cities are where a customer's addresses are, the default first.
func (b *bundle) cities(t *testing.T, id auth.CustomerID) []string {
	t.Helper()
	all, err := b.m.SavedAddresses(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, a := range all {
		if a.Default != (i == 0) {
			t.Errorf("%s is default: %t", a.City, a.Default)
		}
		out = append(out, a.City)
	}
	return out
}

func (b *bundle) save(t *testing.T, id auth.CustomerID, a customers.Saved) customers.Saved {
	t.Helper()
	got, err := b.m.SaveAddress(t.Context(), b.in, id, a)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		lea, max := b.account(t, "lea@example.com"), b.account(t, "max@example.com")
		first := b.save(t, lea, address("Esch"))
		if first.Line1 != "12, rue des Roses" || first.Country != "LU" || !first.Default {
			t.Errorf("saved %+v", first)
		}
		second := b.save(t, lea, address("Wiltz"))
		if diff := cmp.Diff([]string{"Esch", "Wiltz"}, b.cities(t, lea)); diff != "" {
			t.Error(diff)
		}
		if err := b.m.PreferAddress(t.Context(), b.in, lea, second.ID); err != nil {
			t.Fatal(err)
		}
		second.City = "Vianden"
		b.save(t, lea, second)
		if diff := cmp.Diff([]string{"Vianden", "Esch"}, b.cities(t, lea)); diff != "" {
			t.Error(diff)
		}
		if err := b.m.RemoveAddress(t.Context(), b.in, lea, second.ID); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Esch"}, b.cities(t, lea)); diff != "" {
			t.Error(diff)
		}
		if err := b.m.RemoveAddress(t.Context(), b.in, max, first.ID); fault.As(err).Kind != fault.NotFound {
			t.Errorf("another customer's address: %v", err)
		}
		if _, err := b.m.SaveAddress(t.Context(), b.in, max, first); fault.As(err).Kind != fault.NotFound {
			t.Errorf("another customer's address: %v", err)
		}
	})
}

func TestAddressIsChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		_, err := b.m.SaveAddress(t.Context(), b.in, id, customers.Saved{Address: customersapi.Address{Country: "ZZ"}})
		var names []string
		for _, f := range fault.As(err).Fields {
			names = append(names, f.Name)
		}
		if diff := cmp.Diff([]string{"name", "line1", "postal", "city", "country"}, names); diff != "" {
			t.Error(diff)
		}
		for range 20 {
			b.save(t, id, address("Esch"))
		}
		if _, err := b.m.SaveAddress(t.Context(), b.in, id, address("Esch")); fault.As(err).Kind != fault.Rule {
			t.Errorf("one too many: %v", err)
		}
	})
}
