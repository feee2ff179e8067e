package inventory_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory"
)

// onHand is how much of a variant is at the first location.
func (b *bundle) onHand(t *testing.T, v catalogapi.VariantID) int64 {
	t.Helper()
	for _, l := range b.levels(t) {
		if l.Variant == v && l.Location == b.home(t) {
			return l.OnHand
		}
	}
	t.Fatalf("%s is nowhere", v)
	return 0
}

func TestAdjustMany(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, mug, pot := b.variant(t, 5), b.variant(t, 8), b.variant(t, 2)
		at := func(ids ...catalogapi.VariantID) (out []inventory.Spot) {
			for _, v := range ids {
				out = append(out, inventory.Spot{Variant: v, Location: b.home(t)})
			}
			return out
		}
		is := func(what string, want ...int64) {
			t.Helper()
			for i, v := range []catalogapi.VariantID{cup, mug, pot} {
				if got := b.onHand(t, v); got != want[i] {
					t.Errorf("%s: %d of the %d. on hand, want %d", what, got, i+1, want[i])
				}
			}
			b.balanced(t)
		}
		n, err := b.m.AdjustMany(ctx, b.in, staff, inventory.Adjustments{At: at(cup, mug, cup), Mode: inventory.By, Quantity: 3, Reason: "Found"})
		if err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		is("more", 8, 11, 2)
		if n, err = b.m.AdjustMany(ctx, b.in, staff, inventory.Adjustments{At: at(cup, mug, pot), Mode: inventory.To, Quantity: 8, Reason: "Counted"}); err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		is("as counted, one was so", 8, 8, 8)
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(mug, 6)); err != nil {
			t.Fatal(err)
		}
		_, err = b.m.AdjustMany(ctx, b.in, staff, inventory.Adjustments{At: at(cup, mug, pot, 77), Mode: inventory.To, Quantity: 4, Reason: "Lost"})
		refused := fault.As(err)
		if len(refused.Fields) != 2 || refused.Fields[0].Name != at(mug)[0].String() || refused.Fields[0].Code != "inventory.below_reserved" || refused.Fields[1].Code != "inventory.not_kept" {
			t.Errorf("%v", err)
		}
		if _, err = b.m.AdjustMany(ctx, b.in, staff, inventory.Adjustments{At: at(pot, cup), Mode: inventory.By, Quantity: -9, Reason: "Lost"}); len(fault.As(err).Fields) != 2 {
			t.Errorf("fewer than none: %v", err)
		}
		if _, err = b.m.AdjustMany(ctx, b.in, staff, inventory.Adjustments{At: at(cup), Mode: inventory.By, Quantity: 1}); fault.As(err).Kind != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		is("all or none", 8, 8, 8)
		statements := map[int]int{}
		for _, size := range []int{2, 200} {
			ids := make([]catalogapi.VariantID, size)
			for i := range ids {
				ids[i] = b.variant(t, 1)
			}
			counted, c := db.WithCounter(ctx)
			if _, err := b.m.AdjustMany(counted, b.in, staff, inventory.Adjustments{At: at(ids...), Mode: inventory.By, Quantity: 50, Reason: "Found"}); err != nil {
				t.Fatal(err)
			}
			statements[size] = c.N()
		}
		if statements[2] != statements[200] {
			t.Errorf("statements by levels: %v", statements)
		}
	})
}

func TestStockList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		cup, mug, none := b.variant(t, 50), b.variant(t, 2), b.variant(t, 0)
		there := b.location(t, "annexe", 9)
		b.receive(t, there, mug, 40)
		s := site(t, b, "inventory.view", "inventory.adjust")
		id := func(v catalogapi.VariantID) string { return v.String() + "." + b.home(t).String() }
		has := func(path string, want ...string) string {
			t.Helper()
			status, body, _ := ask(t, s, path, nil)
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", path, status, body)
			}
			for _, w := range want {
				if no, ok := strings.CutPrefix(w, "!"); strings.Contains(body, no) == ok {
					t.Errorf("%s: %q", path, w)
				}
			}
			return body
		}
		has("/store/inventory", id(cup), id(mug), id(none), mug.String()+"."+there.String(), `name="reason"`, "/store/inventory.csv")
		depth := 0
		for _, tag := range regexp.MustCompile(`</?form\b`).FindAllString(has("/store/inventory"), -1) {
			if depth += map[bool]int{true: 1, false: -1}[tag == "<form"]; depth > 1 {
				t.Fatal("a form stands inside another, which browsers leave out")
			}
		}
		has("/store/inventory?out=1", "!"+id(cup), "!"+id(mug), id(none))
		has("/store/inventory?low=1", "!"+id(cup), id(mug), id(none))
		has("/store/inventory?location="+there.String(), "!"+id(mug), mug.String()+"."+there.String(), "Clear filters")
		has("/store/inventory?column=low_at&column=bin&column=nonsense", "Low at", "!>Reserved<")
		has("/store/inventory?q=nothing", "Nothing matches")
		file := has("/store/inventory.csv?low=1", "Cup,CUP,")
		if strings.Count(file, "\n") != 3 {
			t.Errorf("the file has %q", file)
		}

		form := url.Values{"id": {id(cup), id(none)}, "mode": {"to"}, "quantity": {"7"}, "reason": {"Counted"}, "back": {"/inventory?out=1"}}
		if status, _, to := ask(t, s, "/store/inventory/bulk", form); status != http.StatusSeeOther || to != "/store/inventory?out=1" || b.onHand(t, cup) != 7 || b.onHand(t, none) != 7 {
			t.Errorf("%d to %s: %d and %d", status, to, b.onHand(t, cup), b.onHand(t, none))
		}
		for what, change := range map[string]url.Values{
			"no reason": {"reason": {""}}, "fewer than none": {"mode": {"by"}, "quantity": {"-9"}}, "nobody": {"id": nil}, "no number": {"quantity": {"x"}}, "elsewhere": {"back": {"https://evil.example"}},
		} {
			sent := url.Values{}
			for k, v := range form {
				sent[k] = v
			}
			sent.Set("back", "/inventory") // where they still stand
			for k, v := range change {
				sent[k] = v
			}
			status, body, to := ask(t, s, "/store/inventory/bulk", sent)
			if b.onHand(t, cup) != 7 {
				t.Errorf("%s: %d on hand", what, b.onHand(t, cup))
			}
			if what == "nobody" || what == "elsewhere" {
				if status != http.StatusSeeOther || !strings.HasPrefix(to, "/store/inventory") {
					t.Errorf("%s: %d to %s", what, status, to)
				}
				continue
			}
			typed := "value=\"" + sent.Get("quantity") + "\""
			if status != http.StatusUnprocessableEntity || !strings.Contains(body, typed) || !strings.Contains(body, `aria-invalid="true"`) || !strings.Contains(body, "checked aria-label") {
				t.Errorf("%s: %d, and the list has not what was typed and chosen: %s", what, status, body)
			}
		}
		if status, _, _ := ask(t, s, "/store/inventory/bulk", url.Values{"id": {"nonsense"}}); status != http.StatusNotFound {
			t.Errorf("nonsense: %d", status)
		}
		if status, _, _ := ask(t, site(t, b, "inventory.view"), "/store/inventory/bulk", form); status != http.StatusForbidden {
			t.Errorf("who may only look: %d", status)
		}
	})
}
