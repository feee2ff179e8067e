package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/modtest"
	"orion/modules/tenancy"
)

// finds are what the command palette of somebody shows for a query.
func finds(t *testing.T, v modtest.Visitor, query string) (labels []string, kinds string, statements int64) {
	t.Helper()
	ctx, n := db.WithCounter(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "http://"+v.Host+v.Base+"/search?q="+url.QueryEscape(query), nil)
	r.Header.Set("Accept", "application/json")
	for name, value := range v.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.Handler.ServeHTTP(w, r)
	var hits []struct{ Label, Href, Detail string }
	if err := json.Unmarshal(w.Body.Bytes(), &hits); err != nil {
		t.Fatalf("%s: %d %.300s", query, w.Code, w.Body)
	}
	for _, h := range hits {
		if !strings.HasPrefix(h.Href, "/") {
			t.Errorf("%s leads to %q", h.Label, h.Href)
		}
		labels, kinds = append(labels, h.Label), kinds+h.Detail+"\n"
	}
	return labels, kinds, int64(n.N())
}

// TestSearch finds everything that somebody may see, and nothing else.
func TestSearch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		_, in, err := a.store("kirchberg-kids")
		if err != nil {
			t.Fatal(err)
		}
		as := func(email string) modtest.Visitor {
			token, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: email, Password: "orion-demo"})
			return modtest.Visitor{
				Handler: a.Handler(), Host: "kirchberg-kids.localhost", Base: "/store",
				Cookies: map[string]string{"orion_store": session(t, token, err), "lang": "en"},
			}
		}
		chief := as("manager@kirchberg-kids.example")
		for query, want := range map[string]string{
			"1077": "Order", "sophie": "Customer", "ball": "Product", "locat": "Page", "payments set": "Settings", "new prod": "Action", "audit log": "Page",
		} {
			labels, kinds, n := finds(t, chief, query)
			if !strings.Contains(kinds, want) {
				t.Errorf("%q finds no %s: %q, %q", query, want, labels, kinds)
			}
			if n > 8 {
				t.Errorf("%q takes %d statements", query, n)
			}
		}
		token, err := a.modules.tenancy.SignInMerchant(t.Context(), a.gate.Platform(in.Platform()), tenancy.Credentials{Email: "owner@kirchberg.example", Password: "orion-demo"})
		owner := modtest.Visitor{Handler: a.Handler(), Host: "localhost", Base: "/merchants", Cookies: map[string]string{"orion_merchant": session(t, token, err), "lang": "en"}}
		if labels, _, _ := finds(t, owner, "kids"); !slices.Contains(labels, "Kirchberg Kids") {
			t.Errorf("a merchant finds %q", labels)
		}
	})
}

// TestSearchIsScoped looks with the eyes of somebody who may change nothing.
func TestSearchIsScoped(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	token, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "viewer@maison-kirchberg.example", Password: "orion-demo"})
	viewer := modtest.Visitor{
		Handler: a.Handler(), Host: "maison-kirchberg.localhost", Base: "/store",
		Cookies: map[string]string{"orion_store": session(t, token, err), "lang": "en"},
	}
	if _, kinds, _ := finds(t, viewer, "bowl"); !strings.Contains(kinds, "Product") {
		t.Errorf("a viewer finds no products: %q", kinds)
	}
	for query, wrong := range map[string]string{"delivery": "Page", "new prod": "Action", "payments set": "Settings"} {
		if labels, kinds, _ := finds(t, viewer, query); strings.Contains(kinds, wrong) {
			t.Errorf("%q shows a %s to who may not open it: %q, %q", query, wrong, labels, kinds)
		}
	}
}
