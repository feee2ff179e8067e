package cms

import (
	"errors"
	"slices"

	"orion/kit/ui"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
	"orion/modules/cms/menusapi"
)

// newItem is where an entry is written that is not there yet.
const newItem = "new"

// writingItem is an entry in its form.
type writingItem struct {
	Fitting
	item     MenuItem
	state    ui.Form
	conflict []Difference // with what somebody else stored
}

// itemOf finds the entry that a request is about, or begins one.
func (m *Module) itemOf(c staffer, kind string) (writingItem, error) {
	of, err := menuKind(c)
	if err != nil {
		return writingItem{}, err
	}
	f, err := m.Fitting(c.Context(), c.As.In, of)
	if err != nil {
		return writingItem{}, err
	}
	menu, err := menuOf(f)
	if err != nil {
		return writingItem{}, err
	}
	out := writingItem{Fitting: f, item: MenuItem{Kind: kind}}
	if id := c.Param("item"); id != newItem {
		if out.item, err = menu.itemOf(id); err != nil {
			return out, err
		}
	} else if !m.leads(atStore(c), kind) {
		return out, errNoItem
	}
	return out, nil
}

func (m *Module) itemPage(c staffer) error {
	w, err := m.itemOf(c, c.Query("kind"))
	if err != nil {
		return err
	}
	return m.showItem(c, 200, w)
}

func (m *Module) itemPost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	w, err := m.itemOf(c, f.Raw("kind"))
	if err != nil {
		return err
	}
	stored, langs := w.item, storePlace(c).langs
	w.item.To = f.Text("to")
	w.item.Label = readText(f, langs, "label", stored.Label)
	w.item = w.item.normal()
	if f.OK() {
		err = m.WriteItem(c.Context(), atStore(c), w.Kind, ItemWriting{MenuItem: w.item, Seen: f.Raw("seen"), Lang: langs[0], By: c.Actor()})
		if err == nil {
			return answerFitting(c, w.Kind, outcome{at: w.item.ID, done: "cms.done_saved"})
		}
	}
	w.state = f.State()
	if errors.Is(err, ErrChanged) { // both are shown, and saving again means to
		w.conflict = itemDifferences(stored, w.item)
		return m.showItem(c, 409, w)
	}
	if !f.Take(err) && f.OK() {
		return answerFitting(c, w.Kind, outcome{err: err})
	}
	w.state = f.State()
	return m.showItem(c, 422, w)
}

func (m *Module) showItem(c staffer, status int, w writingItem) error {
	v := cmsui.Menu{Fitting: m.fittingView(c, w.Fitting)}
	i := w.item
	id, word := newItem, "cms.menu_"+i.Kind
	if i.ID != "" {
		id = i.ID
	}
	t, other := m.targets.named(i.Kind)
	if other {
		word = t.Word()
	}
	seen := ""
	if menu, err := menuOf(w.Fitting); err == nil {
		if stored, err := menu.itemOf(i.ID); err == nil {
			seen = stored.mark()
		}
	}
	if status == 422 { // what they had before them is what they still answer for
		seen = w.state.Values.Get("seen")
	}
	v.Form = &cmsui.MenuItem{
		Title: c.Words.T(word), Text: c.Words.T(word + "_text"), Path: v.Path + "/items/" + id, Kind: i.Kind, Seen: seen, State: w.state,
		Langs: storePlace(c).langs, Label: i.Label, Named: i.needsLabel(), To: i.To, Address: i.Kind == asAddress, Limit: maxEntry,
		Conflicted: status == 409, Conflict: changes(c.Words, w.conflict),
	}
	if i.Kind != asHeading && i.Kind != asAddress {
		v.Form.Chosen = true
		if other && t.Many {
			v.Form.Search = v.Path + "/choices?kind=" + i.Kind
		}
		var err error
		if v.Form.Options, err = m.itemOptions(c, i); err != nil {
			return err
		}
	}
	return m.showMenu(c, status, v)
}

// itemOptions are what there is to choose from, with what was chosen even when it is gone.
func (m *Module) itemOptions(c staffer, i MenuItem) ([]ui.Option, error) {
	var all []cmsapi.Option
	var err error
	if m.leadsNow(c, i.Kind) {
		all, err = m.choices(c.Context(), atStore(c), i.Kind, menusapi.Asked{Lang: c.Words.Lang()})
	}
	out := make([]ui.Option, 0, len(all)+1)
	for _, o := range all {
		out = append(out, ui.Option{Value: o.Value, Label: o.Label})
	}
	if i.To != "" && !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == i.To }) {
		at := m.lead(c.Context(), atStore(c), []MenuItem{i})[0]
		label := at.Title.In(c.Words.Lang())
		if label == "" {
			label = c.Words.T(whyGone)
		}
		out = append(out, ui.Option{Value: i.To, Label: label})
	}
	return out, err
}

func (m *Module) leadsNow(c staffer, kind string) bool { return m.leads(atStore(c), kind) }
