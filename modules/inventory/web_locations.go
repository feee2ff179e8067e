package inventory

import (
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/inventory/inventoryui"
)

func (m *Module) showLocations(c *ctx) error { return m.locationsPage(c, sent{}) }

func (m *Module) locationsPage(c *ctx, s sent) error {
	all, err := m.Locations(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := inventoryui.Places{MayManage: c.As.Grants.Has(Manage), State: s.state(), Wrong: s.which}
	for _, l := range all {
		v.Places = append(v.Places, inventoryui.Place{ID: l.ID.String(), Code: l.Code, Name: l.Name, Priority: l.Priority, Active: l.Active})
	}
	head := web.Head{Title: c.Words.T("inventory.locations"), Active: "/locations"}
	return c.PageStatus(s.status(), head, inventoryui.PlacesPage(v))
}

func (m *Module) postLocation(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	l := Location{Code: f.Text("code"), Name: f.Text("name"), Priority: f.Int("priority")}
	if f.OK() {
		_, err = m.AddLocation(c.Context(), c.As.In, c.Actor(), l)
	}
	return m.locationSaved(c, "new", f, err)
}

func (m *Module) postLocationChange(c *ctx) error {
	at, err := m.pathLocation(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	l := Location{ID: at, Name: f.Text("name"), Priority: f.Int("priority")}
	if f.OK() {
		err = m.ChangeLocation(c.Context(), c.As.In, c.Actor(), l)
	}
	return m.locationSaved(c, at.String(), f, err)
}

func (m *Module) locationSaved(c *ctx, which string, f *form.Form, err error) error {
	if err != nil && !f.Take(err) {
		return err
	}
	if !f.OK() {
		return m.locationsPage(c, sent{which, f})
	}
	c.Flash("ok", "inventory.saved")
	return c.Redirect("/locations")
}

func (m *Module) postLocationAct(c *ctx) error {
	at, err := m.pathLocation(c)
	if err != nil {
		return err
	}
	switch c.Param("act") {
	case "open":
		err = m.OpenLocation(c.Context(), c.As.In, c.Actor(), at)
	case "close":
		err = m.CloseLocation(c.Context(), c.As.In, c.Actor(), at)
	default:
		return errNoLocation
	}
	if err != nil {
		return err
	}
	c.Flash("ok", "inventory.saved")
	return c.Redirect("/locations")
}

func (m *Module) pathLocation(c *ctx) (LocationID, error) {
	at, err := parseLocation(c.Param("location"))
	if err == nil && at.IsZero() {
		return 0, errNoLocation
	}
	return at, err
}
