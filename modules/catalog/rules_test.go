package catalog

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/cell"
	"orion/kit/i18n"
	"orion/kit/rich"
)

func TestGTIN(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"4006381333931": true, "96385074": true, "036000291452": true, "10012345678902": true, "9783161484100": true,
		"4006381333932": false, "": false, "12345": false, "400638133393x": false, "30235": false,
	} {
		if validGTIN(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}

func TestSlugify(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"Crème brûlée": "creme-brulee", "Große Straße": "grosse-strasse", "Œuf & Lëtzebuerg": "oeuf-letzebuerg", "women's dresses": "womens-dresses",
		"  -- ": "", "日本": "", "38 1/2": "38-1-2",
	} {
		if got := slugify(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`<p onclick="x()">Hi</p><script>alert(1)</script>`: `<p>Hi</p>`,
		`<a href="javascript:alert(1)">x</a>`:              `x`,
		`<img src=x onerror=alert(1)>`:                     `<img src="x">`,
		`<svg><style><img src=x onerror=alert(1)></style>`: ``,
		`plain "text" > less`:                              `plain &#34;text&#34; &gt; less`,
		`<a href="https://a.example">a</a>`:                `<a href="https://a.example" rel="nofollow">a</a>`,
		`<meta charset="utf-8"><p><b>bold</b> &amp; é</p>`: `<p><b>bold</b> &amp; é</p>`,
	} {
		got := rich.Clean(body)
		if got != want {
			t.Errorf("%s became %s, want %s", body, got, want)
		}
		if again := rich.Clean(got); again != got {
			t.Errorf("cleaning twice made %s of %s", again, got)
		}
	}
}

func TestFlatText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		raw  string
		l    i18n.Lang
		want string
	}{
		{`{"en":"Mug","fr":"Tasse"}`, "fr", "Tasse"},
		{`{"en": "Mug"}`, "lb", "Mug"},
		{`{"de":"Becher","en":"Mug"}`, "lb", "Becher"},
		{`{"en":"a \"fr\":\"no\"","fr":"oui"}`, "fr", "oui"},
		{`{"en":"line\nbreak \u00e9"}`, "en", "line\nbreak é"},
		{`{"en":"","fr":"Tasse"}`, "en", "Tasse"},
		{`null`, "en", ""},
		{`{`, "en", ""},
		{``, "en", ""},
	} {
		if got := flatText(tc.raw, tc.l); got != tc.want {
			t.Errorf("%s in %s is %q, want %q", tc.raw, tc.l, got, tc.want)
		}
	}
}

func TestNeutral(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "Mug", "=1+1", "+1", "-1", "@home", "'=x", "''@", "'quoted'", "\tx", "'"} {
		if got := cell.Unescape(cell.Escape(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
}

func TestNormalTwice(t *testing.T) {
	t.Parallel()
	once := normal(shirt())
	if diff := cmp.Diff(once, normal(once)); diff != "" {
		t.Error(diff)
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	p := Page{Options: normal(shirt()).Options, Variants: normal(shirt()).Variants, Slug: "shirt"}
	for q, want := range map[string]string{
		"":                           "chalk/m", // the first that is left
		"o.colour=wine":              "wine/s",
		"o.colour=wine&o.size=m":     "wine/m",
		"o.colour=chalk&o.size=s":    "chalk/s", // sold out, but asked for
		"o.colour=blue&variant=none": "chalk/m",
	} {
		values, err := url.ParseQuery(q)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.pick(values).choice(); got != want {
			t.Errorf("%q picks %s, want %s", q, got, want)
		}
	}
	picker, hidden := p.picker(p.Variants[3], "fr")
	if !hidden || len(picker.Axes) != 2 || picker.Axes[0].Label != "Couleur" || picker.Axes[1].Options[0].Gone {
		t.Errorf("picker %+v", picker)
	}
}
