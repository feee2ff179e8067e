package customers_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
)

// buys adds a purchase, or money given back, at the present moment.
func (b *bundle) buys(t *testing.T, id auth.CustomerID, minor int64) {
	t.Helper()
	if err := db.Do(t.Context(), b.DB, b.in, func(tx tx) error { return b.m.Bought(t.Context(), tx, id, minor) }); err != nil {
		t.Fatal(err)
	}
}

// names are the names of those whom a filter chooses.
func (b *bundle) names(t *testing.T, f customers.Filter, by customers.Sort) []string {
	t.Helper()
	out := []string{}
	p := page.Request{Limit: 2}
	for {
		found, err := b.m.Sorted(t.Context(), b.in, f, by, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range found.Items {
			out = append(out, c.Name)
		}
		if p.After = found.Next; p.After == "" {
			return out
		}
	}
}

// buyers are Ann, who bought long ago, Ben, who buys much now, Cem, who buys a
// little now, and Dee, who never bought.
func buyers(t *testing.T, b *bundle) map[string]auth.CustomerID {
	t.Helper()
	ids := map[string]auth.CustomerID{}
	for _, name := range []string{"Ann", "Ben", "Cem"} {
		ids[name] = b.guest(t, customersapi.Guest{Email: strings.ToLower(name) + "@example.com", Name: name, Consent: name == "Ben"})
	}
	b.buys(t, ids["Ann"], 90_000)
	b.Clock.Advance(100 * 24 * time.Hour)
	b.buys(t, ids["Ben"], 20_000)
	b.buys(t, ids["Ben"], 15_000)
	b.buys(t, ids["Ben"], -5_000)
	b.buys(t, ids["Cem"], 2_500)
	b.Clock.Advance(24 * time.Hour)
	ids["Dee"] = b.guest(t, customersapi.Guest{Email: "dee@example.com", Name: "Dee"})
	return ids
}

func TestRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids := buyers(t, b)
		for _, tags := range [][]string{{"VIP ", "b2b, x"}, {"vip", "b2b x", "", "vip"}} {
			if err := b.m.Tag(t.Context(), b.in, staff, ids["Cem"], tags); err != nil {
				t.Fatal(err)
			}
		}
		for _, x := range []struct {
			what string
			rule customers.Filter
			want []string
		}{
			{"everybody", customers.Filter{}, []string{"Dee", "Cem", "Ben", "Ann"}},
			{"spent 300 ever", customers.Filter{Spent: 30_000}, []string{"Ben", "Ann"}},
			{"spent 300 in 90 days, less what went back", customers.Filter{Spent: 30_000, Days: 90}, []string{"Ben"}},
			{"spent more than Ben has left", customers.Filter{Spent: 30_001, Days: 90}, []string{}},
			{"spent 300 in 110 days", customers.Filter{Spent: 30_000, Days: 110}, []string{"Ben", "Ann"}},
			{"ordered twice", customers.Filter{Orders: 2}, []string{"Ben"}},
			{"ordered in a week", customers.Filter{Days: 7}, []string{"Cem", "Ben"}},
			{"ordered today", customers.Filter{Days: 1}, []string{}},
			{"bought, but not for 30 days", customers.Filter{Idle: 30}, []string{"Ann"}},
			{"new this week", customers.Filter{Known: 7}, []string{"Dee"}},
			{"tagged", customers.Filter{Tag: "VIP"}, []string{"Cem"}},
			{"not part of a tag", customers.Filter{Tag: "vi"}, []string{}},
			{"all together", customers.Filter{Spent: 100, Days: 30, Consent: true, Status: customers.Guest, Query: "be"}, []string{"Ben"}},
			{"nonsense is nothing", customers.Filter{Spent: -1, Orders: -4, Days: -9, Status: "x", Idle: -1}, []string{"Dee", "Cem", "Ben", "Ann"}},
		} {
			if d := cmp.Diff(x.want, b.names(t, x.rule, customers.Newest)); d != "" {
				t.Errorf("%s:\n%s", x.what, d)
			}
		}
		if d := cmp.Diff([]string{"Ann", "Ben", "Cem", "Dee"}, b.names(t, customers.Filter{}, customers.Best)); d != "" {
			t.Errorf("the best first:\n%s", d)
		}
		if c := b.customer(t, ids["Ben"]); c.Orders != 2 || c.Spent != 30_000 || c.Returned != 5_000 {
			t.Errorf("Ben's totals are %d, %d, %d", c.Orders, c.Spent, c.Returned)
		}
	})
}

