package tenancy

import (
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) adminSessionRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/sessions", web.Need(PermManageUsers), m.sessionsPage)
	mux.Post("/sessions/{user}/end", web.Need(PermManageUsers), m.endSession)
}

func (m *Module) sessionsPage(c *web.Ctx[web.Admin]) error {
	f := auth.SittingFilter{Request: request(c)}
	v := tenancyui.Sessions{}
	if id, err := parseUser(c.Query("user")); err == nil && !id.IsZero() {
		u, err := m.User(c.Context(), id)
		if err != nil {
			return err
		}
		f.Subject, v.User, v.Name = int64(id), id.String(), u.Name
	}
	found, err := m.Sessions(c.Context(), f)
	if err != nil {
		return err
	}
	v.Paging = ui.PagingOf("/sessions", found.Next, c.Query, "user")
	own, now := auth.SessionKey(c.SessionToken()), m.db.Clock().Now()
	for _, s := range found.Items {
		row := sessionRow(c.Words, s, now)
		row.Own = s.Key == own
		v.Rows = append(v.Rows, row)
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.sessions"), Active: "/sessions"}, tenancyui.SessionsPage(v))
}

func sessionRow(w i18n.Words, s SittingRow, now time.Time) tenancyui.SessionRow {
	row := tenancyui.SessionRow{
		Key: s.Key, User: s.User.ID.String(), Name: s.User.Name, Email: s.User.Email, Behind: s.Behind.Name,
		Where: w.T("tenancy.session_at_" + s.Audience), Addr: s.From.Addr, Device: s.From.Device(),
		Since: w.DateTime(s.Created), Seen: w.Ago(s.Seen, now),
	}
	if s.Place != "" {
		row.Where = s.Place
	}
	return row
}

// endSession ends one session of a user, or all when the form names none.
func (m *Module) endSession(c *web.Ctx[web.Admin]) error {
	id, err := parseUser(c.Param("user"))
	if err != nil {
		return errUnknown
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := m.EndSession(c.Context(), c.Actor(), id, f.Raw("key")); err != nil {
		return err
	}
	c.Flash("ok", "tenancy.sessions_are_ended")
	if f.Bool("one") {
		return c.Redirect("/sessions?user=" + id.String())
	}
	return c.Redirect("/sessions")
}
