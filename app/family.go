package app

import (
	"net"
	"slices"
	"strings"

	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/ui/layout"
	"orion/kit/web"
)

// maxFamily is how many stores the switcher of a storefront shows.
const maxFamily = 12

// family leads from a storefront to the other open stores of its merchant, in
// the reader's language where they speak it. It costs no statement.
func (a *App) family(c *web.Ctx[web.Storefront]) []layout.Item {
	shops := a.modules.tenancy.Family(c.As.Shop.Merchant)
	if len(shops) < 2 {
		return nil
	}
	out := make([]layout.Item, 0, min(len(shops), maxFamily))
	for _, s := range shops[:min(len(shops), maxFamily)] {
		i := layout.Item{Label: s.Name, Href: a.shopAddress(c, s), Active: s.ID == c.As.Shop.ID}
		if l := c.Words.Lang(); l != s.Lang && slices.Contains(s.Langs, l) {
			i.Href += "?" + web.LangParam + "=" + string(l)
		}
		if i.Active {
			i.Href = "/"
		}
		out = append(out, i)
	}
	return out
}

// workplaces lead a member of staff to the other stores in which they work;
// nothing for somebody who works in one.
func (a *App) workplaces(c *web.Ctx[web.Store]) []ui.MenuItem {
	shops := a.modules.tenancy.Workplaces(c.Context(), c.As.User.ID)
	if len(shops) < 2 {
		return nil
	}
	out := make([]ui.MenuItem, len(shops))
	for i, s := range shops {
		out[i] = ui.MenuItem{Label: s.Name, Icon: icon.Store, Href: "/switch/" + s.Code}
		if s.ID == c.As.Shop.ID {
			out[i].Href, out[i].Icon, out[i].Active = "/", icon.Check, true
		}
	}
	return out
}

// shopAddress is where another store's storefront is, as seen by somebody who
// reached this one: by the same scheme and port, or below the same host where
// hosts have no names.
func (a *App) shopAddress(c *web.Ctx[web.Storefront], s *web.Shop) string {
	if base := c.Base(); strings.HasPrefix(base, "/platforms/") {
		return "~/platforms/" + s.PlatformCode + "/storefront/" + s.Code + "/"
	}
	scheme, _, _ := strings.Cut(c.Origin(), "://")
	host := a.modules.tenancy.Host(s)
	if _, port, err := net.SplitHostPort(c.R.Host); err == nil {
		host = net.JoinHostPort(host, port)
	}
	return scheme + "://" + host + "/"
}
