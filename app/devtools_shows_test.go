package app

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/kit/modtest"
	"orion/kit/slot"
	"orion/modules/devtools"
)

// Of every mail that the program sends there is a sample, in each language.
func TestMailSamples(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	texts := map[string][]string{}
	for _, l := range i18n.Langs {
		got := slices.Concat(slot.Collect(t.Context(), a.kit.Slots, mail.Samples, mail.Sampling{Lang: l, Shop: "House of Samples", Email: "a@example.com", Origin: "https://samples.example"}, nil)...)
		for _, m := range got {
			if m.Subject == "" || m.To == "" || !strings.Contains(m.Text+m.Subject, "House of Samples") {
				t.Errorf("%s in %s says nothing: %+v", m.Key, l, m)
			}
			texts[m.Key] = append(texts[m.Key], m.Text)
		}
	}
	for _, l := range letters {
		kind := strings.Trim(l[0], "/.")
		if l[1] != "" {
			kind += "." + strings.Trim(l[1], "/")
		}
		if all := texts[kind]; len(all) != len(i18n.Langs) || len(slices.Compact(slices.Sorted(slices.Values(all)))) < 3 {
			t.Errorf("%s reads %q", kind, all)
		}
	}
}

// A program under development remembers what its requests did, for super admins;
// any other one has no such page.
func TestRequestInspector(t *testing.T) {
	t.Parallel()
	dsn := sqliteDemo(t)
	a := still(t, dsn)
	opened(a, house, "/products/stoneware-mug")
	boss := admin(t, a, "admin@orion.example")
	seen := a.modules.devtools.Requests()
	i := slices.IndexFunc(seen, func(r devtools.Request) bool { return r.Path == "/products/stoneware-mug" })
	if i < 0 {
		t.Fatalf("it is not among %d requests", len(seen))
	}
	r := seen[i]
	if n, took := r.Count("statement"); n == 0 || took == 0 || r.Route != "catalog GET /products/{slug}" || r.Audience != "storefront" || r.Status != http.StatusOK || r.Took < took {
		t.Errorf("the request is %+v", r)
	}
	page := boss.Ask(modtest.Ask{Method: http.MethodGet, Path: "/dev-tools/requests?q=stoneware"})
	if page.Status != http.StatusOK || !strings.Contains(page.Body, "catalog GET /products/{slug}") {
		t.Errorf("the page of requests: %v", page)
	}

	conf := settings(t, t.TempDir(), dsn)
	conf.Inspect = false
	plain, err := Open(t.Context(), conf, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := plain.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	boss = admin(t, plain, "admin@orion.example")
	if got := boss.Ask(modtest.Ask{Method: http.MethodGet, Path: "/dev-tools/requests"}); got.Status != http.StatusNotFound {
		t.Errorf("without the setting the page answers %v", got)
	}
	if home := boss.Ask(modtest.Ask{Method: http.MethodGet, Path: "/"}); strings.Contains(home.Body, "dev-tools/requests") || !strings.Contains(home.Body, "dev-tools/console") {
		t.Error("without the setting the menu is wrong")
	}
	if len(plain.modules.devtools.Requests()) > 0 {
		t.Error("without the setting requests are remembered")
	}
}
