package tenancy

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/web"
)

// Workplaces are the stores in which a user works, by name: those that hired
// them, or all of a merchant that they own. Pages ask each time, and are mostly
// answered from memory.
func (m *Module) Workplaces(ctx context.Context, user auth.UserID) []*web.Shop {
	ids, ok := m.places.GetIfPresent(user)
	if !ok {
		var err error
		if ids, err = m.workplaces(ctx, user); err != nil {
			return nil // a page is worth more than its switcher
		}
		m.places.Set(user, ids)
	}
	out := make([]*web.Shop, 0, len(ids))
	for _, id := range ids {
		if shop := m.FirstShop(id); shop != nil {
			out = append(out, shop)
		}
	}
	slices.SortFunc(out, func(a, b *web.Shop) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// switchStore leads a member of staff into another store in which they work.
// It is a link and not a form, which the content security policy would not let
// lead to another host.
func (m *Module) switchStore(c *web.Ctx[web.Store]) error {
	if !c.As.User.Behind.IsZero() {
		return errActing // a session of their own would follow, without an end
	}
	shop := m.ShopByCode(c.Param("store"))
	if shop == nil {
		return errUnknown
	}
	token, err := m.SwitchToken(c.Context(), c.As.User.ID, shop.ID)
	if err != nil {
		return err
	}
	to := strings.TrimSuffix(staffAddress(m, c, shop), "/") + "/enter?token=" + url.QueryEscape(token)
	c.W.Header().Set("Referrer-Policy", "no-referrer")
	http.Redirect(c.W, c.R, to, http.StatusSeeOther)
	return nil
}

// enter leads somebody into the store who comes from another one, or from a
// first run. Who is in already stays who they are.
func (m *Module) enter(c *web.Ctx[web.Store]) error {
	if !c.As.User.ID.IsZero() {
		return c.Redirect("/")
	}
	come := m.Enter
	if strings.Contains(c.Query("token"), ".") {
		come = m.Arrive
	}
	token, err := come(c.Context(), c.As.In, c.Query("token"), c.From())
	if err != nil {
		return err
	}
	c.SignIn(token, m.sessions.Age())
	return c.Redirect("/")
}
