package tenancy

import (
	"context"

	"orion/kit/auth"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) adminUserRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/users", web.Need(PermManageUsers), m.usersPage)
	mux.Get("/users/new", web.Need(PermManageUsers), func(c *web.Ctx[web.Admin]) error {
		return m.userForm(c, 200, UserRow{Active: true}, ui.Form{})
	})
	mux.Post("/users", web.Need(PermManageUsers), m.createUser)
	mux.Get("/users/{user}", web.Need(PermManageUsers), func(c *web.Ctx[web.Admin]) error {
		u, err := m.userOf(c)
		if err != nil {
			return err
		}
		return m.userForm(c, 200, u, ui.Form{})
	})
	mux.Post("/users/{user}", web.Need(PermManageUsers), m.editUser)
	m.actRoutes(mux)
	mux.Post("/users/{user}/link", web.Need(PermManageUsers), m.linkUser)
}

func (m *Module) usersPage(c *web.Ctx[web.Admin]) error {
	list, err := m.Users(c.Context(), UserFilter{Query: c.Query("q"), Role: auth.Role(c.Query("role")), Request: request(c)})
	if err != nil {
		return err
	}
	v := tenancyui.Users{Paging: ui.PagingOf("/users", list.Next, c.Query, "q", "role")}
	for _, u := range list.Items {
		v.Rows = append(v.Rows, tenancyui.UserRow{
			ID: u.ID.String(), Name: u.Name, Email: u.Email, Role: string(u.Role), SignedIn: when(c.Words, u.SignedIn), Active: u.Active,
		})
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.users"), Active: "/users"}, tenancyui.UsersPage(v))
}

func (m *Module) userOf(c *web.Ctx[web.Admin]) (UserRow, error) {
	id, err := parseUser(c.Param("user"))
	if err != nil {
		return UserRow{}, errUnknown
	}
	return m.User(c.Context(), id)
}

func (m *Module) userForm(c *web.Ctx[web.Admin], status int, u UserRow, state ui.Form) error {
	v := tenancyui.UserForm{
		State: state, ID: u.ID.String(), Name: u.Name, Email: u.Email, Role: string(u.Role), Lang: string(u.Lang), Active: u.Active,
		SignedIn: when(c.Words, u.SignedIn), Platforms: m.platformOptions(c),
	}
	title := c.Words.T("tenancy.new_user")
	if v.ID != "" {
		title, v.Created, v.Act = u.Name, c.Words.Date(u.Created), mayAct(c.As.User, u)
		v.Delete = u.ID != c.As.User.ID
		platforms, err := m.PlatformsOf(c.Context(), u.ID)
		if err != nil {
			return err
		}
		for _, p := range platforms {
			v.Chosen = append(v.Chosen, p.String())
		}
	}
	return c.PageStatus(status, web.Head{Title: title, Active: "/users"}, tenancyui.UserPage(v))
}

// createUser makes an account and shows the link with which its user chooses a
// password.
func (m *Module) createUser(c *web.Ctx[web.Admin]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	n := NewUser{
		Email: f.Text("email"), Name: f.Text("name"), Role: auth.Role(f.Raw("role")), Lang: langOf(f.Raw("lang")), Platforms: readPlatforms(f, "platforms"),
	}
	var link string
	err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) error {
		id, err := ch.CreateUser(ctx, n)
		if err != nil {
			return err
		}
		link, err = ch.Link(ctx, id)
		return err
	})
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.userForm(c, 422, UserRow{Active: true}, state)
	}
	return m.showLink(c, n.Name, n.Role, link)
}

func (m *Module) editUser(c *web.Ctx[web.Admin]) error {
	u, err := m.userOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := UserEdit{Name: f.Text("name"), Lang: langOf(f.Raw("lang")), Active: f.Bool("active")}
	platforms := readPlatforms(f, "platforms")
	err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) error { return ch.EditUser(ctx, u.ID, e, platforms) })
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.userForm(c, 422, u, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/users/" + u.ID.String())
}

func (m *Module) linkUser(c *web.Ctx[web.Admin]) error {
	u, err := m.userOf(c)
	if err != nil {
		return err
	}
	var link string
	err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) (err error) {
		link, err = ch.Link(ctx, u.ID)
		return err
	})
	if err != nil {
		return err
	}
	return m.showLink(c, u.Name, u.Role, link)
}

// showLink shows a link once, on the pages where the user belongs. Members of
// staff sign in at their store, whose host they know; any portal takes the link.
func (m *Module) showLink(c *web.Ctx[web.Admin], name string, role auth.Role, token string) error {
	portal := "/merchants"
	if role == auth.SuperAdmin || role == auth.PlatformAdmin {
		portal = "/admin"
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.users"), Active: "/users"}, tenancyui.LinkPage(tenancyui.LinkShown{
		Name: name, Link: rootOf(c) + portal + "/join?token=" + token, Back: "/users",
	}))
}