func TestSegments(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		buyers(t, b)
		rules := customers.Filter{Spent: 30_000, Days: 90}
		s, err := b.m.SaveSegment(t.Context(), b.in, staff, " Good buyers ", rules)
		if err != nil {
			t.Fatal(err)
		}
		rules.Days = 30
		again, err := b.m.SaveSegment(t.Context(), b.in, staff, "Good buyers", rules)
		if err != nil || again.ID != s.ID {
			t.Errorf("the same name is %v, %v", again, err)
		}
		ctx, n := db.WithCounter(t.Context())
		o, err := b.m.Overview(ctx, b.in, rules, customers.Newest, page.Request{})
		if err != nil || n.N() != 3 {
			t.Errorf("a list with its segments takes %d statements, %v", n.N(), err)
		}
		want := []customers.Segment{{ID: s.ID, Name: "Good buyers", Rules: rules}}
		if d := cmp.Diff(want, o.Segments); d != "" || len(o.Items) != 1 || o.Items[0].Name != "Ben" {
			t.Errorf("%d found\n%s", len(o.Items), d)
		}
		for what, err := range map[string]error{
			"no name":    second(b.m.SaveSegment(t.Context(), b.in, staff, " ", rules)),
			"a long one": second(b.m.SaveSegment(t.Context(), b.in, staff, strings.Repeat("x", 41), rules)),
			"no rule":    second(b.m.SaveSegment(t.Context(), b.in, staff, "All", customers.Filter{Days: -1})),
		} {
			if fault.As(err).Kind != fault.Invalid {
				t.Errorf("%s gives %v", what, err)
			}
		}
		if err := b.m.RemoveSegment(t.Context(), b.in, staff, s.ID); err != nil {
			t.Fatal(err)
		}
		if err := b.m.RemoveSegment(t.Context(), b.in, staff, s.ID); fault.As(err).Kind != fault.NotFound {
			t.Errorf("removed twice: %v", err)
		}
		if len(b.log.entries) != 3 {
			t.Errorf("%d entries in the log", len(b.log.entries))
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestNotesTagsAndConsent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids := buyers(t, b)
		ben := ids["Ben"]
		for _, text := range []string{"Calls on Mondays", " Wants an invoice by post\n"} {
			if err := b.m.AddNote(t.Context(), b.in, staff, ben, text); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.m.AddNote(t.Context(), b.in, staff, ben, "  "); fault.As(err).Kind != fault.Invalid {
			t.Errorf("an empty note gives %v", err)
		}
		if err := b.m.Tag(t.Context(), b.in, staff, ben, []string{"wholesale", "Vip"}); err != nil {
			t.Fatal(err)
		}
		if err := b.m.Tag(t.Context(), b.in, staff, ids["Cem"], []string{"vip"}); err != nil {
			t.Fatal(err)
		}
		if err := b.m.Tag(t.Context(), b.in, staff, ben, []string{"wholesale"}); err != nil {
			t.Fatal(err)
		}
		if err := b.m.Tag(t.Context(), b.in, staff, ben, []string{strings.Repeat("x", 31)}); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a long tag gives %v", err)
		}
		ctx, n := db.WithCounter(t.Context())
		d, err := b.m.Desk(ctx, b.in, ben)
		if err != nil || n.N() != 4 {
			t.Fatalf("a customer takes %d statements, %v", n.N(), err)
		}
		if len(d.Notes) != 2 || d.Notes[0].Text != "Wants an invoice by post" || d.Notes[0].Author != "Ada" || !slices.Equal(d.Customer.Tags, []string{"wholesale"}) || !slices.Equal(d.Tags, []string{"vip", "wholesale"}) {
			t.Errorf("kept %+v, %v, in use %v", d.Notes, d.Customer.Tags, d.Tags)
		}
		text, err := b.m.Export(t.Context(), b.in, ben)
		if err != nil || !strings.Contains(string(text), "Calls on Mondays") || !strings.Contains(string(text), "wholesale") {
			t.Errorf("the customer's file lacks what staff wrote: %v %s", err, text)
		}
		if of, err := b.m.RemoveNote(t.Context(), b.in, staff, d.Notes[0].ID); err != nil || of != ben {
			t.Errorf("removed of %s: %v", of, err)
		}
		if _, err := b.m.RemoveNote(t.Context(), b.in, staff, d.Notes[0].ID); fault.As(err).Kind != fault.NotFound {
			t.Errorf("a note is removed twice: %v", err)
		}
		if err := b.m.WithdrawConsent(t.Context(), b.in, staff, ben); err != nil {
			t.Error(err)
		}
		if c := b.customer(t, ben); c.Consent || !c.ConsentAt.Equal(b.Clock.Now()) {
			t.Errorf("consent %v of %s", c.Consent, c.ConsentAt)
		}
		if err := b.m.WithdrawConsent(t.Context(), b.in, staff, ben); fault.As(err).Kind != fault.Conflict {
			t.Errorf("withdrawn twice: %v", err)
		}
	})
}

func TestWriteCustomers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids := buyers(t, b)
		evil := b.guest(t, customersapi.Guest{Email: "eve@example.com", Name: `=HYPERLINK("x")`})
		b.buys(t, evil, 40_000)
		if err := b.m.Tag(t.Context(), b.in, staff, ids["Ben"], []string{"vip", "b2b"}); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := b.m.WriteCustomers(t.Context(), b.in, customers.Filter{Spent: 30_000, Days: 90}, "EUR", &out); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 3 || len(rows[0]) != 15 {
			t.Fatalf("%v %q", err, rows)
		}
		if rows[1][2] != `'=HYPERLINK("x")` {
			t.Errorf("a spreadsheet would run %q", rows[1][2])
		}
		got := append(slices.Clone(rows[2][:7]), rows[2][8:14]...)
		want := []string{"C1002", "ben@example.com", "Ben", "", "en", "guest", "true", "2", "300.00", "50.00", "EUR", b.Clock.Now().AddDate(0, 0, -1).Format(time.RFC3339), "b2b, vip"}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}
