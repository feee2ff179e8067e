package cms

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/menusapi"
)

// orders are how a menu stands: its entries, those of the second level behind a dot.
func orders(m Menu) string {
	var out []string
	for _, i := range m.Items {
		switch {
		case i.Gone:
		case i.Sub:
			out = append(out, "."+i.ID)
		default:
			out = append(out, i.ID)
		}
	}
	return strings.Join(out, " ")
}

// menuLike is a menu that stands so; h is a heading.
func menuLike(text string) Menu {
	var m Menu
	for _, id := range strings.Fields(text) {
		i := MenuItem{ID: strings.TrimPrefix(id, "."), Kind: asAddress, To: "/x", Label: i18n.Text{i18n.En: id}, Sub: strings.HasPrefix(id, ".")}
		if strings.HasPrefix(id, "h") {
			i.Kind, i.To = asHeading, ""
		}
		m.Items = append(m.Items, i)
	}
	return m
}

// Entries go where they are put, with all below them, and a menu never has more than
// two levels.
func TestMenuOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from, act, want string
		kind                  FittingKind
		err                   error
	}{
		{name: "up takes what is below along", from: "1 2 .3 .4 5", act: "step 2 up", want: "2 .3 .4 1 5"},
		{name: "down goes behind what is below the next", from: "1 2 .3 4", act: "step 1 down", want: "2 .3 1 4"},
		{name: "the first does not go up", from: "1 2", act: "step 1 up", want: "1 2"},
		{name: "the last does not go down", from: "1 2 .3", act: "step 2 down", want: "1 2 .3"},
		{name: "below another one it stays there", from: "1 .2 .3 4", act: "step 3 up", want: "1 .3 .2 4"},
		{name: "the first below another one does not go up", from: "1 .2 .3 4", act: "step 2 up", want: "1 .2 .3 4"},
		{name: "in is below the one above", from: "1 .2 3", act: "step 3 in", want: "1 .2 .3"},
		{name: "out is behind the one that it stood below", from: "1 .2 .3 4", act: "step 2 out", want: "1 .3 2 4"},
		{name: "what has others below it stays on the first level", from: "1 2 .3", act: "step 2 in", want: "1 2 .3", err: errMenuDeep},
		{name: "a heading stays on the first level", from: "1 h2", act: "step h2 in", want: "1 h2", err: errMenuDeep},
		{name: "dragged before another one", from: "1 2 .3 4", act: "move 4 - 1", want: "4 1 2 .3"},
		{name: "dragged below another one", from: "1 2 .3 4", act: "move 4 2 3", want: "1 2 .4 .3"},
		{name: "dragged to the end", from: "1 .2 3", act: "move 1 - -", want: "3 1 .2"},
		{name: "dragged out", from: "1 .2 3", act: "move 2 - 3", want: "1 2 3"},
		{name: "not below itself", from: "1 .2 3", act: "move 1 1 -", want: "1 .2 3"},
		{name: "not before what is below it", from: "1 .2 3", act: "move 1 - 2", want: "1 .2 3"},
		{name: "not below what stands below another one", from: "1 .2 3", act: "move 3 2 -", want: "1 .2 3", err: errMenuDeep},
		{name: "nothing that is not there", from: "1 2", act: "move 9 - -", want: "1 2", err: errNoItem},
		{name: "not before what is not there", from: "1 2", act: "move 1 - 9", want: "1 2", err: errNoItem},
		{name: "at the foot only headings hold others", from: "1 2", act: "step 2 in", want: "1 2", kind: FooterMenu, err: errMenuFlat},
		{name: "a heading at the foot does", from: "h1 2", act: "step 2 in", want: "h1 .2", kind: FooterMenu},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, act := menuLike(c.from), strings.Fields(strings.ReplaceAll(c.act, "-", `""`))
			for i := range act {
				act[i] = strings.Trim(act[i], `"`)
			}
			kind := c.kind
			if kind == "" {
				kind = HeaderMenu
			}
			var err error
			if act[0] == "step" {
				err = m.step(kind, act[1], act[2])
			} else {
				err = m.move(kind, act[1], act[2], act[3])
			}
			if !errors.Is(err, c.err) || orders(m) != c.want {
				t.Errorf("%s is %q, %v; want %q, %v", c.act, orders(m), err, c.want, c.err)
			}
		})
	}
}

