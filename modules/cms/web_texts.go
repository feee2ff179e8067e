package cms

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
	"orion/modules/cms/textsapi"
)

func (m *Module) textRoutes(mux *web.Mux[web.Store]) {
	may := web.Need(MayTranslate)
	mux.Get("/translations", may, m.textsPage)
	mux.Post("/translations/scan", may, m.scanPost)
	mux.Get("/translations/export", may, m.textsExport)
	mux.Get("/translations/sent", may, func(c staffer) error { return m.textImportsPage(c, ui.Form{}) })
	mux.Post("/translations/sent", may, m.textImportPost)
	mux.Get("/translations/sent/{id}", may, m.textImportPage)
	mux.Post("/translations/sent/{id}", may, m.textImportWrite)
	mux.Get("/translations/sent/{id}/problems.csv", may, m.textProblems)
	mux.Get("/translations/{area}/{thing}", may, m.textPage)
	mux.Post("/translations/{area}/{thing}", may, m.textPost)
}

// asked is the list that a request is about.
func (m *Module) askedTexts(c staffer) (TextQuery, []i18n.Lang, error) {
	langs := storePlace(c).langs
	q := TextQuery{Lang: i18n.Lang(c.Query("lang")), State: TextsOf(c.Query("state")), Areas: areaNames(m.areas(c.As.In.Platform()))}
	if len(langs) < 2 {
		return q, langs, nil
	}
	if q.Lang == "" {
		q.Lang = langs[1]
	}
	if !slices.Contains(langs[1:], q.Lang) {
		return q, langs, errNoTongue
	}
	if !slices.Contains(textStates, q.State) {
		q.State = TextsOpen
	}
	if area := c.Query("area"); slices.Contains(q.Areas, area) {
		q.Areas = []string{area}
	}
	return q, langs, nil
}

var textStates = []TextsOf{TextsOpen, TextsMissing, TextsChanged, TextsAll}

