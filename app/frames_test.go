package app

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/i18n"
	"orion/kit/ui/layout"
	"orion/kit/web"
)

func TestAlternates(t *testing.T) {
	t.Parallel()
	shop := &web.Shop{Lang: i18n.De, Langs: []i18n.Lang{i18n.De, i18n.Fr}}
	want := []layout.Alternate{
		{Lang: "x-default", Href: "https://x.test/a"}, {Lang: "de", Href: "https://x.test/a"}, {Lang: "fr", Href: "https://x.test/a?lang=fr"},
	}
	if diff := cmp.Diff(want, alternates("https://x.test/a", shop)); diff != "" {
		t.Error(diff)
	}
	if one := alternates("https://x.test/a", &web.Shop{Lang: i18n.De, Langs: []i18n.Lang{i18n.De}}); one != nil {
		t.Errorf("a store of one language has %v", one)
	}
	for from, want := range map[string]string{"/a?lang=fr": "/a", "/a?b=1&lang=fr": "/a?b=1", "/a?b=1": "/a?b=1", "/a": "/a"} {
		u, err := url.Parse(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := withoutLang(u); got != want {
			t.Errorf("%s leads back to %s, want %s", from, got, want)
		}
	}
}
