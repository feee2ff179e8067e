package tenancy

import (
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) rolesPage(c *web.Ctx[web.Store]) error {
	roles, err := m.Roles(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := tenancyui.Roles{Edit: c.As.Grants.Has(PermEditTeam)}
	for _, r := range roles {
		v.Rows = append(v.Rows, tenancyui.RoleRow{
			ID: r.ID.String(), Name: roleName(c.Words, r), Detail: roleDetail(c.Words, r), Members: r.Members, Own: r.Preset == "",
		})
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.roles"), Active: "/team"}, tenancyui.RolesPage(v))
}

func (m *Module) rolePage(c *web.Ctx[web.Store]) error {
	r, err := m.roleOf(c)
	if err != nil {
		return err
	}
	return m.roleForm(c, 200, r, ui.Form{})
}

func (m *Module) roleOf(c *web.Ctx[web.Store]) (Role, error) {
	id, err := parseRole(c)
	if err != nil {
		return Role{}, err
	}
	return m.Role(c.Context(), c.As.In, id)
}

// roleForm shows what a role allows, by module; permissions that the reader
// does not have cannot be ticked.
func (m *Module) roleForm(c *web.Ctx[web.Store], status int, r Role, state ui.Form) error {
	v := tenancyui.RoleForm{State: state, Name: roleName(c.Words, r), Own: r.Preset == "" && c.As.Grants.Has(PermEditTeam), Members: r.Members}
	if !r.ID.IsZero() {
		v.ID = r.ID.String()
	}
	has := m.grantsOf(r.Preset, r.Permissions)
	at := map[string]int{}
	for _, p := range m.storePermissions() {
		i, ok := at[p.Group]
		if !ok {
			i = len(v.Groups)
			at[p.Group] = i
			v.Groups = append(v.Groups, tenancyui.PermissionGroup{Title: groupName(c.Words, p.Group)})
		}
		v.Groups[i].Options = append(v.Groups[i].Options, ui.Option{
			Value: p.Code, Label: c.Words.T("permissions." + p.Code), Disabled: !c.As.Grants.Has(p),
		})
		if has.Has(p) {
			v.Chosen = append(v.Chosen, p.Code)
		}
	}
	title := v.Name
	if v.ID == "" {
		title = c.Words.T("tenancy.new_role")
	}
	return c.PageStatus(status, web.Head{Title: title, Active: "/team"}, tenancyui.RolePage(v))
}

func (m *Module) createRole(c *web.Ctx[web.Store]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := RoleEdit{Name: f.Text("name"), Permissions: f.All("permissions")}
	if _, err := m.CreateRole(c.Context(), c.As.In, by(c), e); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.roleForm(c, 422, Role{}, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/team/roles")
}

func (m *Module) editRole(c *web.Ctx[web.Store]) error {
	r, err := m.roleOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := RoleEdit{Name: f.Text("name"), Permissions: f.All("permissions")}
	if err := m.EditRole(c.Context(), c.As.In, by(c), r.ID, e); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.roleForm(c, 422, r, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/team/roles")
}

func (m *Module) deleteRole(c *web.Ctx[web.Store]) error {
	r, err := m.roleOf(c)
	if err != nil {
		return err
	}
	if err := m.DeleteRole(c.Context(), c.As.In, by(c), r.ID); err != nil {
		return err
	}
	c.Flash("ok", "tenancy.role_is_deleted", "name", r.Name)
	return c.Redirect("/team/roles")
}