// What is deleted comes back where it stood, and what is too much is refused.
func TestMenuDrop(t *testing.T) {
	t.Parallel()
	m := menuLike("1 2 .3 .4 5")
	must(t, m.drop("5", true), m.drop("2", true))
	if got := orders(m); got != "1" {
		t.Errorf("it is %q", got)
	}
	must(t, m.drop("2", false))
	if got := orders(m); got != "1 2 .3 .4" {
		t.Errorf("it came back as %q", got)
	}
	for range maxMenu {
		if err := m.put(MenuItem{Kind: asHeading}); err != nil && !errors.Is(err, errMenuFull) {
			t.Fatal(err)
		}
	}
	if err := m.put(MenuItem{Kind: asHeading}); !errors.Is(err, errMenuFull) {
		t.Errorf("more than %d: %v", maxMenu, err)
	}
}

// Addresses lead to pages, sites, mail and numbers; nothing else does.
func TestMenuAddress(t *testing.T) {
	t.Parallel()
	for s, ok := range map[string]bool{
		"/": true, "/about?x=1#y": true, "https://example.com/a": true, "mailto:hello@example.com": true, "tel:+352 26 12 34": true, "TEL:112": true,
		"javascript:alert(1)": false, "JaVaScript:alert(1)": false, "data:text/html,x": false, "vbscript:x": false, "http://example.com": false, "//evil.example": false,
		"/\\evil.example": false, "https://user:pass@example.com": false, "https://": false, "https:///x": false, "mailto:": false, "mailto:a@b.example?bcc=c@d.example": false,
		"mailto:\"<script>\"@example.com": false, "tel:javascript": false, "about": false, "#x": false, "\x00/": false, "file:///etc/passwd": false, "https://a b": false,
		"/" + strings.Repeat("a", mostAddress): false,
	} {
		if got := checkAddress(errMenuItem, s).OrNil() == nil; got != ok {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// things are what a fake of another module lets menus lead to.
func things(places map[string]menusapi.Place, fail *error) menusapi.Target {
	return menusapi.Target{
		Module: "goods", Code: "thing",
		Choices: func(context.Context, tenant.Store, menusapi.Asked) ([]cmsapi.Option, error) { return nil, nil },
		Find: func(context.Context, tenant.Store, []string) (map[string]menusapi.Place, error) {
			if *fail != nil {
				return nil, *fail
			}
			return places, nil
		},
		Begin: func(context.Context, tenant.Store) ([]string, error) { return []string{"one", "two"}, nil },
	}
}

// arranges begins the header of the store and changes it.
func (w *world) arranges(t *testing.T, kind FittingKind, by auth.Actor, fn func(m *Menu) error) {
	t.Helper()
	must(t, w.changeMenu(t.Context(), w.at.Store, fittingAct{kind, by, "menu_edited"}, fn))
}

// shows holds a store to the links of its header.
func (w *world) shows(t *testing.T, l i18n.Lang, want ...string) {
	t.Helper()
	a := w.Around(t.Context(), w.at, l)
	var got []string
	for _, e := range a.Header {
		got = append(got, e.Label+" "+e.Path)
		for _, below := range e.Items {
			got = append(got, "."+below.Label+" "+below.Path)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("shoppers see %q, want %q", got, want)
	}
}

// A header begins as nobody arranged it, shoppers see it once it is published, and in
// it only what is there for them.
func TestMenus(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		places := map[string]menusapi.Place{"one": {Path: "/one", Title: i18n.Text{i18n.En: "One", i18n.Fr: "Un"}}, "two": {Path: "/two", Title: i18n.Text{i18n.En: "Two"}}}
		var broken error
		w.kit.Slots.Add(menusapi.Targets.Fill("goods", 30, func(context.Context, struct{}) (menusapi.Target, error) { return things(places, &broken), nil }))
		ctx, in := t.Context(), w.at.Store
		about := says("about", "About us", "x")
		about.Header = true
		write(t, w.Stores, in, about)
		if a := w.Around(ctx, w.at, i18n.En); a.OwnHeader || a.OwnFooter || a.OwnBar {
			t.Errorf("nothing is arranged, and shoppers see %+v", a)
		}
		must(t, w.BeginMenu(ctx, w.at, HeaderMenu, 0, lena))
		if err := w.BeginMenu(ctx, w.at, HeaderMenu, 0, paul); !errors.Is(err, ErrChanged) {
			t.Errorf("begun twice: %v", err)
		}
		if a := w.Around(ctx, w.at, i18n.En); a.OwnHeader {
			t.Error("shoppers see a draft")
		}
		must(t, w.WriteItem(ctx, w.at, HeaderMenu, ItemWriting{MenuItem: MenuItem{Kind: asAddress, To: "tel:+352 1", Label: i18n.Text{i18n.En: "Call us"}}, Lang: i18n.En, By: lena}))
		w.arranges(t, HeaderMenu, lena, func(m *Menu) error { return m.step(HeaderMenu, "2", "in") })
		must(t, w.PublishFitting(ctx, in, HeaderMenu, 3, lena))
		w.shows(t, i18n.En, "One /one", ".Two /two", "About us /pages/about", "Call us tel:+352 1")
		w.shows(t, i18n.Fr, "Un /one", ".Two /two", "About us /pages/about", "Call us tel:+352 1")

		places["two"] = menusapi.Place{Path: "/two", Title: i18n.Text{i18n.En: "Two"}, Why: "goods.sold_out"}
		w.shows(t, i18n.En, "One /one", "About us /pages/about", "Call us tel:+352 1")
		delete(places, "one")
		w.shows(t, i18n.En, "About us /pages/about", "Call us tel:+352 1")
		broken = errors.New("no answer")
		w.shows(t, i18n.En, "About us /pages/about", "Call us tel:+352 1")

		must(t, w.HideFitting(ctx, in, HeaderMenu, lena))
		if a := w.Around(ctx, w.at, i18n.En); a.OwnHeader {
			t.Error("it is not as nobody arranged it again")
		}
		if a := w.Around(ctx, w.other, i18n.En); a.OwnHeader {
			t.Error("another store has it")
		}
		must(t, w.RestoreFitting(ctx, in, HeaderMenu, 1, lena))
		if err := w.PublishFitting(ctx, in, HeaderMenu, 2, lena); !errors.Is(err, ErrChanged) {
			t.Errorf("what nobody saw was published: %v", err)
		}
	})
}

// A page that moves takes its entry along; one that is hidden takes it away.
func TestMenuFollowsPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		about := says("about", "About us", "x")
		about.Header = true
		id := write(t, w.Stores, in, about)
		must(t, w.BeginMenu(ctx, w.at, HeaderMenu, 0, lena), w.PublishFitting(ctx, in, HeaderMenu, 1, lena))
		about.Slug, about.Seen = "who-we-are", 1
		must(t, w.Stores.Save(ctx, in, id, about))
		w.shows(t, i18n.En, "About us /pages/who-we-are")
		must(t, w.Stores.Hide(ctx, in, id, lena))
		w.shows(t, i18n.En)
	})
}

