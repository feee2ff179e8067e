package catalog

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/catalog/catalogui"
)

// keepers are the modules whose figures the reader may change in the sheet.
func (m *Module) keepers(c staffCtx) []FigureKeeper {
	r := figure.Reader{In: c.As.In, Grants: c.As.Grants, Words: c.Words}
	return slot.Collect(c.Context(), m.need.Kit.Slots, catalogapi.Figures, r, func(code string) bool {
		return m.need.Enabled == nil || m.need.Enabled(c.As.In.Platform(), code)
	})
}

// showSheet is many products as a sheet: those chosen, or those that match.
func (m *Module) showSheet(c staffCtx) error {
	ask := SheetAsk{Wanted: wantedOf(c), Keepers: m.keepers(c), Lang: c.Words.Lang(), IDs: idsOf(c.Query("ids"))}
	ask.Wanted.Page = page.Request{After: c.Query("after")}
	of, err := m.Sheet(c.Context(), c.As.In, ask)
	if err != nil {
		return err
	}
	v := m.sheetView(c, of, ask.Keepers)
	return v.show(sheetBack(c))
}

// sheetBack is the list that the sheet was opened from.
func sheetBack(c staffCtx) string {
	q := c.R.URL.Query()
	q.Del("ids")
	q.Del("after")
	if len(q) == 0 {
		return "/products"
	}
	return "/products?" + q.Encode()
}

func (m *Module) postSheet(c staffCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	keepers := m.keepers(c)
	ask := SheetAsk{IDs: idsOf(f.Raw("ids")), Keepers: keepers, Lang: c.Words.Lang()}
	if len(ask.IDs) == 0 {
		return c.Redirect("/products")
	}
	of, err := m.Sheet(c.Context(), c.As.In, ask)
	if err != nil {
		return err
	}
	v := m.sheetView(c, of, keepers)
	v.typed = f
	patches := v.patches()
	back := "/products"
	if b := f.Raw("back"); strings.HasPrefix(b, "/products?") {
		back = b
	}
	if f.OK() {
		b, err := m.ChangeMany(c.Context(), c.As.In, c.Actor(), Many{Kind: BySheet, Patches: patches, Keepers: keepers})
		switch {
		case errors.Is(err, ErrNothingChanged):
			c.Flash("info", "catalog.nothing_changed")
			return c.Redirect(back)
		case err == nil:
			c.LeaveFlash(web.Flash{Kind: "ok", Key: "catalog.bulk_saved", N: b.Products, Undo: "/products/changes/" + b.ID.String() + "/undo"})
			return c.Redirect(back)
		case !f.Take(err):
			return err
		}
		// Somebody may have been faster since: what is shown is what is stored now.
		if of, err = m.Sheet(c.Context(), c.As.In, ask); err != nil {
			return err
		}
		v.of = of
	}
	return v.show(back)
}

// idsOf reads identifiers with commas between; what is none is left out.
func idsOf(text string) []catalogapi.ProductID {
	var out []catalogapi.ProductID
	for s := range strings.SplitSeq(text, ",") {
		if id, err := parseProduct(s); err == nil && !slices.Contains(out, id) && len(out) < MaxBulk {
			out = append(out, id)
		}
	}
	return out
}

// show draws the sheet, with what was typed and what is wrong after a failed post.
func (v *sheetView) show(back string) error {
	c, status := v.c, http.StatusOK
	view := catalogui.SheetPage{
		Title: c.Words.T("catalog.sheet"), Sub: c.Words.N("catalog.products_found", len(v.of.Products)), Action: "/products/sheet", Back: back,
	}
	ids := make([]string, len(v.of.Products))
	for i, p := range v.of.Products {
		ids[i] = p.ID.String()
	}
	view.IDs = strings.Join(ids, ",")
	if v.typed != nil {
		view.State, status = v.typed.State(), http.StatusUnprocessableEntity
		v.note(view.State)
	}
	if v.of.Next != "" {
		view.Bound = c.Words.N("catalog.sheet_bound", len(v.of.Products))
		q := c.R.URL.Query()
		q.Set("after", v.of.Next)
		view.Next = "/products/sheet?" + q.Encode()
	}
	view.Sheet = v.sheet()
	return c.PageStatus(status, web.Head{Title: view.Title, Active: "/products"}, view)
}

// note finds what is wrong with which cell. A single variant's fields stand in
// its product's row.
func (v *sheetView) note(s ui.Form) {
	if s.Fault == nil {
		return
	}
	for _, e := range s.Fault.Fields {
		name, field, _ := strings.Cut(e.Name, ".")
		if row, ok := v.rowOf[name]; ok {
			name = row
		}
		if rest, ok := strings.CutPrefix(field, "title"); ok && rest == "" {
			field = "title_" + string(v.langs[0])
		}
		if field != "" {
			name += "." + field
		}
		v.wrong[name] = v.c.Words.FaultField(e)
	}
}

// categoryWords are the categories as the sheet writes them: all those above,
// with strokes between.
func categoryWords(t *Tree, l i18n.Lang) (byID map[CategoryID]string, byWord map[string]CategoryID) {
	byID, byWord = map[CategoryID]string{}, map[string]CategoryID{}
	short := map[string]int{}
	for _, c := range t.All() {
		var names []string
		for _, above := range t.Path(c.ID) {
			names = append(names, above.Name.In(l))
		}
		byID[c.ID] = strings.Join(names, " / ")
		byWord[strings.ToLower(byID[c.ID])] = c.ID
		short[strings.ToLower(c.Name.In(l))]++
	}
	for _, c := range t.All() { // the name alone will do where only one has it
		if name := strings.ToLower(c.Name.In(l)); short[name] == 1 {
			if _, taken := byWord[name]; !taken {
				byWord[name] = c.ID
			}
		}
	}
	return byID, byWord
}
