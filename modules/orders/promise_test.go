package orders

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
)

func date(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWorkdays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		at        time.Time
		n         int64
		countries []string
		want      string
	}{
		"over a weekend":                   {date("2026-11-27"), 2, []string{"LU"}, "2026-12-01"},
		"ordered on a Sunday":              {date("2026-11-29"), 1, []string{"LU"}, "2026-11-30"},
		"late in the evening":              {date("2026-11-26").Add(23 * time.Hour), 1, []string{"LU"}, "2026-11-30"}, // Friday has begun
		"over Christmas":                   {date("2026-12-24"), 1, []string{"LU"}, "2026-12-28"},
		"over the New Year":                {date("2026-12-31"), 1, []string{"LU"}, "2027-01-04"},
		"over Easter":                      {date("2027-03-26"), 1, []string{"LU"}, "2027-03-30"},
		"Good Friday counts in Luxembourg": {date("2027-03-25"), 1, []string{"LU"}, "2027-03-26"},
		"and in Germany it does not":       {date("2027-03-25"), 1, []string{"LU", "DE"}, "2027-03-30"},
		"Ascension and a bridge":           {date("2026-05-13"), 2, []string{"FR"}, "2026-05-18"},
		"the national day of here":         {date("2026-06-22"), 1, []string{"LU"}, "2026-06-24"},
		"is a day like others elsewhere":   {date("2026-06-22"), 1, []string{"PT"}, "2026-06-23"},
	} {
		if got := workdays(c.at, c.n, c.countries...).Format("2006-01-02"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for year, want := range map[int]string{2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2038: "2038-04-25"} {
		if got := easter(year).Format("2006-01-02"); got != want {
			t.Errorf("Easter of %d is %s, want %s", year, got, want)
		}
	}
}

// Until its hour an order counts from its own day, in the store's time; later,
// and on days off, from the next working day.
func TestHours(t *testing.T) {
	t.Parallel()
	h := Config{Cutoff: "15:00"}.hours("LU")
	zone := Zone{DaysFrom: 1, DaysTo: 2}
	friday, monday := date("2026-11-27"), date("2026-11-30")
	for name, c := range map[string]struct {
		at     time.Time
		from   string
		before string
	}{
		"in time":                    {friday.Add(13*time.Hour + 59*time.Minute), "2026-11-30", "15:00"}, // 14:59 in Luxembourg
		"a minute later":             {friday.Add(14 * time.Hour), "2026-12-01", ""},
		"on a Saturday":              {friday.Add(34 * time.Hour), "2026-12-01", ""},
		"after midnight on Monday":   {monday.Add(-30 * time.Minute), "2026-12-01", "15:00"},
		"on the day after Christmas": {date("2026-12-26"), "2026-12-29", ""},
	} {
		a := zone.arrival(c.at, h, "LU")
		before := ""
		if !a.Before.IsZero() {
			before = a.Before.Format(clock)
		}
		if got := a.From.Format("2006-01-02"); got != c.from || before != c.before {
			t.Errorf("%s: %s until %q, want %s until %q", name, got, before, c.from, c.before)
		}
	}
	today := Zone{Today: true}
	if a := today.arrival(friday.Add(9*time.Hour), h, "LU"); !a.To.Equal(friday) || a.Before.IsZero() {
		t.Errorf("collected on the same day it is %+v", a)
	}
	if a := today.arrival(friday.Add(20*time.Hour), h, "LU"); !a.To.Equal(monday) {
		t.Errorf("ordered in the evening it is collected %v", a.To)
	}
	for text, ok := range map[string]bool{"": true, "09:30": true, "15:00": true, "3pm": false, "25:00": false} {
		c := defaults
		c.Cutoff = text
		if err := c.validate(); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The first method that goes there is what is promised; one that says no days
// promises nothing, whatever the others say.
func TestPromised(t *testing.T) {
	t.Parallel()
	at := date("2026-11-27") // a Friday
	home := Zone{Countries: []string{"LU"}, MaxGrams: 1000, DaysFrom: 1, DaysTo: 2}
	far := Zone{Countries: []string{"LU", "DE"}, DaysFrom: 3, DaysTo: 3}
	silent := Zone{Countries: []string{"FR"}}
	p := promisedBy([]Method{
		{Active: false, Zones: []Zone{{Countries: []string{"LU", "DE", "FR"}, DaysFrom: 1, DaysTo: 1}}},
		{Active: true, Pickup: true, Zones: []Zone{{Countries: []string{"LU"}, DaysFrom: 1, DaysTo: 1}}},
		{Active: true, Zones: []Zone{home, far, silent}},
		{Active: true, Zones: []Zone{{Countries: []string{"FR", "LU"}, DaysFrom: 1, DaysTo: 1}}},
	})
	for name, c := range map[string]struct {
		to   Parcel
		want Arrival
	}{
		"at home":          {Parcel{Country: "LU", Grams: 400}, Arrival{From: date("2026-11-30"), To: date("2026-12-01")}},
		"a heavy one":      {Parcel{Country: "LU", Grams: 4000}, Arrival{From: date("2026-12-02"), To: date("2026-12-02")}},
		"abroad":           {Parcel{Country: "DE"}, Arrival{From: date("2026-12-02"), To: date("2026-12-02")}},
		"nothing is said":  {Parcel{Country: "FR"}, Arrival{}},
		"nobody delivers":  {Parcel{Country: "US"}, Arrival{}},
		"nobody was asked": {Parcel{}, Arrival{}},
	} {
		if diff := cmp.Diff(c.want, p.arrival(at, hours{}, c.to, "LU")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSupply(t *testing.T) {
	t.Parallel()
	of := func(quantity int64, s catalogapi.Shown) Item {
		return Item{Quantity: quantity, Offer: catalogapi.Offer{Sellable: true, MinQty: 1, Stock: s}}
	}
	digital := of(1, catalogapi.Shown{Untracked: true})
	digital.Offer.Digital = true
	for name, c := range map[string]struct {
		item Item
		want Supply
	}{
		"plenty":                              {of(2, catalogapi.Shown{Left: 10}), There},
		"few":                                 {of(2, catalogapi.Shown{Left: 3}), Few},
		"never runs out":                      {of(99, catalogapi.Shown{Untracked: true}), There},
		"none, but it comes":                  {of(1, catalogapi.Shown{Backorder: true}), Back},
		"not all of it":                       {of(5, catalogapi.Shown{Left: 4, Backorder: true}), Back},
		"all of it, and more comes":           {of(4, catalogapi.Shown{Left: 4, Backorder: true}), There},
		"more than pages count, and it comes": {of(12, catalogapi.Shown{Left: catalogapi.Plenty, Backorder: true}), Unsaid},
		"nothing is sent":                     {digital, Unsaid},
	} {
		if got := c.item.Supply(); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// kept is where promises are kept among the settings.
type kept map[string]string

func (k kept) Raw(name string, _ tenant.Store) string { return k[name] }

// promising is a world whose post says how long it takes.
func promising(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	w, k := setup(t, e), kept{}
	w.need.Keep = func(_ context.Context, tx tx, name string, fact func() (any, error)) error {
		v, err := fact()
		if err != nil {
			return err
		}
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		tx.AfterCommit(func() { k[name] = string(raw) })
		return nil
	}
	w.promises = module.NewSettings(promiseName, k, promised{}, nil)
	w.settings = module.NewSettings("orders", kept{"orders": `{"backorder_days": 10}`}, defaults, nil)
	d, err := w.Method(t.Context(), w.in, w.post)
	if err != nil {
		t.Fatal(err)
	}
	d.Zones[0].DaysFrom, d.Zones[0].DaysTo = 1, 2
	w.method(t, d)
	return w
}

// The cart says when everything is there, and of what has to come in first when
// that leaves; then it promises no days.
func TestCartSaysWhen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := promising(t, e)
		w.mug.Stock = catalogapi.Shown{Variant: w.mug.Variant, Left: 3}
		w.oil.Stock = catalogapi.Shown{Variant: w.oil.Variant, Backorder: true}
		w.catalog.Put(w.mug)
		w.catalog.Put(w.oil)
		a := w.Arrival(w.in, Parcel{Country: "LU", Grams: 100}, "LU")
		days := "With you " + w.need.Kit.Bundle.In("en").Days(a.From, a.To)
		b := serve(t, w)
		b.post("/cart/add", 200, url.Values{"variant": {w.mug.Variant.String()}, "quantity": {"1"}}, days, "Only 3 left")
		b.post("/cart/add", 200, url.Values{"variant": {w.oil.Variant.String()}, "quantity": {"1"}}, "Leaves us in about 10 days")
		page := b.see("/cart")
		if strings.Contains(page, "With you") {
			t.Error("days are promised of what has to come in first")
		}
	})
}

// What was promised stays with the order, and a method that is gone promises
// nothing more.
func TestOrderKeepsItsPromise(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := promising(t, e)
		w.mug.Stock = catalogapi.Shown{Variant: w.mug.Variant, Left: 10}
		w.catalog.Put(w.mug)
		to := customersapi.Address{Country: "LU"}
		want := w.Arrival(w.in, Parcel{Country: to.Country, Grams: w.mug.Grams}, "LU")
		if want.To.IsZero() {
			t.Fatal("nothing is promised")
		}
		o := w.again(t, w.order(t, w.mug))
		if diff := cmp.Diff(want, o.Carrier.Arrival); diff != "" {
			t.Error(diff)
		}
		if err := w.DropMethod(t.Context(), w.in, w.post, staff); err != nil {
			t.Fatal(err)
		}
		if got := w.Arrival(w.in, Parcel{Country: to.Country}, "LU"); !got.To.IsZero() {
			t.Errorf("still promised: %v", got)
		}
		if got := w.Collected(w.in, "LU"); !got.To.IsZero() {
			t.Errorf("to be collected %v", got)
		}
		w.method(t, Method{Name: i18n.Text{"en": "Counter"}, Active: true, Pickup: true, Zones: []Zone{{DaysFrom: 1, DaysTo: 1}}})
		if got := w.Collected(w.in, "LU"); !got.To.After(w.need.Kit.Clock.Now()) {
			t.Errorf("to be collected %v", got)
		}
	})
}

func TestDeliveryDays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to int64
		ok       bool
	}{"none": {0, 0, true}, "one day": {1, 1, true}, "the wrong way round": {3, 2, false}, "no end": {2, 0, false}, "no beginning": {0, 2, false}, "for ever": {1, 61, false}} {
		z := Zone{Countries: []string{"LU"}, Rates: []Rate{{0, 1}}, DaysFrom: c.from, DaysTo: c.to}
		if err := z.checkDays(z.check(errMethod, ""), "").OrNil(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
