package tenancy

import (
	"net/url"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) actRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/users/{user}/act", web.Need(PermActAs), func(c *web.Ctx[web.Admin]) error {
		u, err := m.userOf(c)
		if err != nil {
			return err
		}
		return m.actForm(c, 200, u, ui.Form{})
	})
	mux.Post("/users/{user}/act", web.Need(PermActAs), m.act)
}

func (m *Module) actForm(c *web.Ctx[web.Admin], status int, u UserRow, state ui.Form) error {
	if !mayAct(c.As.User, u) {
		return errMayNotAct
	}
	v := tenancyui.ActForm{State: state, ID: u.ID.String(), Name: u.Name, Role: string(u.Role)}
	if u.Role == auth.StoreMember || u.Role == auth.MerchantOwner {
		for _, shop := range m.Workplaces(c.Context(), u.ID) {
			v.Stores = append(v.Stores, ui.Option{Value: shop.ID.String(), Label: shop.Name})
		}
	}
	for _, n := range actMinutes {
		v.Minutes = append(v.Minutes, ui.Option{Value: strconv.Itoa(n), Label: c.Words.N("tenancy.minutes", n)})
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("tenancy.act_as", "name", u.Name), Active: "/users"}, tenancyui.ActPage(v))
}

func (m *Module) act(c *web.Ctx[web.Admin]) error {
	u, err := m.userOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	a := Act{User: u.ID, At: c.Place().Platform.In.ID(), Reason: f.Text("reason"), Minutes: int(f.Int("minutes"))}
	_ = a.Store.UnmarshalText([]byte(f.Raw("store"))) // none is refused where one is needed
	token, err := m.Act(c.Context(), c.As.User, a)
	if err != nil {
		state, err := again(f, err)
		if err != nil || !mayAct(c.As.User, u) {
			return err
		}
		return m.actForm(c, 422, u, state)
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.act_as", "name", u.Name), Active: "/users"}, tenancyui.ActLinkPage(tenancyui.ActLink{
		Name: u.Name, Link: m.portalOf(c, u, a.Store) + "/act?token=" + url.QueryEscape(token), Back: "/users/" + u.ID.String(),
	}))
}

// portalOf is the address of a user's pages.
func (m *Module) portalOf(c *web.Ctx[web.Admin], u UserRow, store tenant.StoreID) string {
	if shop := m.FirstShop(store); shop != nil {
		return strings.TrimSuffix(staffAddress(m, c, shop), "/")
	}
	if u.Role == auth.PlatformAdmin {
		return rootOf(c) + "/admin"
	}
	return rootOf(c) + "/merchants"
}

// portalAct mounts how somebody comes into another's place, and leaves it.
func portalAct[A web.Audience](m *Module, mux *web.Mux[A]) {
	mux.Get("/act", signInAccess, func(c *web.Ctx[A]) error {
		token, age, err := m.StartActing(c.Context(), sessionAt(c), c.Query("token"))
		if err != nil {
			return err
		}
		c.SignIn(token, age)
		c.W.Header().Set("Referrer-Policy", "no-referrer")
		return c.Redirect("/")
	})
	mux.Post("/act/stop", web.SignedIn, func(c *web.Ctx[A]) error {
		if err := m.StopActing(c.Context(), readerUser(c), c.SessionToken()); err != nil {
			return err
		}
		c.SignOut()
		c.Flash("ok", "tenancy.acting_stopped")
		return c.Redirect("/login")
	})
}

// sessionAt is a session of the pages that are asked.
func sessionAt[A web.Audience](c *web.Ctx[A]) auth.Session {
	s := auth.Session{From: c.From()}
	switch any(c.As).(type) {
	case web.Admin:
		s.Audience = adminAudience
	case web.Merchant:
		s.Audience, s.Realm = merchantAudience, int64(c.Place().Platform.In.ID())
	case web.Store:
		s.Audience, s.Realm = storeAudience, int64(c.Place().In.ID())
	}
	return s
}

func readerUser[A web.Audience](c *web.Ctx[A]) auth.User {
	switch as := any(c.As).(type) {
	case web.Admin:
		return as.User
	case web.Merchant:
		return as.User
	case web.Store:
		return as.User
	}
	return auth.User{}
}
