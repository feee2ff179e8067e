package cms

import (
	"cmp"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// blogRoutes are the pages on which the blog of a store is written: those of pages, with
// what a post has beside.
func (m *Module) blogRoutes(mux *web.Mux[web.Store]) {
	desk[web.Store, tenant.Store]{
		shelf: m.Posts, list: m.postList, base: blogPath, names: m.namePosts, choices: m.postChoices, take: m.takePost,
		find: func(c staffer) (place[tenant.Store], error) {
			p := storePlace(c)
			p.base, p.tier = blogPath, Posted
			return p, nil
		},
		may: func(c staffer, p auth.Permission) bool { return c.As.Grants.Has(p) },
	}.routes(mux)
	m.categoryRoutes(mux)
}

// postList is the staff's list of posts: one statement, with the categories in memory.
func (m *Module) postList(c staffer) error {
	categories, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	q := PostQuery{Request: page.Request{After: c.Query("after"), Limit: rows}, Search: c.Query("q"), State: PostState(c.Query("state"))}
	if chosen := c.Query("category"); chosen != "" && q.Category.UnmarshalText([]byte(chosen)) != nil {
		return errNoCategory
	}
	found, err := m.PostList(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	v := cmsui.Posts{May: c.As.Grants.Has(MayEdit), Categories: categoryOptions(categories, w.Lang()), Paging: ui.PagingOf(blogPath, found.Next, c.Query, "q", "state", "category")}
	for _, p := range found.Items {
		r := rowOf(w, p, "")
		r.Href = blogPath + "/" + p.ID.String()
		if of, ok := categoryOf(categories, p.Category); ok {
			r.Where = of.Name.In(w.Lang())
		}
		if p.Live > 0 {
			v.Seen = c.ShopOrigin() + blogPath
		}
		v.Rows = append(v.Rows, r)
	}
	return c.Page(web.Head{Title: w.T("cms.blog"), Active: blogPath}, cmsui.PostsPage(v))
}

func categoryOptions(all []Category, l i18n.Lang) []ui.Option {
	out := make([]ui.Option, len(all))
	for i, c := range all {
		out[i] = ui.Option{Value: c.ID.String(), Label: c.Name.In(l)}
	}
	return out
}

// takePost reads what a post has and a page has not.
func (m *Module) takePost(c staffer, f *form.Form, w *Writing, have Content) error {
	langs := storePlace(c).langs
	t := taking{m, c.As.In, c.Actor()}
	r := sectionReader{Form: f, sectionForm: sectionForm{langs: langs, library: &c.As.In}, take: func(name string, p *cmsapi.Picture) { t.sent(c.Context(), f, name, p) }}
	if have.Cover.Image != "" && have.Cover.File == "" {
		r.had = []string{have.Cover.Image}
	}
	w.Cover = have.Cover
	if r.picture("cover", &w.Cover); f.Bool("cover_remove") {
		w.Cover = cmsapi.Picture{Alt: w.Cover.Alt}
	}
	w.Summary, w.Byline = readText(f, langs, "summary", have.Summary), f.Text("byline")
	w.Category = 0
	if chosen := f.Text("category"); chosen != "" && w.Category.UnmarshalText([]byte(chosen)) != nil {
		f.Fail("category", "cms.category_gone")
	}
	return nil
}

// postChoices are what the editor of a post has beside that of a page: the categories,
// from memory, and the cover with one statement.
func (m *Module) postChoices(c staffer, v *cmsui.Editor, of Page) error {
	categories, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	cover := []Post{{Link: Link{Head: of.Head}}}
	if err := m.fillCovers(c.Context(), c.As.In, cover); err != nil {
		return err
	}
	p := &cmsui.Post{Summary: of.Summary, Byline: of.Byline, Category: nameOfID(of.Category)}
	if v.New && p.Byline == "" {
		p.Byline = author(c.Actor())
	}
	p.Categories = slices.Insert(categoryOptions(categories, c.Words.Lang()), 0, ui.Option{Label: c.Words.T("cms.category_none")})
	p.Cover = cmsui.Input{Name: "cover", Key: coverKey, Shape: string(cmsapi.Image), Most: maxTitle, Text: of.Cover.Alt, Have: cmp.Or(of.Cover.File, of.Cover.Image)}
	if key := picture.Read(cover[0].Cover.Image).Key; key != "" {
		p.Cover.Image = c.ShopURL(picture.Path + picture.Copy(key, 400))
	}
	v.Post = p
	return nil
}

// namePosts puts the names of categories and of files of the library in the place of
// their identifiers: one statement where covers differ.
func (m *Module) namePosts(c staffer, all []Difference) error {
	for i := range all {
		d := &all[i]
		switch d.Key {
		case categoryKey:
			categories, err := m.Categories(c.Context(), c.As.In)
			if err != nil {
				return err
			}
			for _, side := range []*string{&d.Before, &d.After} {
				var id CategoryID
				_ = id.UnmarshalText([]byte(*side)) // what names none is none
				of, _ := categoryOf(categories, id)
				*side = of.Name.In(c.Words.Lang())
			}
		case coverKey:
			files, err := m.filesOf(c.Context(), c.As.In, []*cmsapi.Picture{{File: d.Before}, {File: d.After}})
			if err != nil {
				return err
			}
			for _, side := range []*string{&d.Before, &d.After} {
				if f, ok := files[*side]; ok {
					*side = f.Name
				} else if *side != "" {
					*side = c.Words.T(map[bool]string{true: "cms.post_cover_gone", false: "cms.post_cover_other"}[strings.HasPrefix(*side, mediaKind{}.Prefix()+"_")])
				}
			}
		}
	}
	return nil
}