// Two people who write different entries do not meet; who writes the same one sees what
// it is by now, and nothing is lost. What is wrong is refused by its field.
func TestMenuMeets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		must(t, w.BeginMenu(ctx, w.at, HeaderMenu, 0, lena))
		item := func(id, label, seen string, by auth.Actor) error {
			return w.WriteItem(ctx, w.at, HeaderMenu, ItemWriting{MenuItem: MenuItem{ID: id, Kind: asAddress, To: "/x", Label: i18n.Text{i18n.En: label}}, Seen: seen, Lang: i18n.En, By: by})
		}
		must(t, item("", "One", "", lena), item("", "Two", "", paul))
		mark := func(id string) string {
			f, err := w.Fitting(ctx, in, HeaderMenu)
			must(t, err)
			menu, err := menuOf(f)
			must(t, err)
			i, err := menu.itemOf(id)
			must(t, err)
			return i.mark()
		}
		one, two := mark("1"), mark("2")
		must(t, item("1", "First", one, lena), item("2", "Second", two, paul))
		if err := item("1", "Erste", one, paul); !errors.Is(err, ErrChanged) {
			t.Errorf("somebody else's entry was lost: %v", err)
		}
		must(t, item("1", "Erste", mark("1"), paul))
		for field, i := range map[string]MenuItem{
			"to":       {Kind: asAddress, To: "javascript:x", Label: i18n.Text{i18n.En: "x"}},
			"label_en": {Kind: asHeading, Label: i18n.Text{i18n.Fr: "x"}},
			"kind":     {Kind: "goods.none", To: "x"},
		} {
			err := w.WriteItem(ctx, w.at, HeaderMenu, ItemWriting{MenuItem: i, Lang: i18n.En, By: lena})
			if e := fault.As(err); err == nil || len(e.Fields) != 1 || e.Fields[0].Name != field {
				t.Errorf("%+v: %v", i, err)
			}
		}
		if err := w.changeMenu(ctx, w.other.Store, fittingAct{HeaderMenu, paul, "menu_moved"}, func(m *Menu) error { return nil }); !errors.Is(err, errNotBegun) {
			t.Errorf("another store's menu: %v", err)
		}
	})
}
