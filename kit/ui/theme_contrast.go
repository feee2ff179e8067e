package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Tokens are the colours of a palette, by name, as pages draw them.
var Tokens = []string{"base", "panel", "sunk", "wash", "line", "ink", "mute", "accent", "on-accent"}

// Token is the place of a colour by its name, nil when there is none.
func (p *Palette) Token(name string) *string {
	switch name {
	case "base":
		return &p.Base
	case "panel":
		return &p.Panel
	case "sunk":
		return &p.Sunk
	case "wash":
		return &p.Wash
	case "line":
		return &p.Line
	case "ink":
		return &p.Ink
	case "mute":
		return &p.Mute
	case "accent":
		return &p.Accent
	case "on-accent":
		return &p.OnAccent
	}
	return nil
}

// pair is two colours that are drawn upon each other, with the contrast that they
// need by WCAG AA: text 4.5, what must be seen without being read 3.
type pair struct {
	over, under string
	want        float64
}

// pairs are all that pages draw upon each other. Hairlines are decoration.
var pairs = []pair{
	{"ink", "base", 4.5},
	{"ink", "panel", 4.5},
	{"ink", "sunk", 4.5},
	{"ink", "wash", 4.5},
	{"mute", "base", 4.5},
	{"mute", "panel", 4.5},
	{"mute", "sunk", 4.5},
	{"mute", "wash", 4.5},
	{"accent", "base", 4.5},
	{"accent", "panel", 4.5},
	{"accent", "sunk", 4.5},
	{"accent", "wash", 4.5},
	{"on-accent", "accent", 4.5},
}

// Faint is a colour that cannot be told well enough from what it is drawn upon.
type Faint struct {
	Over, Under string // tokens
	Got, Want   float64
	// Better is the nearest colour for Over with which it can, empty where no shade
	// of it will do because what is below differs too much.
	Better string
}

// Faint are the pairs of a palette that have too little contrast.
func (p Palette) Faint() []Faint {
	var out []Faint
	for _, of := range pairs {
		over, under := *p.Token(of.over), *p.Token(of.under)
		if got := Contrast(over, under); !(got >= of.want) { // what is no colour has none
			out = append(out, Faint{Over: of.over, Under: of.under, Got: got, Want: of.want, Better: p.better(of.over)})
		}
	}
	return out
}

// better is the nearest shade of a colour that stands out from all that it is drawn upon.
func (p Palette) better(over string) string {
	var under []string
	want := 0.0
	for _, of := range pairs {
		if of.over == over {
			under, want = append(under, *p.Token(of.under)), max(want, of.want)
		}
	}
	return nearest(*p.Token(over), under, want)
}

// nearest is the shade of a colour, darker or lighter by as little as can be, that
// has a contrast to all of the others; empty when there is none.
func nearest(colour string, others []string, want float64) string {
	from, ok := rgbOf(colour)
	if !ok {
		return ""
	}
	for step := range 256 {
		for _, to := range []float64{0, 255} {
			var mixed [3]float64
			for i, c := range from {
				mixed[i] = math.Round(c + (to-c)*float64(step)/255)
			}
			hex := hexOf(mixed)
			if !slices.ContainsFunc(others, func(o string) bool { return !(Contrast(hex, o) >= want) }) {
				return hex
			}
		}
	}
	return ""
}

// signals are the colours of what is well, doubtful or wrong and of the edges of
// fields, as the style sheet has them. Where a theme's page makes one of them hard
// to see, its nearest shade takes its place.
var signals = []struct {
	name        string
	light, dark string
	want        float64
}{
	{"edge", "#8c867b", "#6d717b", 3},
	{"ok", "#17704a", "#5fd3a0", 4.5},
	{"warn", "#8a5a00", "#e9b44c", 4.5},
	{"bad", "#b3261e", "#ff8f86", 4.5},
}

// washes are the grounds of such messages, on which the ink stands.
var washes = []struct{ name, light, dark string }{
	{"ok-wash", "#e6f4ec", "#12301f"},
	{"warn-wash", "#fdf3dd", "#33270d"},
	{"bad-wash", "#fdeceb", "#3a1614"},
}

// Signals are the colours that a palette needs to be other than the style sheet has
// them, by name.
func (p Palette) Signals(dark bool) map[string]string {
	out := map[string]string{}
	for _, s := range signals {
		have := s.light
		if dark {
			have = s.dark
		}
		if to := nearest(have, []string{p.Base, p.Panel}, s.want); to != "" && to != have {
			out[s.name] = to
		}
	}
	for _, w := range washes {
		have := w.light
		if dark {
			have = w.dark
		}
		if !(Contrast(p.Ink, have) >= 4.5) {
			out[w.name] = p.Wash
		}
	}
	return out
}

// signs writes the signals that the theme changes.
func (t Theme) signs(b *strings.Builder) {
	light, dark := t.Light.Signals(false), t.Dark.Signals(true)
	either := func(name, asLight, asDark string) {
		l, changed := light[name]
		d, also := dark[name]
		if !changed && !also {
			return
		}
		if !changed {
			l = asLight
		}
		if !also {
			d = asDark
		}
		write(b, "--", name, ":light-dark(", clean(l), ",", clean(d), ");")
	}
	for _, s := range signals {
		either(s.name, s.light, s.dark)
	}
	for _, w := range washes {
		either(w.name, w.light, w.dark)
	}
}

// Contrast is the ratio of WCAG 2 between two colours like "#fbfaf8", NaN when one
// is none.
func Contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(hex string) float64 {
	rgb, ok := rgbOf(hex)
	if !ok {
		return math.NaN()
	}
	channel := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(rgb[0]) + 0.7152*channel(rgb[1]) + 0.0722*channel(rgb[2])
}

// IsColour tells whether a text is a colour as palettes have them: "#fbfaf8".
func IsColour(text string) bool { _, ok := rgbOf(text); return ok && len(text) == 7 }

func rgbOf(hex string) ([3]float64, bool) {
	hex, ok := strings.CutPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || !ok || len(hex) != 6 {
		return [3]float64{}, false
	}
	return [3]float64{float64(n >> 16), float64(n >> 8 & 0xff), float64(n & 0xff)}, true
}

func hexOf(c [3]float64) string {
	n := uint64(c[0])<<16 | uint64(c[1])<<8 | uint64(c[2])
	text := strconv.FormatUint(n, 16)
	return "#" + strings.Repeat("0", 6-len(text)) + text
}
