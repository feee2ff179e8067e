package css

import (
	"strings"
	"testing"
)

const scope = "#main"

// TestBelow writes what is allowed anew, below the scope.
func TestBelow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"h1 { color: red }": "#main h1{color:red}",
		"h1, .price > b{font-weight:700;letter-spacing: 1px}":                                       "#main h1,#main .price>b{font-weight:700;letter-spacing:1px}",
		"/* a note */ #product .btn:hover{background: linear-gradient(90deg, #fff, var(--accent))}": "#main #product .btn:hover{background:linear-gradient(90deg, #fff, var(--accent))}",
		"@media (max-width: 600px) { .hero { padding: 0 } }":                                        "@media (max-width: 600px){#main .hero{padding:0}}",
		"li:nth-child(2n + 1) { margin: calc(1px + 2em) auto }":                                     "#main li:nth-child(2n + 1){margin:calc(1px + 2em) auto}",
		`p { font-family: "Gill Sans", serif }`:                                                     `#main p{font-family:"Gill Sans", serif}`,
		"a{}b{color:red":                                                                            "#main b{color:red}",
		"":                                                                                          "",
	} {
		got, refused := Below(scope, text)
		if strings.ReplaceAll(got, " > ", ">") != want || len(refused) > 0 {
			t.Errorf("%s\nis      %s, without %v\nwant    %s", text, got, refused, want)
		}
	}
}

// TestHostile lets in nothing of what would reach out, cover the page, leave its
// place or write text, however it is written, and says so.
func TestHostile(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`@import "https://evil.example/a.css";`,
		`@import url(https://evil.example/a.css);`,
		`@IMPORT 'x';`,
		`@charset "utf-8";`,
		`@font-face { font-family: x; src: url(https://evil.example/f) }`,
		`@namespace url(http://www.w3.org/1999/xhtml);`,
		`@keyframes x { from { opacity: 0 } }`,
		`@supports (display: grid) { p { color: red } }`,
		`@layer theme { p { color: red } }`,
		`@property --base { syntax: "*"; inherits: true; initial-value: red }`,
		`@media screen { @import "x"; }`,
		`@media (max-width: 1px) { @media screen { p { color: red } } }`,
		`@media \73 creen { p { color: red } }`,
		`p { background: url(https://evil.example/p) }`,
		`p { background: URL("https://evil.example/p") }`,
		`p { background: u\72l(https://evil.example/p) }`,
		`p { background: \75\72\6c(https://evil.example/p) }`,
		`p { background: u/**/rl(https://evil.example/p) }`,
		`p { background-image: image-set("https://evil.example/p" 1x) }`,
		`p { background-image: -webkit-image-set(url(x) 1x) }`,
		`p { background: image("https://evil.example/p") }`,
		`p { background: cross-fade(url(x), red) }`,
		`p { background: element(#x) }`,
		`p { background: src("https://evil.example/p") }`,
		`p { background: red, url(x }`,
		`p { list-style: url(x) }`,
		`p { list-style-image: url(x) }`,
		`p { cursor: url(x), auto }`,
		`p { border-image: url(x) 1 }`,
		`p { mask: url(x) }`,
		`p { filter: url(#x) }`,
		`p { behavior: url(x.htc) }`,
		`p { -moz-binding: url(x.xml#y) }`,
		`p { color: expression(alert(1)) }`,
		`p { position: fixed }`,
		`p { position: absolute }`,
		`p { position: sticky }`,
		`p { pos\69tion: fixed }`,
		`p { position: fixed !important }`,
		`p { POSITION: FIXED }`,
		`p { inset: 0 }`,
		`p { top: -500px }`,
		`p { z-index: 99999 }`,
		`p { z-index: -1 }`,
		`p { z-index: calc(5 * 1000) }`,
		`p { transform: translateY(-500px) }`,
		`p { translate: 0 -500px }`,
		`p { content: "Free today" }`,
		`p::before { content: "Free today" }`,
		`p::after { color: red }`,
		`p:before { color: red }`,
		`p { --base: red }`,
		`p { all: unset }`,
		`p { animation: x 1s }`,
		`p { color: red !important }`,
		`> body { color: red }`,
		`+ footer { color: red }`,
		`~ footer, p { color: red }`,
		`p, ~ footer { color: red }`,
		`:root { color: red }`,
		`:is(body) { color: red }`,
		`body:has(p) { color: red }`,
		`:not(x) { color: red }`,
		`:host { color: red }`,
		`& { color: red }`,
		`input[value^="a"] { color: red }`,
		`@scope (body) { p { color: red } }`,
		`p { color: red; } </style><script>alert(1)</script> { color: red }`,
		`p { font-family: "</style><script>alert(1)</script>" }`,
		`p { font-family: "x\"; } body { display: none } " }`,
		`p { width: attr(data-x type(<length>)) }`,
		`p { width: env(x) }`,
		`p { p { position: fixed } }`,
		`p { & body { color: red } }`,
		`p { color: red) }`,
		`p { color: rgb(1 }`,
		"p\x00 { color: red }",
		strings.Repeat("p{color:red}", 3000),
	} {
		got, refused := Below(scope, text)
		if len(refused) == 0 {
			t.Errorf("%.80s is not said to be left out", text)
		}
		for _, bad := range []string{
			"url", "evil", "@import", "@font", "@char", "@name", "@key", "@supp", "@layer", "@prop", "@scope", "fixed", "absolute", "sticky", "content", "<", `\`, "--base", "!",
			"translate", "inset", "::", ":before", ":root", "body", "footer", "9999", "expression", "image", "attr(", "env(", "[",
		} {
			if strings.Contains(strings.ToLower(got), bad) {
				t.Errorf("%.80s\nlets %q in: %s", text, bad, got)
			}
		}
		if strings.Count(got, "{") != strings.Count(got, "}") || strings.Count(got, "(") != strings.Count(got, ")") {
			t.Errorf("%.80s\ndoes not end where it ends: %s", text, got)
		}
	}
}

// TestRefusals names what was left out by its line, and keeps the rest.
func TestRefusals(t *testing.T) {
	t.Parallel()
	got, refused := Below(scope, "h1 { color: red }\n\n@import 'x';\np {\n  position: fixed;\n  color: blue;\n}\n")
	if got != "#main h1{color:red}#main p{color:blue}" {
		t.Errorf("kept %s", got)
	}
	if len(refused) != 2 || refused[0].Line != 3 || refused[0].What != "@import 'x'" || refused[1].Line != 5 || refused[1].What != "position: fixed" {
		t.Errorf("left out %+v", refused)
	}
}

// FuzzBelow holds whatever anybody writes to rules that end where they end and
// load nothing, and that are the same once they are read again.
func FuzzBelow(f *testing.F) {
	f.Add("p{color:red}@media (width:1px){a{b:c}}")
	f.Add("p{background:u\\rl(x);:}}{")
	f.Fuzz(func(t *testing.T, text string) {
		got, _ := Below(scope, text)
		lower := strings.ToLower(got)
		if strings.Contains(lower, "url(") || strings.ContainsAny(got, "<\\") {
			t.Errorf("%q lets in %q", text, got)
		}
		if strings.Count(got, "{") != strings.Count(got, "}") {
			t.Errorf("%q does not end: %q", text, got)
		}
	})
}
