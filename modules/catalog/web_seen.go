package catalog

import (
	"slices"
	"time"

	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

const (
	seenCookie = "orion_seen"
	seenPath   = "/seen"
	seenDays   = 60
)

// remember notes in the reader's own browser that they looked at a product, if
// they allowed it. Nothing of it is kept here.
func (m *Module) remember(c shopCtx, p *Page) {
	if !c.Allows(web.ForHistory) {
		return
	}
	if was := readSeen(c.Cookie(seenCookie)); len(was) == 0 || was[0] != p.ID {
		c.SetCookie(seenCookie, was.with(p.ID).String(), seenDays*24*time.Hour)
	}
}

// showSeen is the part of the home page and of a product's page with what the
// reader looked at before, which browsers fetch once somebody comes near. On the page of a product
// it asks, as long as they have not said yes or no.
func (m *Module) showSeen(c shopCtx) error {
	at := c.Query("at")
	view := catalogui.Seen{Back: c.URL("/")}
	if at != "" {
		view.Back = c.URL("/products/" + at)
		view.Ask = !c.Consent().Decided(web.ForHistory)
	}
	if c.Allows(web.ForHistory) {
		cards, err := m.Seen(c.Context(), c.As.In, c.Words.Lang(), readSeen(c.Cookie(seenCookie)))
		if err != nil {
			return err
		}
		cards = slices.DeleteFunc(cards, func(have Card) bool { return have.Slug == at })
		view.Products = m.cardViews(c, cards[:min(len(cards), seenShown)], 0)
	}
	if m.need.Hearts != nil {
		view.Hearts = m.need.Hearts(c)
	}
	return c.Partial(view)
}

func (m *Module) clearSeen(c shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	c.SetCookie(seenCookie, "", -1)
	c.Flash("ok", "catalog.seen_cleared")
	return c.RedirectTo(f.Raw("back"))
}
