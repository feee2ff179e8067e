package customers

import (
	"cmp"
	"strings"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/customers/customersui"
)

// Ten tries a minute from one address are plenty for people and few for
// guessing; mails to others are sent more sparingly still.
var (
	signInAccess = web.Public.Limit(10, time.Minute)
	mailAccess   = web.Public.Limit(5, time.Minute)
)

type shopCtx = web.Ctx[web.Storefront]

func (m *Module) shopPages(mux *web.Mux[web.Storefront]) {
	mux.Get("/account/login", web.Public, m.loginPage)
	mux.Post("/account/login", signInAccess, m.login)
	mux.Post("/account/logout", web.Public, m.logout)
	mux.Get("/account/register", web.Public, m.registerPage)
	mux.Post("/account/register", mailAccess, m.register)
	mux.Get("/account/confirm/{token}", signInAccess, m.confirmPage)
	mux.Post("/account/confirm/{token}", signInAccess, m.confirm)
	mux.Get("/account/forgot", web.Public, m.forgotPage)
	mux.Post("/account/forgot", mailAccess, m.forgot)
	mux.Get("/account/reset/{token}", signInAccess, m.resetPage)
	mux.Post("/account/reset/{token}", signInAccess, m.reset)
	mux.Get(cookiesPath, web.Public, m.cookiesPage)
	mux.Post(cookiesPath, decideAccess, m.decide)
	m.accountPages(mux)
}

func letterhead(c *shopCtx) Letterhead {
	shop := c.As.Shop
	foot := append([]string{}, shop.Address...)
	return Letterhead{
		Shop: shop.Name, Lang: c.Words.Lang(), Origin: strings.TrimSuffix(c.Origin(), "/"), ReplyTo: shop.Email,
		Footer: strings.Join(append(foot, shop.Email, shop.Phone), "\n"),
	}
}

// head is that of a page which is for one person and not for search engines.
func head(c *shopCtx, title string) web.Head {
	return web.Head{Title: c.Words.T(title) + " · " + c.As.Shop.Name, NoIndex: true}
}

func (m *Module) loginPage(c *shopCtx) error {
	if !c.As.Customer.ID.IsZero() {
		return c.Redirect("/account")
	}
	return c.Page(head(c, "customers.login_title"), customersui.LoginPage(customersui.Login{Next: c.Query("next")}))
}

func (m *Module) login(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token, err := m.SignIn(c.Context(), c.As.In, Credentials{Email: f.Text("email"), Password: f.Raw("password")})
	if err != nil {
		e := fault.As(err)
		if e.Kind != fault.Unauthenticated {
			return err
		}
		state := f.State()
		state.Values.Del("password")
		state.Fault = e
		body := customersui.LoginPage(customersui.Login{State: state, Next: f.Raw("next")})
		return c.PageStatus(web.StatusOf(e.Kind), head(c, "customers.login_title"), body)
	}
	return m.enter(c, token, f.Raw("next"))
}

// enter replaces the session that the reader may have, and goes where they
// wanted to go.
func (m *Module) enter(c *shopCtx, token, next string) error {
	if err := m.SignOut(c.Context(), c.SessionToken()); err != nil {
		return err
	}
	c.SignIn(token, m.need.Kit.Sessions.Age())
	if next == "" || strings.HasPrefix(next, c.URL("/account/login")) {
		next = c.URL("/account")
	}
	return c.RedirectTo(next)
}

func (m *Module) logout(c *shopCtx) error {
	if err := m.SignOut(c.Context(), c.SessionToken()); err != nil {
		return err
	}
	c.SignOut()
	return c.Redirect("/")
}

func (m *Module) registerPage(c *shopCtx) error {
	return c.Page(head(c, "customers.register_title"), customersui.RegisterPage(customersui.Register{}))
}

func (m *Module) register(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	r := Registration{Email: f.Text("email"), Name: f.Text("name"), Consent: f.Bool("consent")}
	if err := m.Register(c.Context(), c.As.In, r, letterhead(c)); err != nil {
		if !f.Take(err) {
			return err
		}
		return c.PageStatus(422, head(c, "customers.register_title"), customersui.RegisterPage(customersui.Register{State: f.State()}))
	}
	return m.posted(c, r.Email)
}

// posted says the same whether a mail was sent or not.
func (m *Module) posted(c *shopCtx, email string) error {
	return c.Page(head(c, "customers.posted_title"), customersui.PostedPage(customersui.Posted{Email: email}))
}

func (m *Module) confirmPage(c *shopCtx) error {
	email, err := m.Invited(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	return c.Page(head(c, "customers.confirm_title"), customersui.NewPasswordPage(customersui.NewPassword{
		Action: "/account/confirm/" + c.Param("token"), Email: email, First: true,
	}))
}

func (m *Module) confirm(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token, err := m.Confirm(c.Context(), c.As.In, c.Param("token"), f.Raw("password"))
	if err != nil {
		return m.passwordAgain(c, f, err, customersui.NewPassword{Action: "/account/confirm/" + c.Param("token"), Email: f.Text("email"), First: true})
	}
	c.Flash("ok", "customers.welcome")
	return m.enter(c, token, "")
}

// passwordAgain shows the form for a password again if the password was wrong.
func (m *Module) passwordAgain(c *shopCtx, f *form.Form, err error, v customersui.NewPassword) error {
	if !f.Take(err) {
		return err
	}
	v.State = f.State()
	return c.PageStatus(422, head(c, "customers.reset_title"), customersui.NewPasswordPage(v))
}

func (m *Module) forgotPage(c *shopCtx) error {
	return c.Page(head(c, "customers.forgot_title"), customersui.ForgotPage(customersui.Forgot{}))
}

func (m *Module) forgot(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	email := f.Text("email")
	if err := m.Forgot(c.Context(), c.As.In, email, letterhead(c)); err != nil {
		if !f.Take(err) {
			return err
		}
		return c.PageStatus(422, head(c, "customers.forgot_title"), customersui.ForgotPage(customersui.Forgot{State: f.State()}))
	}
	return m.posted(c, email)
}

func (m *Module) resetPage(c *shopCtx) error {
	who, err := m.ResetFor(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	return c.Page(head(c, "customers.reset_title"), customersui.NewPasswordPage(customersui.NewPassword{
		Action: "/account/reset/" + c.Param("token"), Email: who.Email,
	}))
}

func (m *Module) reset(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token, err := m.Reset(c.Context(), c.As.In, c.Param("token"), f.Raw("password"), letterhead(c))
	if err != nil {
		return m.passwordAgain(c, f, err, customersui.NewPassword{Action: "/account/reset/" + c.Param("token"), Email: f.Text("email")})
	}
	c.Flash("ok", "customers.password_changed")
	return m.enter(c, token, "")
}

func langOf(s string, fallback i18n.Lang) i18n.Lang {
	if s == "" {
		return fallback
	}
	l, ok := i18n.ParseLang(s)
	if !ok {
		return ""
	}
	return cmp.Or(l, fallback)
}
