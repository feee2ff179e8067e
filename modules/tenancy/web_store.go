package tenancy

import (
	"orion/kit/auth"
	"orion/kit/id"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	portal(m, mux, func(c *web.Ctx[web.Store], cr Credentials) (string, error) {
		return m.SignInStaff(c.Context(), c.As.In, cr)
	})
	mux.Get("/enter", signInAccess, m.enter)
	mux.Get("/switch/{store}", web.SignedIn, m.switchStore)
	mux.Get("/team", web.Need(PermViewTeam), m.teamPage)
	mux.Get("/team/invite", web.Need(PermEditTeam), func(c *web.Ctx[web.Store]) error { return m.inviteForm(c, 200, ui.Form{}) })
	mux.Post("/team/invite", web.Need(PermEditTeam), m.invite)
	mux.Get("/team/{user}", web.Need(PermEditTeam), func(c *web.Ctx[web.Store]) error { return m.memberForm(c, 200, ui.Form{}) })
	mux.Post("/team/{user}", web.Need(PermEditTeam), m.editMember)
	mux.Get("/team/roles", web.Need(PermViewTeam), m.rolesPage)
	mux.Get("/team/roles/new", web.Need(PermEditTeam), func(c *web.Ctx[web.Store]) error { return m.roleForm(c, 200, Role{}, ui.Form{}) })
	mux.Post("/team/roles", web.Need(PermEditTeam), m.createRole)
	mux.Get("/team/roles/{role}", web.Need(PermViewTeam), m.rolePage)
	mux.Post("/team/roles/{role}", web.Need(PermEditTeam), m.editRole)
	mux.Post("/team/roles/{role}/delete", web.Need(PermEditTeam), m.deleteRole)
	mux.Get("/settings/store", web.Need(PermEditStore), func(c *web.Ctx[web.Store]) error { return m.profileForm(c, 200, ui.Form{}) })
	mux.Post("/settings/store", web.Need(PermEditStore), m.editProfile)
	mux.Get("/audit", web.Need(PermViewAudit), m.auditPage)
	mux.Get("/audit.csv", web.Need(PermViewAudit), m.auditFile)
}

func by(c *web.Ctx[web.Store]) By { return By{Actor: c.Actor(), Grants: c.As.Grants} }

func (m *Module) teamPage(c *web.Ctx[web.Store]) error {
	staff, err := m.Staff(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := tenancyui.Team{Edit: c.As.Grants.Has(PermEditTeam) && c.As.User.Behind.IsZero()}
	for _, s := range staff {
		v.Rows = append(v.Rows, memberRow(c.Words, s))
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.team"), Active: "/team"}, tenancyui.TeamPage(v))
}

// roleOptions are the roles that the reader may give.
func (m *Module) roleOptions(c *web.Ctx[web.Store]) ([]ui.Option, error) {
	roles, err := m.Roles(c.Context(), c.As.In)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, r := range roles {
		if c.As.Grants.Covers(m.grantsOf(r.Preset, r.Permissions)) {
			out = append(out, ui.Option{Value: r.ID.String(), Label: roleName(c.Words, r), Detail: roleDetail(c.Words, r)})
		}
	}
	return out, nil
}

func (m *Module) inviteForm(c *web.Ctx[web.Store], status int, state ui.Form) error {
	roles, err := m.roleOptions(c)
	if err != nil {
		return err
	}
	head := web.Head{Title: c.Words.T("tenancy.invite"), Active: "/team"}
	return c.PageStatus(status, head, tenancyui.InvitePage(tenancyui.Invite{State: state, Roles: roles}))
}

func (m *Module) invite(c *web.Ctx[web.Store]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if !c.As.User.Behind.IsZero() {
		return errActing // whoever gets an account so, would stay
	}
	role, _ := id.Parse[roleKind](f.Raw("role"))
	inv := Invitation{Email: f.Text("email"), Name: f.Text("name"), Lang: langOf(f.Raw("lang")), Role: role}
	token, err := m.Invite(c.Context(), c.As.In, by(c), inv)
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.inviteForm(c, 422, state)
	}
	if token == "" { // somebody who can sign in already
		c.Flash("ok", "tenancy.staff_added", "name", inv.Name)
		return c.Redirect("/team")
	}
	link := c.Origin() + "/join?token=" + token
	sent, err := m.mailInvitation(c.Context(), c.As.In, letter{Invitation: inv, shop: c.As.Shop.Name, link: link, words: c.Words})
	if err != nil {
		return err
	}
	if sent {
		c.Flash("ok", "tenancy.invitation_sent", "email", inv.Email)
		return c.Redirect("/team")
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.invite"), Active: "/team"},
		tenancyui.LinkPage(tenancyui.LinkShown{Name: inv.Name, Link: link, Back: "/team"}))
}

func (m *Module) member(c *web.Ctx[web.Store]) (Member, error) {
	user, err := parseUser(c.Param("user"))
	if err != nil {
		return Member{}, errUnknown
	}
	return m.Member(c.Context(), c.As.In, user)
}

func (m *Module) memberForm(c *web.Ctx[web.Store], status int, state ui.Form) error {
	who, err := m.member(c)
	if err != nil {
		return err
	}
	roles, err := m.roleOptions(c)
	if err != nil {
		return err
	}
	return c.PageStatus(status, web.Head{Title: who.Name, Active: "/team"}, tenancyui.MemberPage(tenancyui.MemberForm{
		State: state, ID: who.User.String(), Name: who.Name, Email: who.Email, Role: who.Role.ID.String(), Active: who.Active, Roles: roles,
	}))
}

func (m *Module) editMember(c *web.Ctx[web.Store]) error {
	who, err := m.member(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	role, _ := id.Parse[roleKind](f.Raw("role"))
	if err := m.EditMember(c.Context(), c.As.In, by(c), who.User, MemberEdit{Role: role, Active: f.Bool("active")}); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.memberForm(c, 422, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/team")
}

func (m *Module) profileForm(c *web.Ctx[web.Store], status int, state ui.Form) error {
	s, err := m.OwnStore(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	sent, err := m.SentPictures(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	title := c.Words.T("tenancy.store_settings")
	return c.PageStatus(status, web.Head{Title: title, Active: "/settings/store"}, tenancyui.StoreFormPage(tenancyui.StoreForm{
		State: state, Title: title, Action: "/settings/store", Cancel: "/", Values: showProfile(s.Profile),
		Pictures: showPictures(c, s.Profile, sent),
	}))
}

func (m *Module) editProfile(c *web.Ctx[web.Store]) error {
	before, err := m.OwnStore(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	edit := ProfileEdit{Profile: readProfile(f, before.Profile)}
	if edit.Pictures, err = m.readPictures(c, f); err != nil {
		return err
	}
	if err = f.Fault("tenancy.invalid"); err == nil {
		err = m.EditProfileAndPictures(c.Context(), c.As.In, c.Actor(), edit)
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.profileForm(c, 422, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/settings/store")
}

// parseRole reads a role's identifier from the address.
func parseRole(c *web.Ctx[web.Store]) (RoleID, error) {
	r, err := id.Parse[roleKind](c.Param("role"))
	if err != nil {
		return 0, errUnknown
	}
	return r, nil
}

// storePermissions are the permissions that mean something in a store.
func (m *Module) storePermissions() []auth.Permission {
	var out []auth.Permission
	for _, p := range m.permissions() {
		if p.Reach == auth.InStores {
			out = append(out, p)
		}
	}
	return out
}
