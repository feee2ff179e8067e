package tenancy

import (
	"slices"
	"strings"

	"orion/kit/picture"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

// homeStores is how many stores a platform's home page shows.
const homeStores = 60

func (m *Module) platformRoutes(mux *web.Mux[web.Platform]) {
	mux.Get("/", web.Public, m.home)
}

// home says what the platform is and which stores are open on it.
func (m *Module) home(c *web.Ctx[web.Platform]) error {
	d := m.directory.Load()
	lang := c.Words.Lang()
	v := tenancyui.Home{Name: c.As.Name, Tagline: c.Words.T("tenancy.home_tagline")}
	if p := d.byID[c.As.In.ID()]; p != nil {
		if s := p.Tagline.In(lang); s != "" {
			v.Tagline = s
		}
	}
	open := d.open[c.As.In.ID()]
	for i, s := range open {
		if v.More = i >= homeStores; v.More {
			break
		}
		langs := make([]string, len(s.Langs))
		for i, l := range s.Langs {
			langs[i] = l.Name()
		}
		v.Stores = append(v.Stores, tenancyui.HomeStore{
			Name: s.Name, Tagline: s.Tagline.In(lang), Href: shopAddress(m, c, s), Langs: strings.Join(langs, " · "), Image: homePicture(s.HeroImage, i < 3),
		})
	}
	if len(open) == 0 {
		known, err := m.HasUsers(c.Context())
		if err != nil {
			return err
		}
		v.Fresh = !known
	}
	if v.Fresh {
		return c.Page(web.Head{Title: c.Words.T("tenancy.setup_title"), NoIndex: true}, tenancyui.FreshPage())
	}
	return c.Page(web.Head{Title: c.As.Name, Description: v.Tagline}, tenancyui.HomePage(v))
}

// homeWidth is the width in which the home page shows the picture of a store.
const homeWidth = 800

// homePicture is a store's large picture on the page of its platform; those in
// sight at once are not lazy.
func homePicture(text string, eager bool) ui.Image {
	r := picture.Read(text)
	if r.Key == "" {
		return ui.Image{}
	}
	key := r.Key
	if r.Width > homeWidth && slices.Contains(r.Widths, homeWidth) {
		key = picture.Copy(r.Key, homeWidth)
	}
	return ui.Image{Src: picture.Path + key, Width: r.Width, Height: r.Height, Eager: eager}
}
