package stripe_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/kit/page"
	"orion/modules/payments"
)

// Staff look through what the gateway told, find it by its name there, come to
// the payment, and have the gateway asked again.
func TestEventsOfStaff(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t, "payments.connect")
		b.elsewhere(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		ours := b.newest(t).ID
		for _, m := range b.far.Messages(secret) {
			if code := b.post(site, m); code != http.StatusOK {
				t.Fatal(code)
			}
		}
		b.work(t)
		list := func(s payments.Sought) (found []payments.Told) {
			t.Helper()
			for after := ""; ; {
				p, err := b.m.Events(t.Context(), b.in, s, page.Request{Limit: 2, After: after})
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, p.Items...)
				if after = p.Next; after == "" {
					return found
				}
			}
		}
		if all, foreign := list(payments.Sought{}), list(payments.Sought{Status: "foreign"}); len(all) != 3 || len(foreign) != 1 || !foreign[0].Payment.IsZero() || all[0].ID == all[1].ID {
			t.Errorf("%+v %+v", all, foreign)
		}
		found := list(payments.Sought{Text: ours})
		if len(found) != 2 || found[0].Payment != id || found[0].Reference != "1001" || found[0].Status != "done" || found[0].EndedAt.IsZero() {
			t.Fatalf("%+v", found)
		}
		if other := e.Store(); len(list(payments.Sought{Text: "evt"})) != 3 {
			t.Error("not found by the event")
		} else if p, err := b.m.Events(t.Context(), other, payments.Sought{}, page.Request{}); err != nil || len(p.Items) != 0 {
			t.Errorf("another store sees %+v %v", p, err)
		}
		body, _ := shows(t, site, "/store/payments/connections/events?q="+ours)
		for _, want := range []string{found[0].Event, "/store/payments/" + id.String(), "payment_intent.succeeded"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s is not on the page: %s", want, body)
			}
		}
		if strings.Contains(body, ">payments.") {
			t.Error("a word is missing")
		}
		b.replayed(t, site, found[0])
	})
}

// replayed presses the button of an event, and lets the jobs work.
func (b *bundle) replayed(t *testing.T, site http.Handler, e payments.Told) {
	t.Helper()
	press := func(site http.Handler, event string) int {
		r := httptest.NewRequest(http.MethodPost, "http://shop.test/store/payments/connections/events/replay", strings.NewReader(url.Values{"event": {event}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w.Code
	}
	asked := b.far.Requests()
	if code := press(site, e.ID.String()); code != http.StatusSeeOther {
		t.Error(code)
	}
	if p, err := b.m.Events(t.Context(), b.in, payments.Sought{Status: "waiting"}, page.Request{}); err != nil || len(p.Items) != 1 || !p.Items[0].EndedAt.IsZero() {
		t.Errorf("%+v %v", p, err)
	}
	b.work(t)
	if got := b.events(t); strings.Join(got, " ") != "foreign done done" || b.far.Requests() != asked+1 {
		t.Errorf("%v, asked %d times", got, b.far.Requests()-asked)
	}
	b.proven(t, e.Payment)
	if last := b.audit.all[len(b.audit.all)-1]; last.Action != "payments.replay_event" || last.Target != e.ID.String() || last.Actor.Name != "Ada" {
		t.Errorf("%+v", last)
	}
	for event, want := range map[string]int{"x": http.StatusNotFound, "pev_0000000000001": http.StatusNotFound} {
		if code := press(site, event); code != want {
			t.Errorf("%s: %d", event, code)
		}
	}
	if code := press(b.site(t, "payments.view"), e.ID.String()); code != http.StatusForbidden {
		t.Errorf("without the permission: %d", code)
	}
	if err := b.m.ReplayAs(t.Context(), b.Env.Store(), auth.SystemActor, e.ID); err == nil {
		t.Error("another store replays it")
	}
}
