package ui

import "strings"

// Theme is the look of a store: a set of CSS custom properties that goes with
// every page, so that no store needs a style sheet of its own.
type Theme struct {
	Code    string
	Light   Palette
	Dark    Palette
	Fonts   FontPair
	Radius  string // of controls: "8px"
	Corner  string // of pictures and cards: "12px"
	Button  string // radius of the buttons that sell: "999px"
	Density Density
	Shadow  string // of pictures and cards: "", "soft" or "hard"
	Scheme  string // "" follows the reader, "light" and "dark" are the only one there is
	Layout  Layout

	css string // of a theme that is ready
}

// Palette are the colours of one scheme, as CSS writes them: "#fbfaf8".
type Palette struct {
	Base     string `json:"base"`      // page
	Panel    string `json:"panel"`     // card, table, sheet
	Sunk     string `json:"sunk"`      // wells
	Line     string `json:"line"`      // hairlines
	Ink      string `json:"ink"`       // text
	Mute     string `json:"mute"`      // text of second rank
	Accent   string `json:"accent"`    // primary act, selection, links
	OnAccent string `json:"on_accent"` // text on the accent
	Wash     string `json:"wash"`      // a hint of the accent
}

// FontPair is a face for headings and one for text. Faces that are not part of
// a pair are never sent.
type FontPair struct {
	Display Face
	Body    Face
	Weight  string // of headings: "420"
	Spacing string // of headings: "-0.02em"
}

// Face is a typeface of the program, or of the device.
type Face struct {
	Family string // as in CSS
	File   string // source name in the assets, "" for a face of the device
}

// The faces.
var (
	Inter       = Face{Family: `Inter,system-ui,sans-serif`, File: "inter.woff2"}
	Fraunces    = Face{Family: `Fraunces,Georgia,serif`, File: "fraunces.woff2"}
	Newsreader  = Face{Family: `Newsreader,Georgia,serif`, File: "newsreader.woff2"}
	Bodoni      = Face{Family: `Bodoni,Didot,Georgia,serif`, File: "bodoni.woff2"}
	Oswald      = Face{Family: `Oswald,"Arial Narrow",system-ui,sans-serif`, File: "oswald.woff2"}
	JetBrains   = Face{Family: `JetBrains,ui-monospace,Menlo,Consolas,monospace`, File: "jetbrains.woff2"}
	Bricolage   = Face{Family: `Bricolage,system-ui,sans-serif`, File: "bricolage.woff2"}
	Grotesk     = Face{Family: `Grotesk,system-ui,sans-serif`, File: "grotesk.woff2"}
	SystemSans  = Face{Family: `system-ui,sans-serif`}
	SystemSerif = Face{Family: `Charter,"Bitstream Charter",Georgia,serif`}
)

// Density is how much air there is.
type Density uint8

// The densities.
const (
	Airy Density = iota
	Normal
	Compact
)

// CSS is the theme as custom properties of the root, and the rules of its
// arrangements: of those that it has and of no others.
func (t Theme) CSS() string {
	if t.css != "" {
		return t.css
	}
	return t.scoped(":root") + t.looks()
}

// Ready is the theme with its rules worked out, so that a page has only to send
// them. It must not be changed any more.
func (t Theme) Ready() Theme {
	t.css = ""
	t.css = t.CSS()
	return t
}

// scoped is the theme as custom properties of what a selector finds.
func (t Theme) scoped(selector string) string {
	var b strings.Builder
	b.Grow(1100)
	write(&b, selector, "{")
	if t.Scheme == "light" || t.Scheme == "dark" {
		write(&b, "color-scheme:", t.Scheme, ";")
	}
	for _, p := range [...][3]string{
		{"--base", t.Light.Base, t.Dark.Base},
		{"--panel", t.Light.Panel, t.Dark.Panel},
		{"--sunk", t.Light.Sunk, t.Dark.Sunk},
		{"--line", t.Light.Line, t.Dark.Line},
		{"--ink", t.Light.Ink, t.Dark.Ink},
		{"--mute", t.Light.Mute, t.Dark.Mute},
		{"--accent", t.Light.Accent, t.Dark.Accent},
		{"--on-accent", t.Light.OnAccent, t.Dark.OnAccent},
		{"--wash", t.Light.Wash, t.Dark.Wash},
	} {
		if p[1] != "" && p[2] != "" {
			write(&b, p[0], ":light-dark(", clean(p[1]), ",", clean(p[2]), ");")
		}
	}
	t.signs(&b)
	for _, p := range [...][2]string{
		{"--display", t.Fonts.Display.Family},
		{"--body", t.Fonts.Body.Family},
		{"--display-weight", t.Fonts.Weight},
		{"--display-spacing", t.Fonts.Spacing},
		{"--r", t.Radius},
		{"--r-card", t.Corner},
		{"--r-button", t.Button},
		{"--air", [...]string{"1", ".8", ".62"}[t.Density]},
	} {
		if p[1] != "" {
			write(&b, p[0], ":", clean(p[1]), ";")
		}
	}
	b.WriteByte('}')
	return b.String()
}

// Files are the font files that the theme needs, at most two.
func (t Theme) Files() []string {
	var files []string
	for _, f := range []string{t.Fonts.Display.File, t.Fonts.Body.File} {
		if f != "" && (len(files) == 0 || files[0] != f) {
			files = append(files, f)
		}
	}
	return files
}

// clean keeps a value from ending its declaration or its element: themes can be
// written by a merchant.
func clean(value string) string {
	if strings.ContainsAny(value, "<>{};@\\\n") || strings.Contains(value, "/*") || strings.Contains(value, "url(") {
		return "initial"
	}
	return value
}

func write(b *strings.Builder, parts ...string) {
	for _, p := range parts {
		b.WriteString(p)
	}
}
