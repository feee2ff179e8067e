package core

import (
	"net/http"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/web"
	"orion/modules/core/coreui"
)

// profile mounts the reader's own account.
func profile[A web.Audience](m *Module, mux *web.Mux[A], user func(*web.Ctx[A]) auth.User) {
	p := profiles[A]{m, user}
	mux.Get("/profile", web.SignedIn, func(c *web.Ctx[A]) error {
		return p.page(c, http.StatusOK, coreui.Profile{})
	})
	mux.Post("/profile", web.SignedIn, func(c *web.Ctx[A]) error {
		f, err := c.Form()
		if err != nil {
			return err
		}
		lang, ok := i18n.ParseLang(f.Raw("lang"))
		if !ok {
			f.Fail("lang", "form.choose")
		}
		if err = f.Fault("core.invalid"); err == nil {
			err = m.accounts.EditSelf(c.Context(), user(c), f.Text("name"), lang)
		}
		if err != nil {
			state, err := again(f, err)
			if err != nil {
				return err
			}
			return p.page(c, http.StatusUnprocessableEntity, coreui.Profile{State: state})
		}
		c.SetCookie("lang", "", -1) // what was chosen before gives way to the profile
		c.Flash("ok", "ui.saved")
		return c.Redirect("/profile")
	})
	mux.Post("/profile/sessions/end", web.SignedIn, func(c *web.Ctx[A]) error {
		f, err := c.Form()
		if err != nil {
			return err
		}
		if err := m.accounts.EndSitting(c.Context(), user(c), f.Raw("key")); err != nil {
			return err
		}
		c.Flash("ok", "core.sitting_ended")
		return c.Redirect("/profile")
	})
	mux.Post("/profile/password", web.SignedIn.Limit(10, time.Minute), func(c *web.Ctx[A]) error {
		f, err := c.Form()
		if err != nil {
			return err
		}
		if err := m.accounts.ChangePassword(c.Context(), user(c), f.Raw("old_password"), f.Raw("password")); err != nil {
			state, err := again(f, err)
			if err != nil {
				return err
			}
			return p.page(c, http.StatusUnprocessableEntity, coreui.Profile{Secret: state})
		}
		c.SignOut()
		c.Flash("ok", "core.password_changed")
		return c.Redirect("/login")
	})
}

// profiles are the accounts of an audience's readers.
type profiles[A web.Audience] struct {
	*Module
	user func(*web.Ctx[A]) auth.User
}

func (p profiles[A]) page(c *web.Ctx[A], status int, v coreui.Profile) error {
	u := p.user(c)
	v.Acting = !u.Behind.IsZero()
	sittings, err := p.accounts.Sittings(c.Context(), u)
	if err != nil {
		return err
	}
	own := auth.SessionKey(c.SessionToken())
	for _, s := range sittings {
		row := coreui.Sitting{
			Key: s.Key, Where: s.Place, Device: s.From.Device(), Addr: s.From.Addr, Since: c.Words.DateTime(s.Created),
			Seen: c.Words.Ago(s.Seen, p.clock.Now()), Here: s.Key == own,
		}
		if row.Where == "" {
			row.Where = c.Words.T("core.sitting_" + s.Audience)
		}
		if row.Device == "" {
			row.Device = c.Words.T("core.sitting_unknown")
		}
		v.Sittings = append(v.Sittings, row)
	}
	v.Email, v.Name, v.LangNow = u.Email, u.Name, string(u.Lang)
	if v.LangNow == "" {
		v.LangNow = string(c.Words.Lang())
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("core.profile"), Active: "/profile"}, coreui.ProfilePage(v))
}
