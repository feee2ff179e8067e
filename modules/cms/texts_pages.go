package cms

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// pagesArea are the pages of a store, with their sections, for its translations
// centre. What is translated goes into their drafts.
func (m *Module) pagesArea() textsapi.TextArea {
	return areaOfPages{m, m.Stores, sqlPagesAfter}.area("pages")
}

// postsArea are the posts of its blog, the same way.
func (m *Module) postsArea() textsapi.TextArea {
	return areaOfPages{m, m.Posts, sqlPostsAfter}.area("posts")
}

// areaOfPages are pages, or posts.
type areaOfPages struct {
	m     *Module
	shelf *Shelf[tenant.Store]
	after *db.Stmt[tenant.Store]
}

func (a areaOfPages) area(code string) textsapi.TextArea {
	return textsapi.TextArea{Module: cmsapi.Code, Code: code, List: a.list, Find: a.find, Save: a.save, Publish: a.publish}
}

func (a areaOfPages) list(ctx context.Context, in tenant.Store, after string, limit int) ([]textsapi.TextThing, error) {
	var behind PageID
	if after != "" {
		var err error
		if behind, err = parsePage(after); err != nil {
			return nil, err
		}
	}
	all, err := db.Read(ctx, a.m.need.Kit.DB, in, func(tx *db.Tx[tenant.Store]) ([]Page, error) {
		return pagesAfter(ctx, tx, a.after, db.Args{"after": behind, "limit": limit})
	})
	out := make([]textsapi.TextThing, len(all))
	for i := range all {
		out[i] = a.m.thingOf(&all[i])
	}
	return out, err
}

func (a areaOfPages) find(ctx context.Context, in tenant.Store, key string) (textsapi.TextThing, error) {
	id, err := parsePage(key)
	if err != nil {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	p, err := a.shelf.Page(ctx, in, id)
	if err != nil {
		return textsapi.TextThing{}, goneText(err)
	}
	return a.m.thingOf(&p), nil
}

func (m *Module) thingOf(p *Page) textsapi.TextThing {
	texts, _ := m.pageTexts(p)
	out := textsapi.TextThing{Key: p.ID.String(), Title: p.Title, Path: "/pages/" + p.ID.String(), Ahead: p.State() != Published, Texts: texts}
	switch {
	case p.Tier == Posted:
		out.Path = blogPath + "/" + p.ID.String()
	case p.IsHome():
		out.Path = sectionsPath(p.ID)
	}
	return out
}

// pageTexts are what a page says; keep puts what was written in them into its
// sections.
func (m *Module) pageTexts(p *Page) (texts []textsapi.Text, keep func()) {
	texts = []textsapi.Text{
		{Name: "title", Label: "cms.title", Shape: cmsapi.Line, Most: maxTitle, In: &p.Title},
		{Name: "body", Label: "cms.body", Shape: cmsapi.Rich, Most: maxBody, In: &p.Body},
		{Name: "seo_title", Label: "cms.seo_title", Shape: cmsapi.Line, Most: maxTitle, In: &p.SEOTitle},
		{Name: "seo_description", Label: "cms.seo_description", Shape: cmsapi.Line, Most: maxSEO, In: &p.SEODescription},
	}
	if p.Tier == Posted {
		texts = append(texts,
			textsapi.Text{Name: "summary", Label: "cms.summary", Shape: cmsapi.Line, Most: maxSummary, In: &p.Summary},
			textsapi.Text{Name: "cover_alt", Label: "cms.post_cover_alt", Shape: cmsapi.Line, Most: maxTitle, In: &p.Cover.Alt},
		)
	}
	parts := m.kinds.parts(p.Sections)
	for i, s := range parts {
		if s.bad == nil && !p.Sections[i].Gone {
			texts = append(texts, sectionTexts(s)...)
		}
	}
	return texts, func() {
		for i, s := range parts {
			if s.bad == nil && !p.Sections[i].Gone {
				p.Sections[i].Value = textOf(s.value)
			}
		}
	}
}

var textShapes = map[cmsapi.Shape]cmsapi.Shape{cmsapi.Line: cmsapi.Line, cmsapi.Lines: cmsapi.Lines, cmsapi.Rich: cmsapi.Rich}

// sectionTexts are what a section says, by the names that its form has.
func sectionTexts(s part) []textsapi.Text {
	var out []textsapi.Text
	eachField(s.value.Fields(), "", func(name string, f cmsapi.Field) {
		t := textsapi.Text{Name: "section." + s.id + "." + name, Label: f.Key, Kind: s.kind.Word(), Of: itemOf(name), Shape: textShapes[f.Shape], Most: most(f), In: f.Text}
		if t.Label == "" {
			t.Label = "cms.section_f_" + f.Name
		}
		if f.Shape == cmsapi.Image {
			t.Name, t.Label, t.Shape, t.In = t.Name+"_alt", "cms.section_f_alt", cmsapi.Line, &f.Picture.Alt
		}
		if t.Shape != "" {
			out = append(out, t)
		}
	})
	return out
}

// itemOf is which one of like things in a section a field is of.
func itemOf(name string) string {
	parts := strings.Split(name, ".")
	if len(parts) < 3 {
		return ""
	}
	n, err := strconv.Atoi(parts[len(parts)-2])
	if err != nil {
		return ""
	}
	return strconv.Itoa(n + 1)
}

func (a areaOfPages) save(ctx context.Context, in tenant.Store, key string, c textsapi.TextChange) error {
	id, err := parsePage(key)
	if err != nil {
		return textsapi.ErrTextGone
	}
	return goneText(a.shelf.rewrite(ctx, in, id, c.By, func(p *Page) error {
		texts, keep := a.m.pageTexts(p)
		if err := textsapi.ApplyText(texts, c); err != nil {
			return err
		}
		keep()
		p.Content = p.normal()
		return nil
	}))
}

func (a areaOfPages) publish(ctx context.Context, in tenant.Store, key string, by auth.Actor) error {
	id, err := parsePage(key)
	if err != nil {
		return textsapi.ErrTextGone
	}
	p, err := a.shelf.Page(ctx, in, id)
	if err != nil {
		return goneText(err)
	}
	return a.shelf.Publish(ctx, in, id, p.Revision, by)
}

// goneText says in the words of the translations centre that there is no such page.
func goneText(err error) error {
	if errors.Is(err, errUnknown) {
		return textsapi.ErrTextGone
	}
	return err
}
