package i18n

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/money"
)

var sample = map[string]string{
	"en": `{"x.hi": "Hello {name}, {what} for {price} on {day}", "x.brace": "{ {not a name} {name", "x.items": {"one": "one item", "other": "{n} items in {place}"}, "x.bad": "{name} is bad"}`,
	"fr": `{"x.hi": "Bonjour {name}", "x.brace": "b", "x.items": {"one": "{n} article", "other": "{n} articles"}, "x.bad": "{name} ne va pas"}`,
	"de": `{"x.hi": "Hallo {name}", "x.brace": "b", "x.items": {"one": "{n} Artikel", "other": "{n} Artikel"}, "x.bad": "{name} geht nicht"}`,
	"lb": `{"x.hi": "Moien {name}", "x.brace": "b", "x.items": {"one": "{n} Artikel", "other": "{n} Artikelen"}, "x.bad": "{name} geet net"}`,
}

func TestT(t *testing.T) {
	t.Parallel()
	w := load(t, sample).In(En)
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	got := w.T("x.hi", "name", "Léa", "what", Text{De: "Brot", En: "bread"}, "price", money.New(6475, money.EUR), "day", day)
	if want := "Hello Léa, bread for €64.75 on 24 Nov 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := w.T("x.hi", "name", 2026, "what", En, "price"), "Hello 2026, English for {price} on {day}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := w.T("x.brace", "name", 1), "{ {not a name} {name"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestN(t *testing.T) {
	t.Parallel()
	b := load(t, sample)
	for _, c := range []struct {
		lang Lang
		n    int
		want string
	}{
		{En, 0, "0 items in {place}"},
		{En, 1, "one item"},
		{En, 1234, "1,234 items in {place}"},
		{Fr, 0, "0 article"},
		{Fr, 1, "1 article"},
		{Fr, 2, "2 articles"},
		{De, 2, "2 Artikel"},
		{Lb, 1, "1 Artikel"},
		{Lb, 3, "3 Artikelen"},
		{Lb, -3, "-3 Artikelen"},
	} {
		if got := b.In(c.lang).N("x.items", c.n); got != c.want {
			t.Errorf("%s %d: got %q, want %q", c.lang, c.n, got, c.want)
		}
	}
	if got := b.In(En).N("x.items", 2, "place", "Esch"); got != "2 items in Esch" {
		t.Errorf("got %q", got)
	}
}

func TestFault(t *testing.T) {
	t.Parallel()
	w := load(t, sample).In(De)
	if got := w.Fault(fault.New(fault.Rule, "x.bad").With("name", "Dies")); got != "Dies geht nicht" {
		t.Errorf("got %q", got)
	}
	if got := w.Fault(fault.New(fault.NotFound, "x.not_translated")); got != w.T("not_found") {
		t.Errorf("an untranslated fault shows %q", got)
	}
	for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
		if !w.Has("fault." + kind.String()) {
			t.Errorf("kind %v has no general message", kind)
		}
	}
	e := fault.New(fault.Invalid, "x.form").Field("name", "form.too_long", "max", 40).Field("x", "x.unknown")
	got := []string{w.FaultField(e.Fields[0]), w.FaultField(e.Fields[1])}
	want := []string{"Bitte geben Sie höchstens 40 Zeichen ein.", "Dieser Wert ist nicht gültig."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	b := load(t, nil)
	at := time.Date(2026, 4, 3, 22, 5, 0, 0, time.UTC)
	luxembourg := time.FixedZone("CEST", 2*60*60)
	for lang, want := range map[Lang][]string{
		En: {"3 Apr 2026", "3 April 2026", "Apr 2026", "Friday", "3 Apr 2026, 22:05", "4 Apr 2026, 00:05"},
		Fr: {"3 avr. 2026", "3 avril 2026", "avr. 2026", "vendredi", "3 avr. 2026, 22:05", "4 avr. 2026, 00:05"},
		De: {"3. Apr. 2026", "3. April 2026", "Apr. 2026", "Freitag", "3. Apr. 2026, 22:05", "4. Apr. 2026, 00:05"},
		Lb: {"3. Abr. 2026", "3. Abrëll 2026", "Abr. 2026", "Freideg", "3. Abr. 2026, 22:05", "4. Abr. 2026, 00:05"},
	} {
		w := b.In(lang)
		got := []string{w.Date(at), w.LongDate(at), w.Month(at), w.Weekday(at), w.DateTime(at), w.Zone(luxembourg).DateTime(at)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
	to := time.Date(2026, 4, 7, 0, 0, 0, 0, time.UTC)
	for lang, want := range map[Lang][3]string{
		En: {"Fri 3 – Tue 7 April", "Tue 31 March – Fri 3 April", "Fri 3 April"},
		Fr: {"ven. 3 – mar. 7 avril", "mar. 31 mars – ven. 3 avril", "ven. 3 avril"},
		De: {"Fr., 3. – Di., 7. April", "Di., 31. März – Fr., 3. April", "Fr., 3. April"},
		Lb: {"Fre., 3. – Dën., 7. Abrëll", "Dën., 31. Mäerz – Fre., 3. Abrëll", "Fre., 3. Abrëll"},
	} {
		w := b.In(lang)
		if got := [3]string{w.Days(at, to), w.Days(at.AddDate(0, 0, -3), at), w.Days(at, at)}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	w := b.In(En)
	if got := w.Date(time.Time{}) + w.DateTime(time.Time{}) + w.Time(time.Time{}); got != "" {
		t.Errorf("the zero time is %q", got)
	}
}

func TestAgo(t *testing.T) {
	t.Parallel()
	b := load(t, nil)
	now := time.Date(2026, 4, 3, 9, 30, 0, 0, time.UTC)
	for back, want := range map[time.Duration][2]string{
		-time.Hour:         {"3 Apr 2026", "3. Apr. 2026"},
		0:                  {"just now", "gerade eben"},
		59 * time.Minute:   {"59 min ago", "vor 59 Min."},
		9 * time.Hour:      {"9 h ago", "vor 9 Std."},
		10 * time.Hour:     {"yesterday, 23:30", "gestern, 23:30"},
		48 * time.Hour:     {"Wednesday, 09:30", "Mittwoch, 09:30"},
		8 * 24 * time.Hour: {"26 Mar 2026", "26. März 2026"},
	} {
		at := now.Add(-back)
		if got := [2]string{b.In(En).Ago(at, now), b.In(De).Ago(at, now)}; got != want {
			t.Errorf("%v ago is %q, want %q", back, got, want)
		}
	}
	// At half past nine in Luxembourg, half past midnight was today.
	zone := time.FixedZone("CEST", 2*60*60)
	if got := b.In(En).Zone(zone).Ago(now.Add(-11*time.Hour), now); got != "11 h ago" {
		t.Errorf("in the reader's zone it is %q", got)
	}
	if got := b.In(En).Ago(time.Time{}, now); got != "" {
		t.Errorf("never is %q", got)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	b := load(t, nil)
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	for lang, want := range map[Lang][]string{
		En: {"1,234,567", "-12", "999", "17%", "17.5%", "-0.05%", "1,000%", "€1.00", "1,234.5", "-0.05", "12"},
		Fr: {"1.234.567", "-12", "999", "17 %", "17,5 %", "-0,05 %", "1.000 %", "1,00 €", "1.234,5", "-0,05", "12"},
		De: {"1.234.567", "-12", "999", "17 %", "17,5 %", "-0,05 %", "1.000 %", "1,00 €", "1.234,5", "-0,05", "12"},
		Lb: {"1.234.567", "-12", "999", "17 %", "17,5 %", "-0,05 %", "1.000 %", "1,00 €", "1.234,5", "-0,05", "12"},
	} {
		w := b.In(lang)
		got := []string{w.Number(1_234_567), w.Number(-12), w.Number(999), w.Percent(1700), w.Percent(1750), w.Percent(-5), w.Percent(100_000), w.Money(money.New(100, money.EUR)), w.Decimal(1234.5, 1), w.Decimal(-0.05, 2), w.Decimal(12.3, 0)}
		for i := range got {
			got[i] = plain.Replace(got[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
}

func BenchmarkT(b *testing.B) {
	w := load(b, sample).In(Lb)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.T("ui.save")
	}
}

func BenchmarkTWithArgument(b *testing.B) {
	w := load(b, sample).In(Lb)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.T("x.hi", "name", "Léa")
	}
}

func BenchmarkN(b *testing.B) {
	w := load(b, sample).In(Lb)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.N("x.items", 1234)
	}
}
