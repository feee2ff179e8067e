package catalog

import (
	"errors"
	"strings"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

// postBulk does to the chosen products what a button of the list says.
func (m *Module) postBulk(c staffCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	ids := idsOf(strings.Join(f.All("id"), ","))
	back := "/products"
	if b := f.Raw("back"); strings.HasPrefix(b, "/products?") {
		back = b
	}
	if len(ids) == 0 {
		c.Flash("info", "catalog.bulk_none")
		return c.Redirect(back)
	}
	if f.Raw("act") == "edit" {
		text := make([]string, len(ids))
		for i, id := range ids {
			text[i] = id.String()
		}
		return c.Redirect("/products/sheet?ids=" + strings.Join(text, ",") + strings.Replace(strings.TrimPrefix(back, "/products"), "?", "&", 1))
	}
	kind, patch, err := bulkAct(f.Raw("act"), bulkValues{tag: f.Text("tag"), category: f.Text("category")})
	if err != nil {
		c.Flash("bad", err.Error())
		return c.Redirect(back)
	}
	many := Many{Kind: kind}
	for _, id := range ids {
		p := patch
		p.Product = id
		many.Patches = append(many.Patches, p)
	}
	b, err := m.ChangeMany(c.Context(), c.As.In, c.Actor(), many)
	if errors.Is(err, ErrNothingChanged) {
		c.Flash("info", "catalog.nothing_changed")
		return c.Redirect(back)
	}
	if err != nil {
		return err
	}
	key := "catalog.bulk_saved"
	if kind == ByDeleted {
		key = "catalog.bulk_deleted"
	}
	c.LeaveFlash(web.Flash{Kind: "ok", Key: key, N: b.Products, Undo: "/products/changes/" + b.ID.String() + "/undo"})
	return c.Redirect(back)
}

type bulkValues struct{ tag, category string }

// codeError is the code of a sentence that a person is told.
type codeError string

// Error implements error.
func (e codeError) Error() string { return string(e) }

// bulkAct is what a button of the list does to each product.
func bulkAct(act string, v bulkValues) (BulkKind, Patch, error) {
	status := map[string]Status{"activate": Active, "archive": Archived, "draft": Draft}
	if s, ok := status[act]; ok {
		return ByStatus, Patch{Status: &s}, nil
	}
	switch act {
	case "tag", "untag":
		if squeeze(v.tag) == "" || len(v.tag) > 100 {
			return "", Patch{}, codeError("catalog.bulk_tag_missing")
		}
		if act == "tag" {
			return ByTags, Patch{Tag: v.tag}, nil
		}
		return ByTags, Patch{Untag: v.tag}, nil
	case "category":
		id, err := parseCategory(v.category)
		if err != nil {
			return "", Patch{}, codeError("catalog.no_category")
		}
		return ByMove, Patch{Category: &id}, nil
	case "delete":
		yes := true
		return ByDeleted, Patch{Deleted: &yes}, nil
	}
	return "", Patch{}, codeError("form.choose")
}

func (m *Module) showChanges(c staffCtx) error {
	all, err := m.BulkChanges(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := catalogui.Changes{}
	for _, b := range all {
		v.Rows = append(v.Rows, changeRow(c, b))
	}
	return c.Page(web.Head{Title: c.Words.T("catalog.changes"), Active: "/products"}, v)
}

func changeRow(c staffCtx, b BulkChange) catalogui.ChangeRow {
	r := catalogui.ChangeRow{
		Href: "/products/changes/" + b.ID.String(), Title: changeTitle(c.Words, b), Who: b.Actor, When: c.Words.DateTime(b.At),
		Products: c.Words.Number(b.Products), State: ui.Badge{Label: c.Words.T("catalog.change_made"), Tone: ui.OK},
	}
	if !b.UndoneAt.IsZero() {
		r.State = ui.Badge{Label: c.Words.T("catalog.change_undone"), Tone: ui.Neutral}
	}
	return r
}

// changeTitle says what was changed: "Price, Topics".
func changeTitle(w i18n.Words, b BulkChange) string {
	if b.Kind == ByDeleted {
		return w.T("catalog.change_deleted")
	}
	names := make([]string, len(b.Fields))
	for i, f := range b.Fields {
		names[i] = w.T("catalog." + f)
	}
	return strings.Join(names, ", ")
}

func (m *Module) showChange(c staffCtx) error {
	b, err := m.bulkOf(c)
	if err != nil {
		return err
	}
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	row := changeRow(c, b)
	v := catalogui.Change{ChangeRow: row, Sub: joined(row.When, row.Who)}
	if b.UndoneAt.IsZero() {
		v.Undo = row.Href + "/undo"
	} else {
		v.Sub += " · " + c.Words.T("catalog.change_undone_by", "who", b.UndoneBy, "when", c.Words.DateTime(b.UndoneAt))
	}
	show := patchWords{c: c, tree: tree, figures: m.keepers(c)}
	shown := b.Lines[:min(len(b.Lines), maxChangeLines)]
	for _, l := range shown {
		line := catalogui.ChangeLine{Href: "/products/" + l.Product.String(), Name: l.Name, Changes: show.of(l)}
		if l.Left != "" {
			line.Left = c.Words.T(l.Left)
		}
		v.Lines = append(v.Lines, line)
	}
	v.More = len(b.Lines) - len(shown)
	return c.Page(web.Head{Title: v.Title, Active: "/products"}, v)
}

// maxChangeLines is how many products of a change its page shows, those first
// that were not taken back.
const maxChangeLines = 200

func (m *Module) bulkOf(c staffCtx) (BulkChange, error) {
	var id BulkID
	if err := id.UnmarshalText([]byte(c.Param("id"))); err != nil || id == 0 {
		return BulkChange{}, ErrNoBulk
	}
	return m.BulkChange(c.Context(), c.As.In, id)
}

func (m *Module) postUndo(c staffCtx) error {
	b, err := m.bulkOf(c)
	if err != nil {
		return err
	}
	left, err := m.UndoMany(c.Context(), c.As.In, c.Actor(), b.ID, m.keepers(c))
	if errors.Is(err, ErrBulkUndone) {
		c.Flash("info", "catalog.bulk_undone")
		return c.Redirect("/products/changes/" + b.ID.String())
	}
	if err != nil {
		return err
	}
	if len(left) > 0 {
		c.LeaveFlash(web.Flash{Kind: "bad", Key: "catalog.undo_left", N: len(left)}, "done", b.Products-len(left))
		return c.Redirect("/products/changes/" + b.ID.String())
	}
	c.LeaveFlash(web.Flash{Kind: "ok", Key: "catalog.undo_done", N: b.Products})
	return c.Redirect("/products")
}
