package ui

import (
	"embed"
	"slices"
	"strings"
)

// Layout is how a theme arranges what every store has. Empty is the first choice.
type Layout struct {
	Header  string `json:"header"`
	Footer  string `json:"footer"`
	Card    string `json:"card"`    // of a product among others
	Product string `json:"product"` // the page of one
	Hero    string `json:"hero"`    // the beginning of a home page
	Type    string `json:"type"`    // how large, and in which letters, headings are
}

// Part is a part of pages with its arrangements; the first is what the style sheet
// has anyway.
type Part struct {
	Code  string
	Looks []string
}

// Parts are what a layout chooses for.
var Parts = []Part{
	{"header", []string{"left", "centre", "rows", "bar"}},
	{"hero", []string{"split", "centre", "poster"}},
	{"card", []string{"plain", "framed", "over", "panel", "centred"}},
	{"product", []string{"side", "stacked", "wide"}},
	{"footer", []string{"columns", "quiet", "big"}},
	{"type", []string{"calm", "bold", "caps", "grand"}},
	{"shadow", []string{"none", "soft", "hard"}},
}

// PartNamed is the part of that code.
func PartNamed(code string) Part {
	i := slices.IndexFunc(Parts, func(p Part) bool { return p.Code == code })
	if i < 0 {
		return Part{}
	}
	return Parts[i]
}

//go:embed looks
var lookFiles embed.FS

// lookRules are the rules of arrangements by name: "header-rows".
var lookRules = mustLooks()

func mustLooks() map[string]string {
	out := map[string]string{}
	all, err := lookFiles.ReadDir("looks")
	if err != nil {
		panic(err) // only when the directory is not embedded
	}
	for _, f := range all {
		text, err := lookFiles.ReadFile("looks/" + f.Name())
		if err != nil {
			panic(err)
		}
		out[strings.TrimSuffix(f.Name(), ".css")] = pressed.Replace(string(text))
	}
	return out
}

// pressed takes out what only people who read rules need.
var pressed = strings.NewReplacer("\n", "", "  ", "", " { ", "{", "; }", "}", ": ", ":", "; ", ";", ", ", ",")

// looks are the rules of the theme's arrangements, in the layer of the style sheet
// that they change.
func (t Theme) looks() string {
	var b strings.Builder
	for _, name := range []string{
		"header-" + t.Layout.Header, "hero-" + t.Layout.Hero, "card-" + t.Layout.Card, "product-" + t.Layout.Product,
		"footer-" + t.Layout.Footer, "type-" + t.Layout.Type, "shadow-" + t.Shadow, "look-" + t.Code,
	} {
		b.WriteString(lookRules[name])
	}
	if b.Len() == 0 {
		return ""
	}
	return "@layer components{" + b.String() + "}"
}

// Classes name the look on the body of its pages.
func (t Theme) Classes() string { return "look-" + t.Code }

// Faces are the typefaces by the names that settings have for them.
var Faces = []NamedFace{
	{"inter", Inter, "560", "-.025em", true},
	{"fraunces", Fraunces, "420", "-.02em", false},
	{"newsreader", Newsreader, "500", "-.015em", false},
	{"bodoni", Bodoni, "440", "-.02em", false},
	{"bricolage", Bricolage, "700", "-.03em", false},
	{"grotesk", Grotesk, "600", "-.04em", false},
	{"oswald", Oswald, "600", "0", false},
	{"jetbrains", JetBrains, "700", "-.04em", true},
	{"sans", SystemSans, "600", "-.02em", true},
	{"serif", SystemSerif, "500", "-.01em", true},
}

// NamedFace is a typeface with how headings are set in it.
type NamedFace struct {
	Code string
	Face
	Weight, Spacing string
	Text            bool // it has the weights that texts need
}

// FaceNamed is the typeface of a name.
func FaceNamed(code string) (NamedFace, bool) {
	i := slices.IndexFunc(Faces, func(f NamedFace) bool { return f.Code == code })
	if i < 0 {
		return NamedFace{}, false
	}
	return Faces[i], true
}

// code is the name of a face in settings.
func (f Face) code() string {
	i := slices.IndexFunc(Faces, func(n NamedFace) bool { return n.Face == f })
	if i < 0 {
		return ""
	}
	return Faces[i].Code
}

// Codes are the names of the faces of a pair.
func (p FontPair) Codes() (display, body string) { return p.Display.code(), p.Body.code() }
