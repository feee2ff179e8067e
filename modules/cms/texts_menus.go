package cms

import (
	"cmp"
	"context"
	"slices"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// menusArea are the menus of a store and its announcement bar, for its translations
// centre. What is translated goes into their drafts.
func (m *Module) menusArea() textsapi.TextArea {
	return textsapi.TextArea{Module: cmsapi.Code, Code: "menus", List: m.menuTextsAfter, Find: m.menuTextsOf, Save: m.saveMenuTexts, Publish: m.publishMenuTexts}
}

// saying is a fitting with what it says; keep gives it with what was written there.
type saying struct {
	Fitting
	texts []textsapi.Text
	keep  func() string
}

// sayingOf reads what a fitting says; one that cannot be read says nothing.
func sayingOf(f Fitting) (saying, bool) {
	out := saying{Fitting: f}
	if f.Kind == TheBar {
		b, err := readBar(f.Text)
		out.texts = []textsapi.Text{{Name: "text", Label: "cms.bar_text", Shape: cmsapi.Line, Most: maxBar, In: &b.Text}}
		out.keep = func() string { return b.normal().textOf() }
		return out, err == nil
	}
	menu, err := readMenu(f.Kind, f.Text)
	for n := range menu.Items {
		if i := &menu.Items[n]; !i.Gone && !i.Label.IsEmpty() {
			out.texts = append(out.texts, textsapi.Text{Name: "item." + i.ID, Label: "cms.menu_label", Of: i.summary(), Shape: cmsapi.Line, Most: maxEntry, In: &i.Label})
		}
	}
	out.keep = func() string {
		for n := range menu.Items {
			menu.Items[n] = menu.Items[n].normal()
		}
		return menu.text()
	}
	return out, err == nil
}

func (m *Module) thingOfFitting(s saying) textsapi.TextThing {
	return textsapi.TextThing{Key: string(s.Kind), Title: m.fittingTitles(s.Kind), Path: menusPath + "/" + string(s.Kind), Ahead: s.State() != Published, Texts: s.texts}
}

func (m *Module) menuTextsAfter(ctx context.Context, in tenant.Store, after string, limit int) ([]textsapi.TextThing, error) {
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]Fitting, error) { return allFittings(ctx, tx) })
	slices.SortFunc(all, func(a, b Fitting) int { return cmp.Compare(a.Kind, b.Kind) })
	var out []textsapi.TextThing
	for _, f := range all {
		if s, ok := sayingOf(f); ok && len(out) < limit && string(f.Kind) > after && len(s.texts) > 0 {
			out = append(out, m.thingOfFitting(s))
		}
	}
	return out, err
}

func (m *Module) menuTextsOf(ctx context.Context, in tenant.Store, key string) (textsapi.TextThing, error) {
	kind, err := fittingOf(key)
	if err != nil {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	f, err := m.Fitting(ctx, in, kind)
	if err != nil {
		return textsapi.TextThing{}, err
	}
	s, ok := sayingOf(f)
	if !ok {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	return m.thingOfFitting(s), nil
}

func (m *Module) saveMenuTexts(ctx context.Context, in tenant.Store, key string, c textsapi.TextChange) error {
	kind, err := fittingOf(key)
	if err != nil {
		return textsapi.ErrTextGone
	}
	return m.refit(ctx, in, fittingAct{kind, c.By, "menu_translated"}, func(tx mediaTx, f *Fitting) error {
		s, ok := sayingOf(*f)
		if !ok {
			return textsapi.ErrTextGone
		}
		if err := textsapi.ApplyText(s.texts, c); err != nil {
			return err
		}
		for _, said := range s.texts {
			if bad := short(errMenuItem, said.Name, (*said.In)[c.Lang], said.Most); bad.OrNil() != nil {
				return bad
			}
		}
		text := s.keep()
		if text != f.Text {
			f.touch(text, tx.Now(), c.By)
		}
		return nil
	})
}

func (m *Module) publishMenuTexts(ctx context.Context, in tenant.Store, key string, by auth.Actor) error {
	kind, err := fittingOf(key)
	if err != nil {
		return textsapi.ErrTextGone
	}
	f, err := m.Fitting(ctx, in, kind)
	if err != nil {
		return err
	}
	return m.PublishFitting(ctx, in, kind, f.Revision, by)
}

// fittingTitles are what a fitting is called in all languages.
func (m *Module) fittingTitles(kind FittingKind) i18n.Text {
	out := i18n.Text{}
	for _, l := range i18n.Langs {
		out[l] = m.need.Kit.Bundle.In(l).T("cms.fitting_" + string(kind))
	}
	return out
}
