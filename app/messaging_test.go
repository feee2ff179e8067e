package app

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/modules/messaging/messagingapi"
	"orion/modules/tenancy"
)

// TestMessagingVanishes finds the form at the foot, the link to the contact page
// and the pages themselves, and nothing of them once the module is off.
func TestMessagingVanishes(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	shop, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	v := modtest.Visitor{Handler: a.Handler(), Host: a.modules.tenancy.Host(shop)}
	ask := func(path string) modtest.Answer { return v.Ask(modtest.Ask{Method: http.MethodGet, Path: path}) }
	signs := []string{`action="/newsletter"`, `href="/contact"`}
	for _, sign := range signs {
		if !strings.Contains(ask("/").Body, sign) {
			t.Errorf("the first page is without %s", sign)
		}
	}
	if strings.Count(ask("/newsletter").Body, `action="/newsletter"`) != 1 {
		t.Error("the page for the newsletter has its form twice")
	}
	err = a.modules.tenancy.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
		return c.SwitchModule(ctx, in.Platform(), messagingapi.Code, false)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, sign := range signs {
		if strings.Contains(ask("/").Body, sign) {
			t.Errorf("off, the first page still has %s", sign)
		}
	}
	for _, path := range []string{"/contact", "/newsletter"} {
		if got := ask(path); got.Status != http.StatusNotFound {
			t.Errorf("off, %s answers %d", path, got.Status)
		}
	}
}
