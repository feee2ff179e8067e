package cms

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
)

// ids are the sections of a list, in their order.
func ids(all []Section) string {
	var out []string
	for _, s := range all {
		id := s.ID
		if s.Gone {
			id = "(" + id + ")"
		}
		out = append(out, id)
	}
	return strings.Join(out, " ")
}

func row(names ...string) []Section {
	var out []Section
	for _, id := range names {
		bare := strings.Trim(id, "()")
		out = append(out, Section{ID: bare, Kind: "cms.text", Gone: bare != id, Value: json.RawMessage(`{}`)})
	}
	return out
}

func TestSectionsAreMoved(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		got  func() ([]Section, error)
		want string
	}{
		"up":                       {func() ([]Section, error) { return step(row("1", "2", "3"), "3", -1) }, "1 3 2"},
		"down":                     {func() ([]Section, error) { return step(row("1", "2", "3"), "1", 1) }, "2 1 3"},
		"the first one up":         {func() ([]Section, error) { return step(row("1", "2"), "1", -1) }, "1 2"},
		"over a deleted one":       {func() ([]Section, error) { return step(row("1", "(2)", "3"), "3", -1) }, "3 1 (2)"},
		"all at once":              {func() ([]Section, error) { return arrangeSections(row("1", "2", "3"), []string{"3", "1", "2"}), nil }, "3 1 2"},
		"deleted ones stay behind": {func() ([]Section, error) { return arrangeSections(row("1", "(2)", "3"), []string{"3", "1"}), nil }, "3 1 (2)"},
		"twice and unknown":        {func() ([]Section, error) { return arrangeSections(row("1", "2"), []string{"2", "2", "9"}), nil }, "1 2"},
		"behind another":           {func() ([]Section, error) { return placeSection(row("1", "2"), Section{ID: "3"}, "1"), nil }, "1 3 2"},
		"room is made":             {func() ([]Section, error) { return kept(row("1", "(2)", "3")), nil }, "1 3"},
	} {
		got, err := c.got()
		if err != nil || ids(got) != c.want {
			t.Errorf("%s: %s, %v, want %s", what, ids(got), err, c.want)
		}
	}
	if _, err := step(row("1"), "7", 1); !errors.Is(err, errNoSection) {
		t.Errorf("one that is not there: %v", err)
	}
	if id := freeID(row("1", "12", "(30)")); id != "31" {
		t.Errorf("a new one is %s", id)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"": true, "/products": true, "/categories/a?b=c#d": true, "#faq": true, "https://example.com/a": true,
		"javascript:alert(1)": false, "JaVaScRiPt:alert(1)": false, "data:text/html,x": false, "//evil.example": false, "http://example.com": false,
		"https://me@evil.example": false, "/\\evil.example": false, "products": false, "https:": false, "/a\"onclick=x": false,
	} {
		if got := goodAddress(address); got != want {
			t.Errorf("goodAddress(%q) is %v", address, got)
		}
	}
}

// broken is a kind of section that fails, as it is told.
type broken struct {
	How string `json:"how"`
}

func (s *broken) Fields() []cmsapi.Field {
	return []cmsapi.Field{{Name: "how", Key: "cms.title", Shape: cmsapi.Plain, One: &s.How}}
}

func (s *broken) Draw(context.Context, cmsapi.Spot) (cmsapi.Drawing, error) {
	switch s.How {
	case "error":
		return nil, errors.New("the database is away")
	case "panic":
		panic("a filler's mistake")
	}
	return func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a sec")
		if s.How == "late" {
			panic("half way")
		}
		_, err := io.WriteString(w, "tion")
		return err
	}, nil
}

// breaks lets the program have a kind of section that can break, of a module that
// is off once it is told so.
func (w *world) breaks(off *bool) {
	hub := slot.NewHub(w.kit.Log)
	hub.Add(w.fills()...)
	hub.Add(cmsapi.Sections.Fill("odd", 50, func(context.Context, struct{}) (cmsapi.Kind, error) {
		return cmsapi.Kind{Module: "odd", Code: "broken", New: func() cmsapi.Section { return &broken{} }}, nil
	}))
	need := w.need
	need.Kit.Slots = hub
	need.Enabled = func(_ tenant.PlatformID, module string) bool { return module != "odd" || !*off }
	w.Module = New(need)
}

// home publishes a home page of these sections.
func (w *world) home(t *testing.T, sections ...Section) PageID {
	t.Helper()
	ctx, in := t.Context(), w.at.Store
	id, err := w.StartHome(ctx, w.at, i18n.En, lena)
	must(t, err)
	rev, err := w.Stores.Compose(ctx, in, id, Composing{Seen: 1, By: lena, Do: func([]Section) ([]Section, error) { return sections, nil }})
	must(t, err, w.Stores.Publish(ctx, in, id, rev, lena))
	return id
}

