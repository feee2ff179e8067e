package cms

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
	"orion/modules/tenancy/tenancyapi"
)

// categoriesArea are the categories of a blog for the translations centre. Readers see
// what is saved at once.
func (m *Module) categoriesArea() textsapi.TextArea {
	return textsapi.TextArea{Module: cmsapi.Code, Code: "post_categories", List: m.categoryTextsAfter, Find: m.categoryTextsOf, Save: m.saveCategoryTexts}
}

func thingOfCategory(c *Category) textsapi.TextThing {
	return textsapi.TextThing{Key: c.ID.String(), Title: c.Name, Path: categoriesPath + "/" + c.ID.String(), Texts: []textsapi.Text{
		{Name: "name", Label: "cms.category_name", Shape: cmsapi.Line, Most: maxByline, In: &c.Name},
	}}
}

// categoriesNow are those of a blog by their identifier, which stays.
func categoriesNow(ctx context.Context, tx postsTx) ([]Category, error) {
	all, err := postCategories(ctx, tx)
	slices.SortFunc(all, func(a, b Category) int { return int(min(max(a.ID-b.ID, -1), 1)) })
	return all, err
}

func (m *Module) categoryTextsAfter(ctx context.Context, in tenant.Store, after string, limit int) ([]textsapi.TextThing, error) {
	var behind CategoryID
	if after != "" {
		var err error
		if behind, err = parseCategory(after); err != nil {
			return nil, err
		}
	}
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx postsTx) ([]Category, error) { return categoriesNow(ctx, tx) })
	var out []textsapi.TextThing
	for i := range all {
		if all[i].ID > behind && len(out) < limit {
			out = append(out, thingOfCategory(&all[i]))
		}
	}
	return out, err
}

func (m *Module) categoryTextsOf(ctx context.Context, in tenant.Store, key string) (textsapi.TextThing, error) {
	id, err := parseCategory(key)
	if err != nil {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx postsTx) ([]Category, error) { return categoriesNow(ctx, tx) })
	if err != nil {
		return textsapi.TextThing{}, err
	}
	c, ok := categoryOf(all, id)
	if !ok {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	return thingOfCategory(&c), nil
}

func (m *Module) saveCategoryTexts(ctx context.Context, in tenant.Store, key string, change textsapi.TextChange) error {
	id, err := parseCategory(key)
	if err != nil {
		return textsapi.ErrTextGone
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx postsTx) error {
		if err := db.Alone(ctx, tx, "cms.categories."+number(ownerOf(in))); err != nil {
			return err
		}
		all, err := postCategories(ctx, tx)
		if err != nil {
			return err
		}
		c, ok := categoryOf(all, id)
		if !ok {
			return textsapi.ErrTextGone
		}
		before := noteOfCategory(c)
		if err := textsapi.ApplyText(thingOfCategory(&c).Texts, change); err != nil {
			return err
		}
		if c.Name = tidy(c.Name, line); !slices.Equal(before.Titles, noteOfCategory(c).Titles) {
			if err := updatePostCategory(ctx, tx, c); err != nil {
				return err
			}
			m.Posts.changed(tx)
			return m.noteCategory(ctx, tx, c, tenancyapi.Entry{Actor: change.By, Action: "cms.category_edited", Before: before, After: noteOfCategory(c)})
		}
		return nil
	})
}
