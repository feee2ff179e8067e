package catalog

import (
	"net/http"

	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/catalog/catalogui"
)

type staffCtx = *web.Ctx[web.Store]

func (m *Module) staff(x *web.Mux[web.Store]) {
	x.Get("/products", web.Need(View), m.showProducts)
	x.Get("/products.csv", web.Need(View), m.exportFile)
	x.Get("/products/new", web.Need(MayEdit), m.showNew)
	x.Post("/products", web.Need(MayEdit), m.postNew)
	x.Get("/products/sheet", web.Need(MayEdit), m.showSheet)
	x.Post("/products/sheet", web.Need(MayEdit), m.postSheet)
	x.Post("/products/bulk", web.Need(MayEdit), m.postBulk)
	x.Get("/products/changes", web.Need(MayEdit), m.showChanges)
	x.Get("/products/changes/{id}", web.Need(MayEdit), m.showChange)
	x.Post("/products/changes/{id}/undo", web.Need(MayEdit), m.postUndo)
	x.Get("/products/{id}", web.Need(View), m.showEditor)
	x.Post("/products/{id}", web.Need(MayEdit), m.postEditor)
	x.Get("/products/history/{id}", web.Need(View), m.showHistory)
	x.Get("/categories", web.Need(View), m.showCategories)
	x.Post("/categories", web.Need(MayEdit), m.postCategory)
	x.Post("/categories/{id}/move", web.Need(MayEdit), m.postCategoryMove)
	x.Post("/categories/{id}/delete", web.Need(MayEdit), m.postCategoryDelete)
	x.Get("/imports", web.Need(MayImport), m.showImports)
	x.Post("/imports", web.Need(MayImport), m.postImport)
	x.Get("/imports/{id}", web.Need(MayImport), m.showImport)
	x.Get("/imports/{id}/problems.csv", web.Need(MayImport), m.problemFile)
	x.Post("/imports/{id}/cancel", web.Need(MayImport), m.postCancel)
}

var statusTone = map[Status]ui.Tone{Draft: ui.Neutral, Active: ui.OK, Archived: ui.Warn}

func statusBadge(w i18n.Words, s Status) ui.Badge {
	return ui.Badge{Label: w.T("catalog.status_" + string(s)), Tone: statusTone[s]}
}

// thumb is the address of the narrowest copy of a picture.
func thumb(c staffCtx, img Image) string {
	if img.Key == "" {
		return ""
	}
	key := picture.Copy(img.Key, pictures.Widths[0])
	if img.WebP {
		key = picture.WebP(key)
	}
	return catalogui.MediaURL(c.ShopURL(""), key)
}

// sent is a form that is shown again, or none.
type sent struct {
	*form.Form
	seen     Version // of the product that the form was drawn from
	conflict bool    // somebody stored another meanwhile:
	now      Product
}

func (s sent) status() int {
	switch {
	case s.Form == nil:
		return http.StatusOK
	case s.conflict:
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

func (s sent) state() ui.Form {
	if s.Form == nil {
		return ui.Form{}
	}
	return s.State()
}

// langsOf are the languages of a store, its own first.
func langsOf(s *web.Shop) []i18n.Lang {
	out := []i18n.Lang{s.Lang}
	for _, l := range s.Langs {
		if l != s.Lang {
			out = append(out, l)
		}
	}
	return out
}
