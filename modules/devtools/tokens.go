package devtools

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"orion/assets"
	"orion/kit/ui"
)

// Tokens are the custom properties of the style sheet of staff pages, by what they
// are: what the program really sends is read.
type Tokens struct {
	Colours, Type, Space, Radius []Token
}

// Token is one custom property.
type Token struct {
	Name  string // with its two hyphens
	Value string // as it is written
	Light string // of colours
	Dark  string
}

var (
	tokenPattern = regexp.MustCompile(`(--[a-z][a-z0-9-]*):([^;}]*)`)
	rootPattern  = regexp.MustCompile(`:root\{([^}]*--base:light-dark[^}]*)\}`)
)

// StaffTokens are those of the staff pages.
var StaffTokens = sync.OnceValue(func() (out Tokens) {
	root := rootPattern.FindStringSubmatch(assets.Text("staff.css"))
	if root == nil {
		return out
	}
	for _, m := range tokenPattern.FindAllStringSubmatch(root[1], -1) {
		out.add(Token{Name: m[1], Value: strings.TrimSpace(m[2])})
	}
	return out
})

func (t *Tokens) add(token Token) {
	name, value := token.Name, token.Value
	switch {
	case strings.HasPrefix(value, "light-dark(") && strings.HasSuffix(value, ")"):
		token.Light, token.Dark = twoColours(value)
		t.Colours = append(t.Colours, token)
	case strings.HasPrefix(value, "#"):
		token.Light, token.Dark = value, value
		t.Colours = append(t.Colours, token)
	case name == "--r" || strings.HasPrefix(name, "--r-"):
		t.Radius = append(t.Radius, token)
	case slices.Contains([]string{"--control", "--pad", "--air"}, name):
		t.Space = append(t.Space, token)
	case slices.Contains([]string{"--body", "--mono"}, name) || strings.HasPrefix(name, "--display"):
		t.Type = append(t.Type, token)
	}
}

// twoColours are those of light-dark(a,b).
func twoColours(value string) (light, dark string) {
	inner := strings.TrimSuffix(strings.TrimPrefix(value, "light-dark("), ")")
	depth := 0
	for i, r := range inner {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			return strings.TrimSpace(inner[:i]), strings.TrimSpace(inner[i+1:])
		}
	}
	return inner, inner
}

// ThemeTokens are those of a storefront's theme.
func ThemeTokens(t ui.Theme) []Token {
	both := func(name, light, dark string) Token { return Token{Name: name, Light: light, Dark: dark} }
	return []Token{
		both("--base", t.Light.Base, t.Dark.Base), both("--panel", t.Light.Panel, t.Dark.Panel), both("--sunk", t.Light.Sunk, t.Dark.Sunk),
		both("--line", t.Light.Line, t.Dark.Line), both("--ink", t.Light.Ink, t.Dark.Ink), both("--mute", t.Light.Mute, t.Dark.Mute),
		both("--accent", t.Light.Accent, t.Dark.Accent), both("--on-accent", t.Light.OnAccent, t.Dark.OnAccent), both("--wash", t.Light.Wash, t.Dark.Wash),
	}
}
