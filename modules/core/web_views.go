package core

import (
	"cmp"
	"net/url"

	"orion/kit/fault"
	"orion/kit/web"
)

// postView saves the list that somebody has before them. What the form lacks
// stands in the address, where taking back a removal has it.
func (m *Module) postView(c *web.Ctx[web.Store]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	v, err := m.SaveView(c.Context(), c.As.In, c.As.User.ID, SavedView{
		List: c.Query("list"), Name: cmp.Or(f.Text("name"), c.Query("name")), Query: cmp.Or(f.Raw("query"), c.Query("query")),
	})
	if e := fault.As(err); err != nil && (len(e.Fields) == 0 || !listName.MatchString(v.List)) {
		return err
	} else if err != nil {
		c.Flash("bad", e.Fields[0].Code, "max", maxViewName)
	}
	return c.Redirect("/" + v.List + "?" + v.Query)
}

func (m *Module) removeView(c *web.Ctx[web.Store]) error {
	var id ViewID
	if err := id.UnmarshalText([]byte(c.Param("id"))); err != nil {
		return ErrNoView
	}
	was, err := m.RemoveView(c.Context(), c.As.In, c.As.User.ID, id)
	if err != nil {
		return err
	}
	back := url.Values{"list": {was.List}, "name": {was.Name}, "query": {was.Query}}
	c.FlashUndo("/views?"+back.Encode(), "core.view_removed", "name", was.Name)
	return c.Redirect("/" + was.List)
}
