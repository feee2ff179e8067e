package cms

import (
	"errors"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/kit/ui"
)

// restyles saves a design that somebody made from what is stored.
func (w *world) restyles(t *testing.T, change func(*Design)) {
	t.Helper()
	s, err := w.Styling(t.Context(), w.at.Store)
	must(t, err)
	d := DesignOf("atelier")
	if s.Revision > 0 {
		d, err = readDesign(s.Text)
		must(t, err)
	}
	change(&d)
	must(t, w.SaveDesign(t.Context(), w.at.Store, Designing{Design: d, Seen: s.Revision, By: lena}))
}

func (w *world) publishes(t *testing.T) {
	t.Helper()
	s, err := w.Styling(t.Context(), w.at.Store)
	must(t, err, w.PublishDesign(t.Context(), w.at.Store, s.Revision, lena))
}

// wearsAccent holds what shoppers see to an accent.
func (w *world) wearsAccent(t *testing.T, in tenant.Store, accent string) {
	t.Helper()
	if got := w.Look(t.Context(), in, "studio").Theme.Light.Accent; got != accent {
		t.Errorf("shoppers see the accent %s, want %s", got, accent)
	}
}

// Every preset is a design that can be published, and is drawn as the preset is.
func TestPresetsAreDesigns(t *testing.T) {
	t.Parallel()
	for _, p := range ui.Presets {
		d := DesignOf(p.Code)
		if err := d.check().OrNil(); err != nil {
			t.Errorf("%s: %v", p.Code, err)
		}
		if faint := d.Faint(); len(faint) > 0 {
			t.Errorf("%s has faint colours: %v", p.Code, faint)
		}
		text, err := d.text()
		must(t, err)
		again, err := readDesign(text)
		must(t, err)
		if again != d {
			t.Errorf("%s is stored as something else: %+v", p.Code, again)
		}
		if got, want := d.Theme().CSS(), p.CSS(); got != want && p.Fonts.Weight == ui.Faces[0].Weight {
			t.Errorf("%s is drawn as something else:\n%s\n%s", p.Code, got, want)
		}
	}
}

// A design is drafted, published, changed, rolled back and hidden; shoppers see what
// was published, and another store sees nothing of it.
func TestDesign(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		preset := ui.Studio.Light.Accent
		w.wearsAccent(t, in, preset)
		w.restyles(t, func(d *Design) { d.Light.Accent = "#5a2fd6" })
		w.wearsAccent(t, in, preset)
		w.publishes(t)
		w.wearsAccent(t, in, "#5a2fd6")
		w.wearsAccent(t, w.other.Store, preset)

		w.restyles(t, func(d *Design) { d.Light.Accent = "#8a1c48"; d.Layout.Header = "bar" })
		w.wearsAccent(t, in, "#5a2fd6")
		w.publishes(t)
		w.wearsAccent(t, in, "#8a1c48")
		if err := w.PublishDesign(ctx, in, 2, lena); !errors.Is(err, errSame) {
			t.Errorf("published twice: %v", err)
		}

		w.restyles(t, func(d *Design) { d.Light.Accent = "#1d3f8f" })
		must(t, w.RollBack(ctx, in, 1, paul))
		w.wearsAccent(t, in, "#5a2fd6")
		s, err := w.Styling(ctx, in)
		must(t, err)
		if d, err := readDesign(s.Text); err != nil || d.Light.Accent != "#1d3f8f" || s.State() != Changed || s.Revision != 3 {
			t.Errorf("rolling back changed the draft: %+v, %s, %v", d.Light, s.State(), err)
		}
		must(t, w.RestoreDesign(ctx, in, 2, paul), w.RestoreDesign(ctx, in, 2, paul))
		if s, _ = w.Styling(ctx, in); s.Revision != 4 || s.Editor != "Paul" {
			t.Errorf("restored to revision %d by %s", s.Revision, s.Editor)
		}
		all, err := w.DesignVersions(ctx, in, 0, 10)
		must(t, err)
		if len(all) != 2 || all[0].Number != 2 || all[0].Author != "Lena" {
			t.Errorf("versions %+v", all)
		}
		must(t, w.HideDesign(ctx, in, lena))
		w.wearsAccent(t, in, preset)
		if err := w.HideDesign(ctx, in, lena); !errors.Is(err, errHidden) {
			t.Errorf("hidden twice: %v", err)
		}
		if err := w.RollBack(ctx, in, 9, lena); !errors.Is(err, errUnknown) {
			t.Errorf("rolled back to what never was: %v", err)
		}
	})
}