func section(id, kind, value string) Section {
	return Section{ID: id, Kind: kind, Value: json.RawMessage(value)}
}

// Whatever a section does, the page stands, and staff see why it is not on it.
func TestBrokenSections(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		off := false
		w.breaks(&off)
		id := w.home(t,
			section("1", "cms.text", `{"body":{"en":"<p>Before.</p>"}}`), section("2", "odd.broken", `{"how":"error"}`), section("3", "odd.broken", `{"how":"panic"}`),
			section("4", "odd.broken", `{"how":"late"}`), section("5", "odd.broken", `{"how":"no"}`), section("6", "cms.text", `{"body":{"en":"<p>Behind.</p>"}}`))
		f := serve(t, w)
		f.wants(200, "", "GET", "/", nil, "<p>Before.</p>", "half a section", "<p>Behind.</p>", "!half a sec<")
		studio := "/store/pages/" + id.String() + "/sections"
		page := f.wants(200, "lena", "GET", studio, nil, "Readers see the page without it")
		if n := strings.Count(page, "section-problem"); n != 3 {
			t.Errorf("staff see %d problems, want 3", n)
		}
		off = true
		f.wants(200, "", "GET", "/", nil, "<p>Before.</p>", "!half a sec", "<p>Behind.</p>")
		f.wants(200, "lena", "GET", studio, nil, "The module that this section comes from is off")
		off = false
		f.wants(200, "", "GET", "/", nil, "half a section")

		// What cannot be read any more is left out, and cannot be published.
		bad := section("7", "cms.faq", `{"items":"no list"}`)
		p := wants(t, w.Stores, w.at.Store, id, Published, 2)
		rev, err := w.Stores.Compose(t.Context(), w.at.Store, id, Composing{Seen: p.Revision, By: lena, Do: func(all []Section) ([]Section, error) { return append(all, bad), nil }})
		must(t, err)
		if err := w.Stores.Publish(t.Context(), w.at.Store, id, rev, lena); !errors.Is(err, errUnfinished) {
			t.Errorf("a section that cannot be read is published: %v", err)
		}
		f.wants(200, "lena", "GET", studio, nil, "cannot be read any more")
		f.wants(200, "lena", "GET", studio+"/7", nil, "Questions")
		f.wants(200, "", "GET", "/", nil, "<p>Behind.</p>")
	})
}

// A store has the home page that its platform has, until it makes its own; without
// either, the one that is made of its profile.
func TestWhoseHome(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.wants(200, "", "GET", "/", nil, "<h1>Maison</h1>")
		shared := Writing{Tier: Default, Home: true, Lang: i18n.En, By: lena, Content: Content{Head: Head{Title: w.homeTitle()}, Sections: []Section{section("1", "cms.text", `{"body":{"en":"<p>Of all on {platform}.</p>"}}`)}}}
		write(t, w.Platforms, w.at.Platform, shared)
		f.wants(200, "", "GET", "/", nil, "Of all on Orion.", `<h1 class="sr-only">Maison</h1>`)
		to := f.wants(303, "lena", "POST", "/store/pages/home", nil)
		f.wants(200, "lena", "GET", to, nil, "Of all on")
		f.wants(303, "lena", "POST", "/store/pages/home", nil) // it is there already
		id := mustParse(t, to)
		must(t, w.Stores.Publish(t.Context(), w.at.Store, id, 1, lena))
		if links, err := w.Links(t.Context(), w.at); err != nil || len(links) != 1 || links[0].Tier != Own || links[0].Path() != "/" {
			t.Errorf("the store has %+v, %v", links, err)
		}
		f.wants(404, "", "GET", "/pages/", nil)
		must(t, w.Stores.Delete(t.Context(), w.at.Store, id, lena))
		f.wants(200, "", "GET", "/", nil, "Of all on Orion.")
	})
}

// A draft that was not finished when its time came stays a draft, and staff see it.
func TestDueAndUnfinished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id := w.home(t, section("1", "cms.text", `{"body":{"en":"<p>One.</p>"}}`))
		rev, err := w.Stores.Compose(ctx, in, id, Composing{Seen: 2, By: lena, Do: func(all []Section) ([]Section, error) {
			return append(all, section("2", "cms.video", `{}`)), nil
		}})
		must(t, err, w.Stores.Schedule(ctx, in, id, w.Clock.Now().Add(time.Hour), lena))
		w.Clock.Advance(2 * time.Hour)
		w.settle(t)
		f := serve(t, w)
		f.wants(200, "", "GET", "/", nil, "One.")
		f.wants(200, "lena", "GET", "/store"+sectionsPath(id), nil, "Not published at its time", "Something that must be filled in is empty")
		wants(t, w.Stores, in, id, Changed, rev)
	})
}

