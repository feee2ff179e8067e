package cms

import (
	"encoding/json"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
	"orion/modules/cms/menusapi"
)

// menuRoutes are where staff of a store arrange its menus and write its announcement bar.
func (m *Module) menuRoutes(mux *web.Mux[web.Store]) {
	view, edit, publish := web.Need(MayView), web.Need(MayEdit), web.Need(MayPublish)
	mux.Get("/menus/{menu}", view, m.menuPage)
	mux.Post("/menus/{menu}", edit, m.barPost)
	mux.Post("/menus/{menu}/begin", edit, m.menuBegin)
	mux.Get("/menus/{menu}/choices", edit, m.menuChoices)
	mux.Get("/menus/{menu}/items/{item}", edit, m.itemPage)
	mux.Post("/menus/{menu}/items/{item}", edit, m.itemPost)
	mux.Post("/menus/{menu}/items/{item}/move", edit, m.itemMove)
	mux.Post("/menus/{menu}/items/{item}/delete", edit, func(c staffer) error { return m.itemDrop(c, false) })
	mux.Post("/menus/{menu}/items/{item}/back", edit, func(c staffer) error { return m.itemDrop(c, true) })
	mux.Get("/menus/{menu}/versions", view, m.fittingVersions)
	for name, act := range fittingActs {
		need := publish
		if name == "restore" {
			need = edit
		}
		mux.Post("/menus/{menu}/"+name, need, func(c staffer) error { return m.fittingAct(c, act) })
	}
}

// atStore is the store in which staff work, as it is reached by shoppers there.
func atStore(c staffer) At { return At{Platform: c.Place().Platform.In, Store: c.As.In} }

// menuKind is the menu that a request is about; the bar is none.
func menuKind(c staffer) (FittingKind, error) {
	k, err := fittingOf(c.Param("menu"))
	if k == TheBar {
		return "", errNoFitting
	}
	return k, err
}

func pathOfFitting(k FittingKind) string { return menusPath + "/" + string(k) }

// fittingView is what the pages of all fittings show.
func (m *Module) fittingView(c staffer, f Fitting) cmsui.Fitting {
	w := c.Words.Zone(storePlace(c).zone)
	v := cmsui.Fitting{
		Kind: string(f.Kind), Path: pathOfFitting(f.Kind), Revision: number(f.Revision), State: string(f.State()), Live: f.Live > 0, Versions: f.Versions > 0,
		MayEdit: c.As.Grants.Has(MayEdit), MayPublish: c.As.Grants.Has(MayPublish), Sub: w.T("cms.menus_sub"),
		Preview: c.ShopOrigin() + "/?around=" + m.PreviewFittings(c.As.In),
	}
	if f.Revision > 0 {
		v.Sub = w.T("cms.edited_by", "at", w.DateTime(f.Edited), "by", who(w, f.Editor))
	}
	if m.BrokenFitting(c.As.In, f.Kind) != "" {
		v.Problems = append(v.Problems, w.T("cms.fitting_broken"))
	}
	return v
}

// menuPage is a menu with its entries, or the bar: one statement, two more where an
// entry leads to a page that is not there, and what it takes to know what entries lead to.
func (m *Module) menuPage(c staffer) error {
	kind, err := fittingOf(c.Param("menu"))
	if err != nil {
		return err
	}
	f, err := m.Fitting(c.Context(), c.As.In, kind)
	if err != nil {
		return err
	}
	if kind == TheBar {
		return m.showBar(c, 200, writingBar{Fitting: f, bar: m.barOf(c, f)})
	}
	v := cmsui.Menu{Fitting: m.fittingView(c, f)}
	menu, err := menuOf(f)
	if err == nil {
		err = m.nodes(c, kind, menu, &v)
	}
	if e := fault.As(err); err != nil && e.Kind == fault.Rule {
		if f.Revision > 0 { // it cannot be read, and is begun again
			v.Problems = append(v.Problems, c.Words.Fault(e))
		}
	} else if err != nil {
		return err
	}
	for _, k := range m.kindsOf(c) {
		v.Kinds = append(v.Kinds, ui.MenuItem{Label: k.label, Icon: icon.ByName(k.icon), Href: v.Path + "/items/new?kind=" + k.name})
	}
	return m.showMenu(c, 200, v)
}

func (m *Module) showMenu(c staffer, status int, v cmsui.Menu) error {
	c.ShowsFrames()
	return c.PageStatus(status, web.Head{Title: c.Words.T("cms.fitting_" + v.Kind), Active: menusPath + "/header"}, cmsui.MenuPage(v))
}

// itemKind is a kind of entries, in words.
type itemKind struct{ name, label, icon string }

// kindsOf are the kinds of entries that a store can add.
func (m *Module) kindsOf(c staffer) []itemKind {
	out := []itemKind{{asPage, c.Words.T("cms.menu_page"), "file-text"}}
	for _, t := range m.targets.here(c.As.In.Platform()) {
		out = append(out, itemKind{t.Name(), c.Words.T(t.Word()), t.Icon})
	}
	return append(out, itemKind{asAddress, c.Words.T("cms.menu_address"), "link"}, itemKind{asHeading, c.Words.T("cms.menu_heading"), "heading"})
}

