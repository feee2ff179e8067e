package ui_test

import (
	"cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"orion/kit/ui"
)

// TestContrast holds every preset to WCAG AA in both schemes: text 4.5, what
// must be seen without being read 3. Disabled controls are exempt.
func TestContrast(t *testing.T) {
	t.Parallel()
	tokens := tokensOf(t)
	for _, theme := range ui.Presets {
		for i, p := range []ui.Palette{theme.Light, theme.Dark} {
			scheme := [...]string{"light", "dark"}[i]
			for _, f := range p.Faint() {
				t.Errorf("%s %s: %s on %s has %.2f, want %.1f", theme.Code, scheme, f.Over, f.Under, f.Got, f.Want)
			}
			changed := p.Signals(i == 1)
			token := func(name string) string { return cmp.Or(changed[name], tokens[name][i]) }
			for name, pair := range map[string][2]string{
				"focus ring on base":  {p.Accent, p.Base},
				"focus ring on panel": {p.Accent, p.Panel},
				"focus ring on sunk":  {p.Accent, p.Sunk},
				"edge on base":        {token("edge"), p.Base},
				"edge on panel":       {token("edge"), p.Panel},
			} {
				if got := ui.Contrast(pair[0], pair[1]); got < 3 {
					t.Errorf("%s %s: %s has %.2f, want 3", theme.Code, scheme, name, got)
				}
			}
			for name, pair := range map[string][2]string{
				"ok on base":       {token("ok"), p.Base},
				"ok on panel":      {token("ok"), p.Panel},
				"warn on base":     {token("warn"), p.Base},
				"warn on panel":    {token("warn"), p.Panel},
				"bad on base":      {token("bad"), p.Base},
				"bad on panel":     {token("bad"), p.Panel},
				"ink on bad wash":  {p.Ink, token("bad-wash")},
				"ink on warn wash": {p.Ink, token("warn-wash")},
				"ink on ok wash":   {p.Ink, token("ok-wash")},
				"base on ink":      {p.Base, p.Ink},
			} {
				if got := ui.Contrast(pair[0], pair[1]); got < 4.5 {
					t.Errorf("%s %s: %s has %.2f, want 4.5", theme.Code, scheme, name, got)
				}
			}
		}
	}
}

// TestTokenContrast does the same for the colours of the staff pages, as the
// style sheet has them.
func TestTokenContrast(t *testing.T) {
	t.Parallel()
	tokens := tokensOf(t)
	for _, pair := range []struct {
		over, under string
		want        float64
	}{
		{"ink", "base", 7},
		{"ink", "panel", 7},
		{"ink", "sunk", 7},
		{"mute", "base", 4.5},
		{"mute", "panel", 4.5},
		{"mute", "sunk", 4.5},
		{"accent", "panel", 4.5},
		{"accent", "wash", 4.5},
		{"accent", "base", 4.5},
		{"accent", "sunk", 4.5},
		{"ink", "wash", 4.5},
		{"mute", "wash", 4.5},
		{"base", "ink", 4.5},
		{"ink", "bad-wash", 4.5},
		{"ink", "warn-wash", 4.5},
		{"bad", "base", 4.5},
		{"warn", "panel", 4.5},
		{"warn", "base", 4.5},
		{"ok", "panel", 4.5},
		{"ok", "base", 4.5},
		{"on-accent", "accent", 4.5},
		{"ok", "ok-wash", 4.5},
		{"warn", "warn-wash", 4.5},
		{"bad", "bad-wash", 4.5},
		{"bad", "panel", 4.5},
		{"on-bad", "bad", 4.5},
		{"edge", "panel", 3},
		{"edge", "base", 3},
	} {
		for i, scheme := range []string{"light", "dark"} {
			if got := ui.Contrast(tokens[pair.over][i], tokens[pair.under][i]); got < pair.want {
				t.Errorf("%s: %s on %s has %.2f, want %.1f", scheme, pair.over, pair.under, got, pair.want)
			}
		}
	}
}

// tokensOf reads the colours of the style sheet: light and dark, by name.
func tokensOf(t *testing.T) map[string][2]string {
	t.Helper()
	css, err := os.ReadFile("../../assets/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string][2]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)`).FindAllStringSubmatch(string(css), -1) {
		tokens[m[1]] = [2]string{m[2], m[3]}
	}
	return tokens
}

