package css

import (
	"slices"
	"strings"

	lex "github.com/tdewolff/parse/v2/css"
)

// selectors are those of a rule, each below the scope.
func (p *parser) selectors(head []token) (string, bool) {
	var out []string
	for _, s := range split(head, lex.CommaToken) {
		s = trim(s)
		if !selectorAllowed(s) {
			return "", false
		}
		out = append(out, p.scope+" "+joined(s))
	}
	return strings.Join(out, ","), true
}

var (
	// states are the pseudo-classes that look at one element alone.
	states    = []string{"hover", "focus", "focus-visible", "active", "first-child", "last-child", "first-of-type", "last-of-type", "only-child", "empty", "checked", "disabled"}
	counting  = []string{"nth-child(", "nth-last-child(", "nth-of-type("}
	combining = []string{">", "+", "~"}
)

// selectorAllowed tells whether a selector finds something below what it stands
// behind, whatever that is: it begins with an element, a class or a name.
func selectorAllowed(all []token) bool {
	if len(all) == 0 || len(all) > 60 || all[0].TokenType == lex.DelimToken && slices.Contains(combining, all[0].text) {
		return false
	}
	inside := false // of the parentheses of a pseudo-class that counts
	for i, t := range all {
		before := token{}
		if i > 0 {
			before = all[i-1]
		}
		switch t.TokenType {
		case lex.WhitespaceToken:
		case lex.HashToken:
			if !plain(t.text) || inside {
				return false
			}
		case lex.IdentToken:
			if !plain(t.text) || before.TokenType == lex.ColonToken && !slices.Contains(states, strings.ToLower(t.text)) {
				return false
			}
		case lex.ColonToken:
			if before.TokenType == lex.ColonToken || inside || i == len(all)-1 {
				return false
			}
		case lex.FunctionToken:
			if inside || before.TokenType != lex.ColonToken || !slices.Contains(counting, strings.ToLower(t.text)) {
				return false
			}
			inside = true
		case lex.RightParenthesisToken:
			if !inside {
				return false
			}
			inside = false
		case lex.NumberToken, lex.DimensionToken:
			if !inside || !plain(t.text) {
				return false
			}
		case lex.DelimToken:
			if t.text != "." && t.text != "*" && !slices.Contains(combining, t.text) {
				return false
			}
		default:
			return false
		}
	}
	return !inside
}

// looks are the properties that change how something looks where it is. What would
// take it elsewhere, load something, write something or set names for others is not
// among them.
var looks = []string{
	"color", "background", "background-color", "background-image", "background-size", "background-position", "background-repeat", "opacity",
	"border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-style", "border-width", "border-top-color", "border-right-color",
	"border-bottom-color", "border-left-color", "border-top-width", "border-right-width", "border-bottom-width", "border-left-width", "border-radius",
	"border-top-left-radius", "border-top-right-radius", "border-bottom-left-radius", "border-bottom-right-radius", "border-collapse", "border-spacing", "box-shadow", "outline", "outline-offset", "outline-color",
	"padding", "padding-top", "padding-right", "padding-bottom", "padding-left", "padding-inline", "padding-block", "margin", "margin-top", "margin-right", "margin-bottom", "margin-left",
	"margin-inline", "margin-block", "gap", "row-gap", "column-gap", "width", "min-width", "max-width", "height", "min-height", "max-height", "aspect-ratio", "box-sizing",
	"font", "font-family", "font-size", "font-style", "font-weight", "font-variant", "font-variant-numeric", "font-stretch", "line-height", "letter-spacing", "word-spacing", "text-align", "text-decoration",
	"text-decoration-color", "text-decoration-line", "text-decoration-style", "text-decoration-thickness", "text-underline-offset", "text-transform", "text-shadow", "text-wrap", "white-space",
	"overflow-wrap", "word-break", "hyphens", "vertical-align", "list-style-type", "list-style-position",
	"display", "flex", "flex-direction", "flex-wrap", "flex-grow", "flex-shrink", "flex-basis", "grid-template-columns", "grid-template-rows", "grid-column", "grid-row", "grid-auto-flow", "order",
	"align-items", "align-content", "align-self", "justify-content", "justify-items", "justify-self", "place-items", "place-content", "columns", "column-count", "column-width", "column-rule",
	"object-fit", "object-position", "overflow", "visibility", "position", "z-index", "transition", "accent-color", "caption-side", "table-layout",
}

// only are the values of properties that could do more than look.
var only = map[string][]string{
	"position":   {"static", "relative"},
	"overflow":   {"visible", "hidden", "clip", "auto"},
	"display":    {"block", "inline", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "none", "flow-root"},
	"visibility": {"visible", "hidden"},
}

// functions are those that work out a colour, a length or a gradient.
var functions = []string{
	"rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "oklch(", "oklab(", "lch(", "lab(", "color-mix(", "light-dark(", "linear-gradient(", "radial-gradient(", "conic-gradient(",
	"repeating-linear-gradient(", "calc(", "min(", "max(", "clamp(", "minmax(", "repeat(", "fit-content(", "var(", "cubic-bezier(",
}

const highest = 10 // of z-index, and its depth below nothing

func declarationAllowed(name string, value []token) bool {
	if !slices.Contains(looks, name) || len(value) == 0 || len(value) > 200 {
		return false
	}
	if values, ok := only[name]; ok {
		return len(value) == 1 && slices.Contains(values, strings.ToLower(value[0].text))
	}
	if name == "z-index" {
		n, ok := whole(value[0].text)
		return ok && len(value) == 1 && n >= 0 && n <= highest
	}
	depth := 0
	for _, t := range value {
		switch t.TokenType {
		case lex.WhitespaceToken, lex.CommaToken:
		case lex.IdentToken, lex.NumberToken, lex.PercentageToken, lex.DimensionToken, lex.HashToken, lex.CustomPropertyNameToken:
			if !plain(t.text) {
				return false
			}
		case lex.StringToken:
			if !strings.HasPrefix(name, "font") || !plain(strings.ReplaceAll(strings.Trim(t.text, `"'`), " ", "")) {
				return false
			}
		case lex.FunctionToken:
			if !slices.Contains(functions, strings.ToLower(t.text)) {
				return false
			}
			depth++
		case lex.LeftParenthesisToken:
			depth++
		case lex.RightParenthesisToken:
			if depth--; depth < 0 {
				return false
			}
		case lex.DelimToken:
			if !strings.Contains("/+-*", t.text) {
				return false
			}
		default:
			return false
		}
	}
	return depth == 0
}
