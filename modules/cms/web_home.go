package cms

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/web"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// homePage is the first page of a store: its own, else the one that its platform has
// for all stores, else what the program makes of what the store has. It takes no
// statement of its own while it is known.
func (m *Module) homePage(c shopper) error {
	l, parts, err := m.homeOf(c)
	if err != nil {
		return err
	}
	v := m.sections(c, parts)
	v.on, v.owner = l.ID, m.ownerHere(c, l.Tier)
	return m.showHome(c, l, v)
}

func (m *Module) homeOf(c shopper) (Link, []part, error) {
	ctx, at := c.Context(), Here(c)
	links, err := m.Links(ctx, at)
	if err != nil {
		return Link{}, nil, err
	}
	i := slices.IndexFunc(links, func(l Link) bool { return l.Slug == HomeSlug })
	if i < 0 {
		return Link{}, m.kinds.parts(m.kinds.home(at.Store.Platform())), nil
	}
	l := links[i]
	var have live
	if l.Tier == Own {
		have, err = m.Stores.composed(ctx, at.Store, l)
	} else {
		have, err = m.Platforms.composed(ctx, at.Platform, l)
	}
	if errors.Is(err, errGone) { // another node deleted it since the links were read
		return Link{}, m.kinds.parts(m.kinds.home(at.Store.Platform())), nil
	}
	return have.Link, have.parts, err
}

// ownerHere is whose page of a tier a shopper reads.
func (m *Module) ownerHere(c shopper, t Tier) int64 {
	if t == Own {
		return ownerOf(c.As.In)
	}
	return ownerOf(c.Place().Platform.In)
}

// sections are those of a page, as a shopper gets to see them.
func (m *Module) sections(c shopper, all []part) body {
	if len(all) == 0 {
		return body{}
	}
	at := cmsapi.Spot{In: c.As.In, Shop: shopOf(c.As.Shop), Words: c.Words, Base: c.Base(), Now: m.need.Kit.Clock.Now()}
	if m.need.Browse != nil {
		at.Shop.Browse = m.need.Browse(c.As.In.Platform())
	}
	return body{m: m, all: m.draw(c.Context(), all, at)}
}

// shopOf is what sections say of a store.
func shopOf(s *web.Shop) cmsapi.Shop {
	return cmsapi.Shop{
		Name: s.Name, Merchant: s.MerchantName, Platform: s.PlatformName, Email: s.Email, Phone: s.Phone, Country: s.Country,
		Title: s.Hero, Text: s.HeroText, Picture: s.HeroImage, Address: s.Address,
	}
}

// showHome draws the first page of a store; a draft is not for search engines.
func (m *Module) showHome(c shopper, l Link, v body) error {
	lang, shop := c.Words.Lang(), c.As.Shop
	h := web.Head{
		Title:       cmp.Or(l.SEOTitle[lang], shop.Name),
		Description: cmp.Or(l.SEODescription.In(lang), shop.Tagline.In(lang), shop.HeroText.In(lang)),
		NoIndex:     v.instead != nil,
	}
	if m.need.Data != nil && !h.NoIndex {
		h.JSONLD = m.need.Data(c)
	}
	if v.headed() {
		return c.Page(h, v)
	}
	v.before = cmsui.Heading(shop.Name).Render
	return c.Page(h, v)
}

// headed tells whether the first section has the title of the page.
func (b body) headed() bool {
	return len(b.all) > 0 && b.all[0].bad == nil && b.all[0].name == heroName
}

// heroName is the kind of section that begins a page.
const heroName = cmsapi.Code + ".hero"

// instead says, to who looks at a draft, why a section is not shown.
func instead(w i18n.Words) func(ctx context.Context, to io.Writer, d drawn, why error) error {
	return func(ctx context.Context, to io.Writer, d drawn, why error) error {
		title := d.name
		if d.kind.New != nil {
			title = w.T(d.kind.Word())
		}
		return cmsui.LeftOut(cmsui.Missing{ID: "section-" + d.id, Title: title, Text: w.Fault(fault.As(why))}).Render(ctx, to)
	}
}