func TestStudio(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		studio := f.wants(303, "lena", "POST", "/store/pages/home", nil)
		seen := func() string {
			page := f.wants(200, "lena", "GET", studio, nil)
			_, after, _ := strings.Cut(page, `data-seen="`)
			n, _, _ := strings.Cut(after, `"`)
			return n
		}
		add := func(kind string) string {
			return f.wants(303, "lena", "POST", studio+"?kind="+kind+"&seen="+seen(), nil)
		}
		faq := add("cms.faq")
		f.wants(200, "lena", "GET", faq, nil, "Questions and answers", "Show in the preview")
		form := url.Values{
			"revision": {seen()}, "title_en": {" Asked  often "}, "title_fr": {"Souvent"}, "questions.count": {"3"},
			"questions.0.question_en": {"Second?"}, "questions.0.answer_en": {"<b>Yes.</b><script>x()</script>"}, "questions.0.place": {"1"},
			"questions.1.question_en": {"First?"}, "questions.1.place": {"0"}, "questions.2.place": {"2"},
		}
		f.wants(303, "lena", "POST", faq, form)
		page := f.wants(200, "lena", "GET", studio, nil, "Asked often", "/pages/preview/")
		_, after, _ := strings.Cut(page, "/pages/preview/")
		token, _, _ := strings.Cut(after, "?")
		shown := f.wants(200, "", "GET", "/pages/preview/"+token, nil, "Asked often", "<b>Yes.</b>", "!<script>x")
		if strings.Index(shown, "First?") > strings.Index(shown, "Second?") {
			t.Error("the order of the questions was not taken")
		}
		f.wants(409, "paul", "POST", faq, form, "Somebody else changed this page")
		tried := url.Values{"title_en": {"Only tried"}, "questions.count": {"1"}, "questions.0.question_en": {"Why?"}}
		f.wants(200, "", "POST", "/pages/preview/"+token+"/2", tried, "Only tried")
		f.wants(200, "", "GET", "/pages/preview/"+token, nil, "Asked often", "!Only tried")
		f.wants(404, "", "POST", "/pages/preview/"+token[:len(token)-3]+"AAA/2", tried)

		video := add("cms.video")
		f.wants(422, "lena", "POST", video, url.Values{"revision": {seen()}, "href": {"javascript:x()"}}, "begins with https://")
		f.wants(422, "lena", "POST", video, url.Values{"revision": {seen()}, "href": {""}}, "Please fill this in")
		f.wants(303, "lena", "POST", video, url.Values{"revision": {seen()}, "href": {"https://video.example/1"}})
		act := func(id, what string) { f.wants(303, "lena", "POST", studio+"/"+id+"/"+what+"?seen="+seen(), nil) }
		order := func(want string) {
			t.Helper()
			p, err := w.Stores.Page(t.Context(), w.at.Store, mustParse(t, studio))
			if must(t, err); ids(p.Sections) != want {
				t.Errorf("the sections are %s, want %s", ids(p.Sections), want)
			}
		}
		order("1 2 3")
		act("3", "up")
		act("1", "copy")
		order("1 4 3 2")
		act("4", "delete")
		act("3", "hide")
		order("1 (4) 3 2")
		f.wants(200, "", "GET", "/pages/preview/"+token, nil, "!video.example")
		f.wants(303, "lena", "POST", studio+"/4/back", nil)
		f.wants(303, "lena", "POST", studio+"/order?seen="+seen(), url.Values{"section": {"2", "3", "1", "4"}})
		order("2 3 1 4")
		f.wants(303, "lena", "POST", studio+"/2/down?seen=1", nil) // was not seen
		order("2 3 1 4")
		act("4", "delete")
		f.wants(303, "lena", "POST", "/store/pages/"+mustParse(t, studio).String()+"/publish", url.Values{"revision": {seen()}, "back": {"sections"}})
		order("2 3 1")
		f.wants(200, "", "GET", "/", nil, "Asked often", "!video.example")
		act("2", "delete")
		f.wants(200, "lena", "GET", strings.TrimSuffix(studio, "/sections")+"/versions?n=1", nil, "Questions and answers")
		f.wants(303, "lena", "POST", strings.TrimSuffix(studio, "/sections")+"/restore", url.Values{"number": {"1"}})
		order("2 3 1")
	})
}
