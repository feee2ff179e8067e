package ui_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
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
			token := func(name string) string { return tokens[name][i] }
			for name, pair := range map[string][2]string{
				"focus ring on base":  {p.Accent, p.Base},
				"focus ring on panel": {p.Accent, p.Panel},
				"focus ring on sunk":  {p.Accent, p.Sunk},
				"edge on base":        {token("edge"), p.Base},
				"edge on panel":       {token("edge"), p.Panel},
			} {
				if got := contrast(pair[0], pair[1]); got < 3 {
					t.Errorf("%s %s: %s has %.2f, want 3", theme.Code, scheme, name, got)
				}
			}
			for name, pair := range map[string][2]string{
				"ink on wash":      {p.Ink, p.Wash},
				"mute on wash":     {p.Mute, p.Wash},
				"accent on sunk":   {p.Accent, p.Sunk},
				"ok on base":       {token("ok"), p.Base},
				"ok on panel":      {token("ok"), p.Panel},
				"warn on base":     {token("warn"), p.Base},
				"warn on panel":    {token("warn"), p.Panel},
				"bad on base":      {token("bad"), p.Base},
				"bad on panel":     {token("bad"), p.Panel},
				"ink on bad wash":  {p.Ink, token("bad-wash")},
				"ink on warn wash": {p.Ink, token("warn-wash")},
				"ink on ok wash":   {p.Ink, token("ok-wash")},
				"ink on base":      {p.Ink, p.Base},
				"ink on panel":     {p.Ink, p.Panel},
				"ink on sunk":      {p.Ink, p.Sunk},
				"mute on base":     {p.Mute, p.Base},
				"mute on panel":    {p.Mute, p.Panel},
				"mute on sunk":     {p.Mute, p.Sunk},
				"accent on base":   {p.Accent, p.Base},
				"accent on panel":  {p.Accent, p.Panel},
				"accent on wash":   {p.Accent, p.Wash},
				"text on accent":   {p.OnAccent, p.Accent},
				"base on ink":      {p.Base, p.Ink},
			} {
				if got := contrast(pair[0], pair[1]); got < 4.5 {
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
			if got := contrast(tokens[pair.over][i], tokens[pair.under][i]); got < pair.want {
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
	if strings.Count(css, "}") != 1 || !strings.Contains(css, "--r:initial;") {
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

// contrast is the ratio of WCAG 2 between two colours like "#fbfaf8".
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(hex string) float64 {
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	rgb, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return math.NaN()
	}
	channel := func(v uint64) float64 {
		c := float64(v&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(rgb>>16) + 0.7152*channel(rgb>>8) + 0.0722*channel(rgb)
}
