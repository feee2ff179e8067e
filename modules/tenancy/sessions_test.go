package tenancy_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/modules/tenancy"
)

// The operator sees who is signed in and ends one session, or all of somebody.
func TestSessions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.Gate.Store(w.maison, w.kirchberg, w.main)
		from := auth.From{Addr: "192.0.2.7", Agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
		come := func(email string) string {
			token, err := w.m.SignInStaff(ctx, in, tenancy.Credentials{Email: email, Password: password, From: from})
			must(t, err)
			w.Clock.Advance(time.Minute)
			return token
		}
		first, second, other := come("staff@kirchberg.example"), come("staff@kirchberg.example"), come("manager@kirchberg.example")
		open := func(token string) bool {
			_, _, ok := w.m.SignedStaff(ctx, in, token)
			return ok
		}

		admin := w.browse(t, w.site(t), "localhost")
		admin.send("/admin/login", signIn("admin@orion.example"), 303)
		page := admin.see("/admin/sessions", 200, "staff@kirchberg.example", "192.0.2.7", "Firefox, Linux", "This one")
		if strings.Count(page, "/end") != 3 {
			t.Errorf("sessions to end: %d", strings.Count(page, "/end"))
		}
		end := "/admin/sessions/" + w.staff.String() + "/end"
		admin.send(end, url.Values{"key": {auth.SessionKey(other)}}, 404) // of somebody else
		admin.send(end, url.Values{"key": {auth.SessionKey(first)}}, 303)
		if open(first) || !open(second) || !open(other) {
			t.Error("the wrong session was ended")
		}
		if page := admin.see("/admin/sessions?user="+w.staff.String(), 200); strings.Count(page, auth.SessionKey(second)) != 1 || strings.Contains(page, auth.SessionKey(other)) {
			t.Error("the sessions of one user are not theirs")
		}
		admin.send(end, url.Values{}, 303)
		if open(second) || !open(other) {
			t.Error("not all of one user were ended, or another's")
		}
		admin.see("/admin/audit?action=tenancy.sessions_ended", 200, "All sessions ended: staff@kirchberg.example")

		narrow := w.browse(t, w.site(t), "localhost")
		narrow.send("/admin/login", signIn("oms@orion.example"), 303)
		narrow.see("/admin/sessions", 403)
		narrow.send(end, url.Values{}, 403)
	})
}

// Users see where they are signed in, and end what is theirs.
func TestOwnSessions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.Gate.Store(w.maison, w.kirchberg, w.main)
		cr := tenancy.Credentials{Email: "staff@kirchberg.example", Password: password}
		token, err := w.m.SignInStaff(ctx, in, cr)
		must(t, err)
		cr.Email = "manager@kirchberg.example"
		foreign, err := w.m.SignInStaff(ctx, in, cr)
		must(t, err)
		me := auth.User{ID: w.staff, Name: "Staff"}
		list, err := w.m.Sittings(ctx, me)
		must(t, err)
		if len(list) != 1 || list[0].Key != auth.SessionKey(token) || list[0].Place != "maison" {
			t.Errorf("signed in at %+v", list)
		}
		if err := w.m.EndSitting(ctx, me, auth.SessionKey(foreign)); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("another's session: %v", err)
		}
		must(t, w.m.EndSitting(ctx, me, auth.SessionKey(token)))
		if list, err := w.m.Sittings(ctx, me); err != nil || len(list) != 0 {
			t.Errorf("still signed in at %v %v", list, err)
		}
	})
}
