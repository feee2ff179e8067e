package app

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/modtest"
	"orion/modules/monitoring"
	"orion/modules/tenancy"
)

// TestMonitoringIsTheOperators opens the pages of monitoring as everybody: those
// about the whole program are for super administrators, those about jobs for
// whoever works for a platform, too, and nobody else finds anything of them.
func TestMonitoringIsTheOperators(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		shop, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		ten, pw, h := a.modules.tenancy, "orion-demo", a.Handler()
		admin := func(email string) modtest.Visitor {
			token, err := ten.SignInAdmin(t.Context(), tenancy.Credentials{Email: email, Password: pw})
			return modtest.Visitor{Handler: h, Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": session(t, token, err)}}
		}
		super, narrow := admin("admin@orion.example"), admin("orders@orion.example")
		token, err := ten.SignInMerchant(t.Context(), a.gate.Platform(shop.Platform), tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
		merchant := modtest.Visitor{Handler: h, Host: "localhost", Base: "/merchants", Cookies: map[string]string{"orion_merchant": session(t, token, err)}}
		token, err = ten.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
		staff := modtest.Visitor{Handler: h, Host: ten.Host(shop), Base: "/store", Cookies: map[string]string{"orion_store": session(t, token, err)}}
		ask := func(v modtest.Visitor, path string, want int) string {
			t.Helper()
			got := v.Ask(modtest.Ask{Method: http.MethodGet, Path: path})
			if got.Status != want {
				t.Errorf("%s%s answers %d, not %d", v.Base, path, got.Status, want)
			}
			return got.Body
		}
		of := []string{"/jobs", "/jobs/kinds", "/events"}
		whole := []string{"/logs", "/logs/rows", "/health", "/capacity", "/speed", "/speed?of=statements", "/speed?of=jobs&sort=p95", "/settings/monitoring?platform=program"}
		for _, path := range append(slices.Clone(of), whole...) {
			ask(super, path, http.StatusOK)
		}
		for _, path := range of {
			ask(narrow, path, http.StatusOK)
		}
		for _, path := range whole[:len(whole)-1] {
			ask(narrow, path, http.StatusForbidden)
		}
		ask(narrow, whole[len(whole)-1], http.StatusNotFound)
		menu := ask(narrow, "/", http.StatusOK)
		if !strings.Contains(menu, `href="/admin/jobs"`) || strings.Contains(menu, `href="/admin/logs"`) {
			t.Error("the menu of a platform's administrator is not what they may open")
		}
		for _, v := range []modtest.Visitor{merchant, staff} {
			for _, path := range append(append([]string{"/settings/monitoring"}, of...), whole...) {
				ask(v, path, http.StatusNotFound)
			}
			if page := ask(v, "/settings", http.StatusOK); strings.Contains(page, "monitoring") {
				t.Errorf("%s/settings tells of monitoring", v.Base)
			}
		}
		if page := ask(staff, "/team/roles/new", http.StatusOK); strings.Contains(page, "monitoring.") {
			t.Error("a store's role can include what is the operator's")
		}
	})
}

// TestWhatThereIsIsCounted counts on the page, and chooses where a limit lies.
func TestWhatThereIsIsCounted(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		token, err := a.modules.tenancy.SignInAdmin(t.Context(), tenancy.Credentials{Email: "admin@orion.example", Password: "orion-demo"})
		super := modtest.Visitor{Handler: a.Handler(), Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": session(t, token, err)}}
		post := func(path, form string) {
			t.Helper()
			got := super.Ask(modtest.Ask{Method: http.MethodPost, Path: path, Body: form, Type: "application/x-www-form-urlencoded"})
			if got.Status != http.StatusSeeOther {
				t.Fatalf("%s answers %v", path, got)
			}
		}
		post("/capacity", "")
		all, err := a.modules.monitoring.Latest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		pool := owner(t, a)
		for measure, table := range map[monitoring.Measure]string{
			monitoring.Products: "catalog_products", monitoring.Orders: "orders_orders", monitoring.Customers: "customers_customers", monitoring.Stores: "tenancy_stores",
		} {
			var want int64
			if err := pool.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&want); err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(all, func(c monitoring.Course) bool { return c.Measure == measure })
			if got, ok := all[i].Now(); !ok || got.Value != want || want == 0 {
				t.Errorf("%d %s, not %d", got.Value, measure, want)
			}
		}
		form := ""
		for _, m := range monitoring.Measures {
			form += fmt.Sprintf("%s_warning=80&%s_critical=90&", m, m)
		}
		form = strings.Replace(form, "orders_warning=80&orders_critical=90", "orders_warning=1&orders_critical=2", 1)
		form = strings.Replace(form, "disk_warning=80&disk_critical=90", "disk_warning=2&disk_critical=1", 1)
		post("/settings/monitoring?platform=program", form+"log_days=3&log_megabytes=5")
		page := super.Ask(modtest.Ask{Method: http.MethodGet, Path: "/capacity"})
		if !strings.Contains(page.Body, "Critical") || !strings.Contains(page.Body, "slow statements of the orders") {
			t.Error("the page does not say that a limit is passed, and what to do")
		}
		if task := super.Ask(modtest.Ask{Method: http.MethodGet, Path: "/"}); !strings.Contains(task.Body, "of the program") || !strings.Contains(task.Body, `/admin/capacity`) {
			t.Error("the dashboard does not tell of it")
		}
	})
}

// TestTheLogIsShown writes to the log of the program and looks for it on its page.
func TestTheLogIsShown(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		token, err := a.modules.tenancy.SignInAdmin(t.Context(), tenancy.Credentials{Email: "admin@orion.example", Password: "orion-demo"})
		super := modtest.Visitor{Handler: a.Handler(), Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": session(t, token, err)}}
		a.log.With(slog.String("module", "orders")).Warn("the moon is full", "phase", 7, "email", "lea@example.lu")
		for end := time.Now().Add(20 * time.Second); ; {
			page := super.Ask(modtest.Ask{Method: http.MethodGet, Path: "/logs?level=warn&module=orders&q=moon&live=true"})
			if strings.Contains(page.Body, "the moon is full") {
				if !strings.Contains(page.Body, "phase=7") || strings.Contains(page.Body, "lea@") || !strings.Contains(page.Body, "/admin/logs/rows?") {
					t.Error("the line says too little or too much, or does not ask for itself again")
				}
				break
			}
			if time.Now().After(end) {
				t.Fatal("the line does not come")
			}
			time.Sleep(200 * time.Millisecond)
		}
		if part := super.Ask(modtest.Ask{Method: http.MethodGet, Path: "/logs/rows?q=nobody-said-this"}); strings.Contains(part.Body, "the moon is full") || strings.Contains(part.Body, "<html") {
			t.Errorf("the part is %s", part.Body)
		}
	})
}