func TestThemeCSS(t *testing.T) {
	t.Parallel()
	theme := ui.Atelier
	theme.Radius = "0}body{display:none"
	css := theme.CSS()
	if strings.Contains(css, "body{display") || !strings.Contains(css, "--r:initial;") {
		t.Errorf("a value left its declaration: %s", css)
	}
	if !strings.Contains(css, "--accent:light-dark(#3d4f3f,#b9cdb9);") {
		t.Errorf("the accent is missing: %s", css)
	}
}

func TestThemeFiles(t *testing.T) {
	t.Parallel()
	for _, theme := range ui.Presets {
		if n := len(theme.Files()); n < 1 || n > 2 {
			t.Errorf("%s sends %d fonts", theme.Code, n)
		}
	}
}

// A preset is a preset of its own: no two are set in the same letters, and each is
// arranged as no other is.
func TestPresetsDiffer(t *testing.T) {
	t.Parallel()
	if len(ui.Presets) != 8 {
		t.Fatalf("there are %d presets", len(ui.Presets))
	}
	letters, arranged := map[string]string{}, map[ui.Layout]string{}
	for _, p := range ui.Presets {
		if other, ok := letters[p.Fonts.Display.Family]; ok {
			t.Errorf("%s and %s have the same letters", p.Code, other)
		}
		if other, ok := arranged[p.Layout]; ok {
			t.Errorf("%s and %s are arranged alike", p.Code, other)
		}
		letters[p.Fonts.Display.Family], arranged[p.Layout] = p.Code, p.Code
		if display, body := p.Fonts.Codes(); display == "" || body == "" {
			t.Errorf("%s has letters without a name", p.Code)
		}
	}
}

// What a theme arranges is among what there is, has rules, and sends no others.
func TestLooks(t *testing.T) {
	t.Parallel()
	for _, p := range ui.Presets {
		for code, look := range map[string]string{
			"header": p.Layout.Header, "hero": p.Layout.Hero, "card": p.Layout.Card, "product": p.Layout.Product,
			"footer": p.Layout.Footer, "type": p.Layout.Type, "shadow": p.Shadow,
		} {
			if look != "" && !slices.Contains(ui.PartNamed(code).Looks, look) {
				t.Errorf("%s: there is no %s %q", p.Code, code, look)
			}
		}
	}
	plain := ui.Theme{Code: "none"}
	if css := plain.CSS(); strings.Contains(css, "@layer") {
		t.Errorf("a theme without arrangements sends rules: %s", css)
	}
	for _, part := range ui.Parts {
		for i, look := range part.Looks {
			of := ui.Theme{Code: "none"}
			*map[string]*string{
				"header": &of.Layout.Header, "hero": &of.Layout.Hero, "card": &of.Layout.Card, "product": &of.Layout.Product,
				"footer": &of.Layout.Footer, "type": &of.Layout.Type, "shadow": &of.Shadow,
			}[part.Code] = look
			css := of.CSS()
			if has := strings.Contains(css, "@layer"); has != (i > 0) {
				t.Errorf("%s %s: rules are sent: %v", part.Code, look, has)
			}
			if strings.Count(css, "{") != strings.Count(css, "}") {
				t.Errorf("%s %s has a rule that does not end", part.Code, look)
			}
		}
	}
}

// A colour that is too faint is named with the nearest shade that is not, and what
// no shade can mend says so.
func TestFaint(t *testing.T) {
	t.Parallel()
	p := ui.Atelier.Light
	p.Mute = "#b0a79a"
	faint := p.Faint()
	if len(faint) != 4 || faint[0].Over != "mute" || faint[0].Under != "base" {
		t.Fatalf("found %+v", faint)
	}
	better := faint[0].Better
	if p.Mute = better; len(p.Faint()) > 0 {
		t.Errorf("%s is no better: %+v", better, p.Faint())
	}
	if got := ui.Contrast(better, p.Sunk); got > 4.7 {
		t.Errorf("%s is further away than it needs to be: %.2f", better, got)
	}
	p.Panel, p.Base = "#000000", "#ffffff"
	if faint := p.Faint(); len(faint) == 0 || faint[0].Better != "" {
		t.Errorf("a shade is said to stand out from black and from white: %+v", faint)
	}
	p.Ink = "red"
	if !slices.ContainsFunc(p.Faint(), func(f ui.Faint) bool { return f.Over == "ink" }) {
		t.Error("what is no colour has contrast")
	}
}
