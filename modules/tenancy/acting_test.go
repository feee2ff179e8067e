package tenancy_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/modules/tenancy"
)

var actLink = regexp.MustCompile(`href="https?://([^/"]+)([^"]*/act\?token=[A-Z0-9]+)"`)

// act asks for a link in the operator's pages and gives its host and path.
func (b *browser) act(user auth.UserID, form url.Values) (host, path string) {
	b.t.Helper()
	rec := b.do(http.MethodPost, "/admin/users/"+user.String()+"/act", form)
	m := actLink.FindStringSubmatch(rec.Body.String())
	if rec.Code != 200 || m == nil {
		b.t.Fatalf("no link: %d %s", rec.Code, rec.Body)
	}
	return m[1], m[2]
}

// A super administrator works in somebody's place: once per link, for a while,
// under both names, and without becoming them.
func TestActing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		site := w.site(t)
		admin := w.browse(t, site, "localhost")
		admin.send("/admin/login", signIn("admin@orion.example"), 303)
		admin.see("/admin/users/"+w.manager.String(), 200, "/users/"+w.manager.String()+"/act")
		admin.see("/admin/users/"+w.manager.String()+"/act", 200, "Reason", "maison", "30 minutes")
		form := url.Values{"reason": {"the printer of labels fails"}, "minutes": {"30"}, "store": {w.maison.String()}}
		for name, bad := range map[string]url.Values{
			"without a reason": {"reason": {"why"}, "minutes": {"30"}, "store": {w.maison.String()}},
			"for ever":         {"reason": form["reason"], "minutes": {"9000"}, "store": {w.maison.String()}},
			"elsewhere":        {"reason": form["reason"], "minutes": {"30"}, "store": {w.bikes.String()}},
		} {
			t.Log(name)
			admin.send("/admin/users/"+w.manager.String()+"/act", bad, 422)
		}
		host, link := admin.act(w.manager, form)

		store := w.browse(t, site, host)
		w.browse(t, site, "kids.localhost").see(link, 404) // of another store
		store.see(link, 303)
		w.browse(t, site, host).see(link, 404) // once
		store.see("/store/team", 200, "manager@kirchberg.example")
		as, _, ok := w.m.SignedStaff(t.Context(), w.Gate.Store(w.maison, w.kirchberg, w.main), store.session())
		if !ok || as.ID != w.manager || as.Behind != w.super || as.Until.Sub(w.Clock.Now()) != 30*time.Minute {
			t.Errorf("who works there is %+v", as)
		}
		if err := w.m.ChangePassword(t.Context(), as, password, "another one that is long"); code(err) != "tenancy.while_acting" {
			t.Errorf("changing the password: %v", err)
		}
		if err := w.m.EditSelf(t.Context(), as, "Somebody", "fr"); code(err) != "tenancy.while_acting" {
			t.Errorf("changing the profile: %v", err)
		}
		if err := w.m.EndSitting(t.Context(), as, "x"); code(err) != "tenancy.while_acting" {
			t.Errorf("ending their sessions: %v", err)
		}
		store.see("/store/switch/kids", 403)
		admin.see("/admin/sessions", 200, "sits there")
		store.send("/store/act/stop", url.Values{}, 303)
		store.see("/store/team", 303)
		admin.see("/admin/audit?target="+w.manager.String(), 200, "Works in the place of: ", "the printer of labels fails", "admin@orion.example → manager@kirchberg.example")

		// It ends by itself, however much is done, and with the account of who sits there.
		host, link = admin.act(w.owner, url.Values{"reason": form["reason"], "minutes": {"60"}, "store": {w.maison.String()}})
		owner := w.browse(t, site, host)
		owner.see(link, 303)
		owner.send("/store/team/invite", url.Values{"name": {"Eve"}, "email": {"eve@example.lu"}}, 403)
		for range 11 {
			w.Clock.Advance(5 * time.Minute)
			owner.see("/store/team", 200)
		}
		w.Clock.Advance(6 * time.Minute)
		owner.see("/store/team", 303)
		_, link = admin.act(w.manager, form)
		w.Clock.Advance(3 * time.Minute)
		store.see(link, 404) // too late
	})
}

func (b *browser) session() string {
	for name, value := range b.cookies {
		if strings.Contains(name, "store") {
			return value
		}
	}
	return ""
}

// Nobody else does it, nor to a super administrator, nor from another's place.
func TestWhoMayAct(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		site := w.site(t)
		narrow := w.browse(t, site, "localhost")
		narrow.send("/admin/login", signIn("oms@orion.example"), 303)
		narrow.see("/admin/users/"+w.manager.String()+"/act", 403)
		narrow.send("/admin/users/"+w.manager.String()+"/act", url.Values{}, 403)

		a := tenancy.Act{User: w.manager, Store: w.maison, Reason: "to look for a fault", Minutes: 15}
		chief := auth.User{ID: w.super, Role: auth.SuperAdmin, Name: "Nora"}
		try := func(name string, by auth.User, a tenancy.Act, want string) {
			t.Helper()
			if _, err := w.m.Act(t.Context(), by, a); code(err) != want {
				t.Errorf("%s: %v", name, err)
			}
		}
		try("a platform administrator", auth.User{ID: w.platformers, Role: auth.PlatformAdmin}, a, "tenancy.may_not_act")
		nested := chief
		nested.Behind = w.platformers
		try("from another's place", nested, a, "tenancy.may_not_act")
		a.User = w.super
		try("to a super administrator", chief, a, "tenancy.may_not_act")
		a.User = w.manager
		token, err := w.m.Act(t.Context(), chief, a)
		must(t, err)
		session, _, err := w.m.StartActing(t.Context(), auth.Session{Audience: "store", Realm: int64(w.maison)}, token)
		must(t, err)
		in := w.Gate.Store(w.maison, w.kirchberg, w.main)
		if _, _, ok := w.m.SignedStaff(t.Context(), in, session); !ok {
			t.Fatal("the session does not open")
		}
		if _, err := w.DB.Pool().ExecContext(t.Context(), `UPDATE tenancy_users SET role = 'platform_admin' WHERE id = $1`, int64(w.super)); err != nil {
			t.Fatal(err)
		}
		if _, _, ok := w.m.SignedStaff(t.Context(), in, session); ok {
			t.Error("it opens to somebody who is no super administrator any more")
		}
	})
}
