package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/modules/orders/ordersapi"
)

// Staff see who changed a setting, and put it back.
func TestSettingsArePutBack(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		f := plough(t, a, owner(t, a), "maison-kirchberg")
		core, ada := a.modules.core, auth.Actor{Kind: "user", ID: "x", Name: "Ada Lovelace"}
		for _, raw := range []string{`{"unpaid_days":5}`, `{"unpaid_days":6}`} {
			if err := core.Save(t.Context(), f.in, ada, ordersapi.Code, json.RawMessage(raw)); err != nil {
				t.Fatal(err)
			}
		}
		v := callers(t, a, f)["store"]
		page := v.Ask(modtest.Ask{Method: http.MethodGet, Path: "/settings/orders"})
		if page.Status != http.StatusOK || !strings.Contains(page.Body, "Ada Lovelace") || !strings.Contains(page.Body, "<del>5</del>") {
			t.Fatalf("the page (%d) does not tell who changed what", page.Status)
		}
		changes, err := core.Changes(t.Context(), f.in, ordersapi.Code)
		if err != nil {
			t.Fatal(err)
		}
		undo := modtest.Ask{Method: http.MethodPost, Path: "/settings/orders/undo", Body: fmt.Sprintf("change=%d", changes[0].ID)}
		if got := v.Ask(undo); got.Status != http.StatusSeeOther {
			t.Fatalf("undo answers %d", got.Status)
		}
		if raw := core.Raw(ordersapi.Code, f.in); raw != `{"unpaid_days":5}` {
			t.Errorf("afterwards the settings are %s", raw)
		}
		undo.Body = "change=1"
		if got := v.Ask(undo); got.Status != http.StatusNotFound {
			t.Errorf("a change that was never made: %d", got.Status)
		}
	})
}