// nodes are the entries of a menu as a tree, with why shoppers do not see them.
func (m *Module) nodes(c staffer, kind FittingKind, menu Menu, v *cmsui.Menu) error {
	all := m.lead(c.Context(), atStore(c), menu.Items)
	drafts := map[string]Page{}
	for _, i := range all {
		if i.Kind == asPage && i.Why == whyGone && len(drafts) == 0 {
			pages, err := m.pagesOf(c.Context(), c.As.In)
			if err != nil {
				return err
			}
			for _, p := range pages {
				drafts[p.ID.String()] = p
			}
		}
	}
	names := map[string]string{}
	for _, k := range m.kindsOf(c) {
		names[k.name] = k.label
	}
	for _, i := range all {
		if p, ok := drafts[i.To]; ok && i.Why == whyGone && p.Live == 0 {
			i.Why, i.Title = whyDraft, p.Title
		}
		n := m.node(c, kind, i, v.MayEdit)
		n.Detail = names[i.Kind]
		if n.Label == "" {
			n.Label = n.Detail
		}
		if i.Sub && len(v.Nodes) > 0 {
			above := &v.Nodes[len(v.Nodes)-1]
			above.Children = append(above.Children, n)
		} else {
			v.Nodes = append(v.Nodes, n)
		}
	}
	return nil
}

// node is an entry in the tree, with what can be done to it without a pointer.
func (m *Module) node(c staffer, kind FittingKind, i led, may bool) ui.Node {
	w := c.Words
	n := ui.Node{Key: i.ID, Label: i.called(w.Lang()), Open: true, Focus: c.Query("at") == i.ID}
	if i.Why != "" {
		n.Badge = ui.Badge{Label: w.T(i.Why), Tone: ui.Warn}
	}
	if !may {
		return n
	}
	path := pathOfFitting(kind) + "/items/" + i.ID
	n.Href = path
	side := ui.Menu{Label: w.T("cms.menu_acts", "what", n.Label), Size: ui.Small}
	for _, way := range []struct {
		name string
		icon icon.Icon
	}{{"up", icon.ArrowUp}, {"down", icon.ArrowDown}, {"in", icon.ArrowRight}, {"out", icon.ArrowLeft}} {
		if deep := way.name == "out"; i.Sub && way.name == "in" || !i.Sub && deep {
			continue
		}
		side.Items = append(side.Items, ui.MenuItem{Label: w.T("cms.menu_" + way.name), Icon: way.icon, Post: path + "/move?way=" + way.name})
	}
	side.Items = append(side.Items, ui.MenuItem{Label: w.T("cms.menu_delete"), Icon: icon.Trash2, Post: path + "/delete", Danger: true, Line: true})
	n.Side = side
	return n
}

// outcome is what came of a button.
type outcome struct {
	at   string // the entry at hand
	done string // the key of what is said when it went well
	err  error
}

// answerFitting shows the page of a fitting with an entry at hand, and says in a
// sentence why something could not be done.
func answerFitting(c staffer, kind FittingKind, o outcome) error {
	err := o.err
	if e := fault.As(err); err != nil && (e.Kind == fault.Conflict || e.Kind == fault.Rule) {
		c.Flash("bad", e.Code, pairsOf(e)...)
	} else if err != nil {
		return err
	} else if o.done != "" {
		c.Flash("ok", o.done)
	}
	path := pathOfFitting(kind)
	if o.at != "" {
		path += "?at=" + o.at
	}
	return c.Redirect(path)
}

// pairsOf are what the sentence of a fault says of this one.
func pairsOf(e *fault.Error) []any {
	var out []any
	for k, v := range e.Args {
		out = append(out, k, v)
	}
	return out
}

func (m *Module) menuBegin(c staffer) error {
	kind, err := menuKind(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	return answerFitting(c, kind, outcome{done: "cms.menu_begun", err: m.BeginMenu(c.Context(), atStore(c), kind, f.Int("revision"), c.Actor())})
}

// menuChoices answers somebody who looks for what an entry could lead to.
func (m *Module) menuChoices(c staffer) error {
	if _, err := menuKind(c); err != nil {
		return err
	}
	all, err := m.choices(c.Context(), atStore(c), c.Query("kind"), menusapi.Asked{Lang: c.Words.Lang(), Text: c.Query("q")})
	if err != nil {
		return err
	}
	type choice struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
	out := make([]choice, len(all))
	for i, o := range all {
		out[i] = choice{o.Value, o.Label}
	}
	c.W.Header().Set("Content-Type", "application/json")
	c.W.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(c.W).Encode(out)
}

func (m *Module) itemMove(c staffer) error {
	kind, err := menuKind(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	item := c.Param("item")
	err = m.MoveItem(c.Context(), c.As.In, kind, ItemMove{Item: item, Way: c.Query("way"), Parent: f.Text("parent"), Before: f.Text("before"), By: c.Actor()})
	return answerFitting(c, kind, outcome{at: item, err: err})
}

func (m *Module) itemDrop(c staffer, back bool) error {
	kind, err := menuKind(c)
	if err != nil {
		return err
	}
	item := c.Param("item")
	err = m.DropItem(c.Context(), c.As.In, kind, ItemDrop{Item: item, Back: back, By: c.Actor()})
	if err == nil && !back {
		c.FlashUndo(pathOfFitting(kind)+"/items/"+item+"/back", "cms.menu_deleted")
	}
	return answerFitting(c, kind, outcome{at: item, err: err})
}