// textsPage shows how far a store is translated, and what is to be done: three statements.
func (m *Module) textsPage(c staffer) error {
	q, langs, err := m.askedTexts(c)
	if err != nil {
		return err
	}
	q.Request = page.Request{After: c.Query("after"), Limit: rows}
	found, progress, scan, err := m.Texts(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	v := cmsui.Texts{
		Paging: ui.PagingOf("/translations", found.Next, c.Query, "lang", "area", "state"), Langs: langs, Lang: q.Lang, State: string(q.State), Never: scan.Asked.IsZero(),
		Running: scan.Running(), Here: c.R.URL.RequestURI(), Looked: int(scan.Things), Pages: c.As.Grants.Has(MayView),
	}
	if !scan.Ended.IsZero() {
		v.Seen = w.Ago(scan.Ended, m.need.Kit.Clock.Now())
	}
	for _, s := range textStates {
		v.States = append(v.States, ui.Option{Value: string(s), Label: w.T("cms.texts_state_" + string(s))})
	}
	m.showProgress(c, &v, progress)
	for _, r := range found.Items {
		v.Rows = append(v.Rows, cmsui.TextRow{
			Href: textPath(r.Area, r.Thing, v.Paging.Values), Title: r.Title, Area: v.AreaWord(r.Area), Missing: int(r.Missing), Changed: int(r.Changed), Total: int(r.Total),
		})
	}
	if c.IsPartial() {
		return c.Partial(cmsui.TextsState(v))
	}
	return c.Page(web.Head{Title: w.T("cms.translations"), Active: "/pages"}, cmsui.TextsPage(v))
}

// showProgress says how far each area is, and what can be chosen.
func (m *Module) showProgress(c staffer, v *cmsui.Texts, all []TextProgress) {
	for _, a := range m.areas(c.As.In.Platform()) {
		v.Areas = append(v.Areas, ui.Option{Value: a.Name(), Label: c.Words.T(a.Word())})
	}
	v.Area = c.Query("area")
	open := map[i18n.Lang]int{}
	for _, p := range all {
		if v.AreaWord(p.Area) == "" {
			continue
		}
		open[p.Lang] += int(p.Missing + p.Changed)
		if p.Lang == v.Lang && p.Total > 0 {
			v.Progress = append(v.Progress, cmsui.TextProgress{
				Area: p.Area, Label: v.AreaWord(p.Area), Total: int(p.Total), Missing: int(p.Missing), Changed: int(p.Changed),
			})
		}
	}
	slices.SortFunc(v.Progress, func(a, b cmsui.TextProgress) int { return v.Place(a.Area) - v.Place(b.Area) })
	for _, l := range v.Langs[1:] {
		t := ui.Tab{Label: l.Name(), Href: "/translations?lang=" + string(l), Active: l == v.Lang}
		if n := open[l]; n > 0 {
			t.Count = c.Words.Number(n)
		}
		v.Tabs = append(v.Tabs, t)
	}
}

func textPath(area, thing string, q url.Values) string {
	path := "/translations/" + url.PathEscape(area) + "/" + url.PathEscape(thing)
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

func (m *Module) scanPost(c staffer) error {
	if err := m.ScanTexts(c.Context(), c.As.In, storePlace(c).langs); err != nil {
		return err
	}
	return c.Redirect("/translations")
}

// askedThing is the thing that a request is about, in the list that it is from.
func (m *Module) askedThing(c staffer) (w writingTexts, q TextQuery, l Langs, err error) {
	q, all, err := m.askedTexts(c)
	if err != nil {
		return w, q, l, err
	}
	l = Langs{All: all, Into: q.Lang}
	if len(all) < 2 {
		return w, q, l, errNoTongue
	}
	area, err := areaNamed(m.areas(c.As.In.Platform()), c.Param("area"))
	if err != nil {
		return w, q, l, err
	}
	w, err = m.textsOf(c.Context(), c.As.In, area, c.Param("thing"), Tongues{all[0], q.Lang})
	return w, q, l, err
}

// textPage is where a thing is translated: two statements, and those of its module.
func (m *Module) textPage(c staffer) error {
	w, q, l, err := m.askedThing(c)
	if err != nil {
		return err
	}
	return m.showText(c, textForm{writingTexts: w, q: q, langs: l})
}

// textForm is a thing as the page shows it.
type textForm struct {
	writingTexts
	q      TextQuery
	langs  Langs
	state  ui.Form
	met    bool // somebody else wrote it meanwhile
	status int
}

// fieldOf is what a form calls the nth text.
func fieldOf(n int) string { return "text" + strconv.Itoa(n) }

func (m *Module) showText(c staffer, f textForm) error {
	values := url.Values{"lang": {string(f.langs.Into)}, "state": {string(f.q.State)}}
	if len(f.q.Areas) == 1 {
		values.Set("area", f.q.Areas[0])
	}
	next, err := m.nextText(c.Context(), c.As.In, f.q, TextRow{Area: f.area.Name(), Thing: f.thing.Key})
	if err != nil {
		return err
	}
	v := cmsui.TextEditor{
		Title: f.thing.Title.In(f.langs.All[0]), Area: c.Words.T(f.area.Word()), Path: f.thing.Path, From: f.langs.All[0], Into: f.langs.Into, State: f.state,
		Action: textPath(f.area.Name(), f.thing.Key, values), Back: "/translations?" + values.Encode(), Met: f.met, Ahead: f.area.Publish != nil && f.thing.Ahead,
		MayPublish: f.area.Publish != nil && c.As.Grants.Has(MayPublish) && !f.thing.Ahead, Drafts: f.area.Publish != nil,
	}
	if next.Thing != "" {
		v.Next = textPath(next.Area, next.Thing, values)
	}
	for i, j := range f.texts {
		t := cmsui.TextField{
			Name: fieldOf(i), Of: j.Name, Label: textWord(c.Words, j.Text), From: j.From, Into: j.Into, Rich: j.Shape == cmsapi.Rich, Long: j.Shape == cmsapi.Lines || len(j.From) > 90,
			Most: j.Most, State: string(j.State), Mark: mark(j.From),
		}
		if typed, ok := f.state.Values["was_"+t.Name]; f.met && ok && len(typed) > 0 && typed[0] != j.Into {
			t.Stored = true
		}
		v.Texts = append(v.Texts, t)
	}
	if f.status == 0 {
		f.status = http.StatusOK
	}
	return c.PageStatus(f.status, web.Head{Title: v.Title, Active: "/pages"}, cmsui.TextPage(v))
}

// readSaid takes what somebody wrote out of a form.
func readSaid(f *form.Form, all []spoken) (out []textsapi.TextSaid, seen map[string]string) {
	seen = map[string]string{}
	for i, j := range all {
		if name := fieldOf(i); f.Has(name) && f.Raw("of_"+name) == j.Name {
			out = append(out, textsapi.TextSaid{Name: j.Name, Was: f.Raw("was_" + name), Is: f.Raw(name)})
			seen[j.Name] = f.Raw("from_" + name)
		}
	}
	return out, seen
}

func (m *Module) textPost(c staffer) error {
	w, q, l, err := m.askedThing(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	said, seen := readSaid(f, w.texts)
	l.Seen = seen
	thing, err := m.Translate(c.Context(), c.As.In, Translating{Area: w.area.Name(), Thing: w.thing.Key, Said: said, Langs: l, By: c.Actor()})
	shown := textForm{writingTexts: w, q: q, langs: l}
	switch {
	case errors.Is(err, textsapi.ErrTextChanged):
		shown.met, shown.status, shown.state = true, http.StatusConflict, f.State()
		return m.showText(c, shown)
	case err != nil && f.Take(fieldsOf(err, w.texts)):
		shown.status, shown.state = http.StatusUnprocessableEntity, f.State()
		return m.showText(c, shown)
	case err != nil:
		return err
	}
	return m.textSaved(c, shown, thing, f.Raw("then"))
}

// fieldsOf names what is wrong by the fields of the form.
func fieldsOf(err error, all []spoken) error {
	bad := fault.As(err)
	if bad == nil || len(bad.Fields) == 0 {
		return err
	}
	out := *bad
	out.Fields = slices.Clone(bad.Fields)
	for i := range out.Fields {
		at := slices.IndexFunc(all, func(j spoken) bool { return j.Name == out.Fields[i].Name })
		out.Fields[i].Name = fieldOf(at)
	}
	return &out
}

// textSaved says what came of it, publishes where that was asked for, and leads to
// what is next.
func (m *Module) textSaved(c staffer, f textForm, thing textsapi.TextThing, then string) error {
	done := "cms.texts_saved"
	if f.area.Publish != nil {
		done = "cms.texts_saved_draft"
	}
	if then == "publish" && f.area.Publish != nil && c.As.Grants.Has(MayPublish) && !f.thing.Ahead && thing.Ahead {
		err := f.area.Publish(c.Context(), c.As.In, f.thing.Key, c.Actor())
		if e := fault.As(err); err != nil && e.Kind != fault.Conflict && e.Kind != fault.Rule {
			return err
		}
		if done = "cms.texts_published"; err != nil {
			c.Flash("bad", fault.As(err).Code)
			done = "cms.texts_saved_draft"
		}
	}
	next, err := m.nextText(c.Context(), c.As.In, f.q, TextRow{Area: f.area.Name(), Thing: f.thing.Key})
	if err != nil {
		return err
	}
	c.Flash("ok", done)
	values := url.Values{"lang": {string(f.langs.Into)}, "state": {string(f.q.State)}}
	if len(f.q.Areas) == 1 {
		values.Set("area", f.q.Areas[0])
	}
	if next.Thing == "" {
		return c.Redirect("/translations?" + values.Encode())
	}
	return c.Redirect(textPath(next.Area, next.Thing, values))
}
