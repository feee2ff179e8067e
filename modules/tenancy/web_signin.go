package tenancy

import (
	"strings"
	"time"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/tenancy/tenancyui"
)

// Ten tries a minute from one address are plenty for people and few for
// guessing.
var signInAccess = web.Public.Limit(10, time.Minute)

// portal mounts what people of an audience need to come in and go out.
func portal[A web.Audience](m *Module, mux *web.Mux[A], signIn func(*web.Ctx[A], Credentials) (string, error)) {
	mux.Get("/login", web.Public, func(c *web.Ctx[A]) error {
		if c.Actor().ID != "" {
			return c.RedirectTo(nextPath(c.Base(), c.Query("next"))) // who is in need not come in
		}
		return c.Page(loginHead(c), tenancyui.LoginPage(tenancyui.Login{Next: c.Query("next")}))
	})
	mux.Post("/login", signInAccess, func(c *web.Ctx[A]) error { return login(m, c, signIn) })
	mux.Post("/logout", web.Public, func(c *web.Ctx[A]) error {
		if err := m.SignOut(c.Context(), c.SessionToken()); err != nil {
			return err
		}
		c.SignOut()
		return c.Redirect("/login")
	})
	mux.Get("/join", signInAccess, func(c *web.Ctx[A]) error {
		u, err := m.Invited(c.Context(), c.Query("token"))
		if err != nil {
			return err
		}
		return c.Page(joinHead(c), tenancyui.JoinPage(tenancyui.Join{Token: c.Query("token"), Email: u.Email}))
	})
	portalAct(m, mux)
	mux.Post("/join", signInAccess, func(c *web.Ctx[A]) error { return join(m, c) })
}

func loginHead[A web.Audience](c *web.Ctx[A]) web.Head {
	return web.Head{Title: c.Words.T("ui.sign_in"), NoIndex: true}
}

func joinHead[A web.Audience](c *web.Ctx[A]) web.Head {
	return web.Head{Title: c.Words.T("tenancy.join_title"), Description: c.Words.T("tenancy.join_text"), NoIndex: true}
}

func login[A web.Audience](m *Module, c *web.Ctx[A], signIn func(*web.Ctx[A], Credentials) (string, error)) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token, err := signIn(c, Credentials{Email: f.Text("email"), Password: f.Raw("password"), From: c.From()})
	if err != nil {
		e := fault.As(err)
		if e.Kind != fault.Unauthenticated {
			return err
		}
		state := f.State()
		state.Fault = e
		body := tenancyui.LoginPage(tenancyui.Login{State: state, Next: f.Raw("next")})
		return c.PageStatus(web.StatusOf(e.Kind), loginHead(c), body)
	}
	c.SignIn(token, m.sessions.Age())
	return c.RedirectTo(nextPath(c.Base(), f.Raw("next")))
}

// nextPath is where signing in leads: back to a page of the same audience, and
// nowhere else.
func nextPath(base, next string) string {
	if !strings.HasPrefix(next, base+"/") || strings.HasPrefix(next, base+"/login") {
		return base + "/"
	}
	return next
}

func join[A web.Audience](m *Module, c *web.Ctx[A]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token := f.Raw("token")
	if err := m.Accept(c.Context(), token, f.Raw("password")); err != nil {
		u, lost := m.Invited(c.Context(), token)
		if lost != nil {
			return lost
		}
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return c.PageStatus(422, joinHead(c), tenancyui.JoinPage(tenancyui.Join{State: state, Token: token, Email: u.Email}))
	}
	c.Flash("ok", "tenancy.password_is_set")
	return c.Redirect("/login")
}

// again is a form that is shown again with what a use case refused. What no
// field can mend is the error it was.
func again(f *form.Form, err error) (ui.Form, error) {
	e := fault.As(err)
	switch e.Kind {
	case fault.Invalid, fault.Rule, fault.Conflict, fault.Forbidden:
		f.Take(err)
		state := f.State()
		if state.Fault == nil {
			state.Fault = e
		}
		return state, nil
	}
	return ui.Form{}, err
}