// Two editors: the second one is told, and nothing of either is lost.
func TestDesignConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		mine, theirs := DesignOf("market"), DesignOf("salon")
		must(t, w.SaveDesign(ctx, in, Designing{Design: theirs, By: paul}))
		for _, seen := range []int64{0, 2, 7} {
			if err := w.SaveDesign(ctx, in, Designing{Design: mine, Seen: seen, By: lena}); !errors.Is(err, ErrChanged) {
				t.Errorf("who saw %d: %v", seen, err)
			}
			if err := w.PublishDesign(ctx, in, seen, lena); !errors.Is(err, ErrChanged) {
				t.Errorf("published by who saw %d: %v", seen, err)
			}
		}
		must(t, w.SaveDesign(ctx, in, Designing{Design: mine, Seen: 1, By: lena}))
		s, err := w.Styling(ctx, in)
		must(t, err)
		if d, _ := readDesign(s.Text); d.Preset != "market" || s.Revision != 2 {
			t.Errorf("stored is %s at %d", d.Preset, s.Revision)
		}
	})
}

// What cannot be read by everybody is kept as a draft and not published; colours
// that nobody sees do not count.
func TestFaintDesign(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		w.restyles(t, func(d *Design) { d.Dark.Mute = "#333333" })
		s, err := w.Styling(ctx, in)
		must(t, err)
		if err := w.PublishDesign(ctx, in, s.Revision, lena); !errors.Is(err, errDesignFaint) {
			t.Errorf("published with faint colours: %v", err)
		}
		w.restyles(t, func(d *Design) { d.Scheme = "light" })
		w.publishes(t)
		if css := w.Look(ctx, in, "studio").Theme.CSS(); !strings.Contains(css, "color-scheme:light;") {
			t.Errorf("there is a dark scheme: %s", css)
		}
		w.restyles(t, func(d *Design) { d.Scheme = "auto"; d.Dark.Mute = d.Dark.Faint()[0].Better })
		w.publishes(t)
	})
}

// What is wrong is refused beside its field, and nothing is stored.
func TestDesignChecks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for field, change := range map[string]func(*Design){
			"light.ink": func(d *Design) { d.Light.Ink = "red;}body{display:none" },
			"dark.base": func(d *Design) { d.Dark.Base = "#fff" },
			"display":   func(d *Design) { d.Display = "comic" },
			"body":      func(d *Design) { d.Body = "oswald" },
			"radius":    func(d *Design) { d.Radius = "9000px" },
			"header":    func(d *Design) { d.Layout.Header = "../x" },
			"shadow":    func(d *Design) { d.Shadow = "huge" },
			"scheme":    func(d *Design) { d.Scheme = "sepia" },
			"logo":      func(d *Design) { d.Logo = "https://evil.example/logo.png" },
			"preset":    func(d *Design) { d.Preset = "none" },
			"rules":     func(d *Design) { d.Rules = strings.Repeat("p{color:red}", 2000) },
		} {
			d := DesignOf("atelier")
			change(&d)
			err := w.SaveDesign(t.Context(), w.at.Store, Designing{Design: d, By: lena})
			if !errors.Is(err, errDesign) || !strings.Contains(err.Error(), field) {
				t.Errorf("%s: %v", field, err)
			}
		}
		if s, err := w.Styling(t.Context(), w.at.Store); err != nil || s.Revision != 0 {
			t.Errorf("stored %+v, %v", s, err)
		}
	})
}

// A design that is broken where it is stored breaks no storefront: the last good
// version is seen, else the preset, and staff are told.
func TestBrokenDesign(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		w.restyles(t, func(d *Design) { d.Light.Accent = "#5a2fd6" })
		w.publishes(t)
		w.restyles(t, func(d *Design) { d.Light.Accent = "#8a1c48" })
		w.publishes(t)
		spoil := func(n int64, text string) {
			t.Helper()
			must(t, db.Do(ctx, w.kit.DB, in, func(tx mediaTx) error {
				s, err := findDesign(ctx, tx)
				if err != nil {
					return err
				}
				s.Versions, s.Live = n, n
				if err := insertDesignVersion(ctx, tx, DesignVersion{Number: n, Text: text, Author: "x", At: tx.Now()}); err != nil {
					return err
				}
				return keepDesign(ctx, tx, s, false)
			}))
			w.worn.forget(in)
		}
		for i, text := range []string{`{"preset":`, `null`, `{"preset":"gone"}`} {
			spoil(int64(i)+3, text)
			w.wearsAccent(t, in, "#8a1c48")
			if w.Broken(in) != errDesignBad.Code {
				t.Errorf("%s: staff are told %q", text, w.Broken(in))
			}
		}
		for i := range 5 {
			spoil(int64(i)+6, "x")
		}
		w.wearsAccent(t, in, ui.Studio.Light.Accent)
		if err := w.RollBack(ctx, in, 7, lena); !errors.Is(err, errDesignBad) {
			t.Errorf("rolled back to what is broken: %v", err)
		}
		must(t, w.RollBack(ctx, in, 1, lena))
		w.wearsAccent(t, in, "#5a2fd6")
		if w.Broken(in) != "" {
			t.Error("staff are told of what is mended")
		}
		must(t, w.kit.DB.Close())
		w.worn.forget(in)
		w.wearsAccent(t, in, "#5a2fd6")
	})
}
