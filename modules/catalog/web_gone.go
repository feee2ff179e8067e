package catalog

import (
	"net/http"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

// showGone is the page of what is no longer sold. 410 tells search engines to
// forget it; people see what there is instead.
func (m *Module) showGone(c shopCtx, g Gone) error {
	view := catalogui.Gone{
		Crumbs: append(crumbs(g.Path, c.Words.Lang()), ui.Crumb{Label: g.Title}), Brand: g.Brand, Title: g.Title,
		Related: m.cardViews(c, g.Related, 0), Back: "/products",
	}
	if len(g.Path) > 0 {
		view.Back = "/categories/" + g.Path[len(g.Path)-1].Slug
	}
	for _, img := range g.Images {
		if img.Key != "" {
			view.Image = catalogui.Picture(c.Base(), stored(img), catalogui.GallerySizes)
			view.Image.Alt, view.Image.Eager = firstOf(img.Alt.In(c.Words.Lang()), g.Title), true
			break
		}
	}
	return c.PageStatus(http.StatusGone, web.Head{Title: g.Title, NoIndex: true}, view)
}
