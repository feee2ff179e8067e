package customers_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
)

// Who leaves is signed out, told by mail, and nothing tells who it was; their
// address is free, and opens another account.
func TestLeave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ctx := t.Context()
		lea := b.account(t, "lea@example.lu")
		b.buys(t, lea, 4200)
		noErr(t,
			b.m.Tag(ctx, b.in, staff, lea, []string{"vip"}),
			b.m.AddNote(ctx, b.in, staff, lea, "likes tea"),
		)
		_, err := b.m.SaveAddress(ctx, b.in, lea, customers.Saved{Address: customersapi.Address{Name: "Léa Schmit", Line1: "12, rue des Roses", Postal: "L-2445", City: "Luxembourg", Country: "LU"}})
		noErr(t, err)
		token, err := b.signIn(t, "lea@example.lu", password)
		noErr(t, err)

		var told []customersapi.Erased
		b.erasers(func(_ context.Context, _ tx, who customersapi.Erased) error { told = append(told, who); return nil })
		if err := b.m.Leave(ctx, b.in, lea, "something else", head); fault.As(err).Code != "customers.invalid_password" || len(told) > 0 {
			t.Errorf("with a wrong password: %v, told %v", err, told)
		}
		noErr(t, b.m.Leave(ctx, b.in, lea, password, head))

		if len(told) != 1 || told[0] != (customersapi.Erased{Customer: lea, Email: "lea@example.lu"}) {
			t.Errorf("the modules were told %v", told)
		}
		if len(b.log.forgot) != 1 || b.log.forgot[0] != lea.String() {
			t.Errorf("the audit log was asked to forget %v", b.log.forgot)
		}
		if last := b.last(t); last.To != "lea@example.lu" || last.Subject != "Votre compte est supprimé" {
			t.Errorf("the mail is %q to %s", last.Subject, last.To)
		}
		if got := b.signed(t, token); !got.IsZero() {
			t.Error("the session is still open")
		}
		if _, err := b.signIn(t, "lea@example.lu", password); err == nil {
			t.Error("the password still opens the account")
		}
		desk, err := b.m.Desk(ctx, b.in, lea)
		noErr(t, err)
		kept, err := json.Marshal(desk)
		noErr(t, err)
		for _, trace := range []string{"lea", "Léa", "Roses", "tea", "vip"} {
			if strings.Contains(string(kept), trace) {
				t.Errorf("%q is still known: %s", trace, kept)
			}
		}
		if desk.Orders != 1 || desk.Spent != 4200 || desk.Erased.IsZero() {
			t.Errorf("of what was bought there is %d, %d, at %v", desk.Orders, desk.Spent, desk.Erased)
		}
		for _, f := range []customers.Filter{{}, {Days: 30}} {
			if found, err := b.m.Customers(ctx, b.in, f, page.Request{Limit: 10}); err != nil || len(found.Items) > 0 {
				t.Errorf("the list has %v, %v", found.Items, err)
			}
		}
		if again := b.account(t, "lea@example.lu"); again == lea {
			t.Error("a new account with the address is the old one")
		}
	})
}

// When one module cannot erase, nothing is erased, and it says why.
func TestEraseIsWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		lea := b.account(t, "lea@example.lu")
		wait := fault.New(fault.Rule, "orders.erase_under_way")
		b.erasers(func(context.Context, tx, customersapi.Erased) error { return wait })
		if err := b.m.Leave(t.Context(), b.in, lea, password, head); !errors.Is(err, wait) {
			t.Errorf("leaving gives %v", err)
		}
		if c := b.customer(t, lea); c.Email != "lea@example.lu" || !c.Erased.IsZero() || len(b.mails.Sent) > 0 {
			t.Errorf("half of it is gone: %+v, %d mails", c, len(b.mails.Sent))
		}
	})
}

// Staff erase guests as well; the log has no name, and nothing more can be done
// to who is erased.
func TestEraseByStaff(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ctx := t.Context()
		guest := b.guest(t, customersapi.Guest{Email: "tom@example.lu", Name: "Tom"})
		noErr(t, b.m.Erase(ctx, b.in, staff, guest))
		if len(b.log.entries) != 1 || b.log.entries[0].Title != "C1001" || b.log.entries[0].Action != "customers.erase" {
			t.Errorf("the log has %+v", b.log.entries)
		}
		for name, again := range map[string]func(context.Context, tenant.Store, auth.Actor, auth.CustomerID) error{"erase": b.m.Erase, "block": b.m.Block} {
			if err := again(ctx, b.in, staff, guest); fault.As(err).Code != "customers.already_erased" {
				t.Errorf("%s once more gives %v", name, err)
			}
		}
		if err := b.m.AddNote(ctx, b.in, staff, guest, "who was it?"); fault.As(err).Code != "customers.already_erased" {
			t.Errorf("a note gives %v", err)
		}
		other := b.guest(t, customersapi.Guest{Email: "tom@example.lu", Name: "Tom"})
		if other == guest || !b.customer(t, other).Created.After(time.Time{}) {
			t.Error("who buys with the address is the erased one")
		}
	})
}

// erasers are modules that keep something about customers.
func (b *bundle) erasers(all ...customersapi.Eraser) {
	for i, erase := range all {
		b.kit.Slots.Add(customersapi.Erase.Fill("other", i, func(context.Context, tenant.Store) (customersapi.Eraser, error) { return erase, nil }))
	}
}

func noErr(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}
