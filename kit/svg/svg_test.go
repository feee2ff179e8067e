package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 64 32">`

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<path d="M0 0h9" fill="#f00"/>`:                                            `<path d="M0 0h9" fill="#f00"></path>`,
		`<script>alert(1)</script><g/>`:                                             `<g></g>`,
		`<g onload="alert(1)" fill="red"/>`:                                         `<g fill="red"></g>`,
		`<foreignObject><iframe src="javascript:alert(1)"/></foreignObject>`:        ``,
		`<image href="https://evil.example/x.png"/>`:                                ``,
		`<use xlink:href="https://evil.example/x.svg#a"/>`:                          `<use></use>`,
		`<path id="a"/><use xlink:href="#a" x="3"/>`:                                `<path id="a"></path><use href="#a" x="3"></use>`,
		`<a href="javascript:alert(1)"><path d="M0 0"/></a>`:                        ``,
		`<animate attributeName="href" to="javascript:alert(1)"/>`:                  ``,
		`<set attributeName="onclick" to="alert(1)"/>`:                              ``,
		`<rect fill="url(#g)" mask="url( '#m' )"/>`:                                 `<rect fill="url(#g)" mask="url( &#39;#m&#39; )"></rect>`,
		`<rect fill="url(https://evil.example/#g)" stroke="red"/>`:                  `<rect stroke="red"></rect>`,
		`<rect style="fill:u\72l(//evil.example)"/>`:                                `<rect></rect>`,
		`<style>.a{fill:red}</style>`:                                               `<style>.a{fill:red}</style>`,
		`<style>@import "https://evil.example";</style>`:                            `<style></style>`,
		`<style>.a{fill:ur<!-- -->l(//evil.example)}</style>`:                       `<style></style>`,
		`<style>.a{fill:u<g>x</g>rl(//evil.example)}</style>`:                       `<style></style>`,
		`<style>.a{}<!-- x -->.b{fill:red}</style>`:                                 `<style>.a{}.b{fill:red}</style>`,
		`<style><![CDATA[</style><script>alert(1)</script>]]></style>`:              `<style></style>`,
		`<text>a &lt;b&gt; &amp; c</text>`:                                          `<text>a &lt;b&gt; &amp; c</text>`,
		`<title>x</title><metadata><rdf:RDF xmlns:rdf="x"/></metadata>`:             `<title>x</title>`,
		`<!-- <script> --><?php system("x") ?><g/>`:                                 `<g></g>`,
		`<svg:script>alert(1)</svg:script><html:script>x</html:script>`:             ``,
		`<feImage href="https://evil.example"/><filter><feOffset dx="1"/></filter>`: `<filter><feOffset dx="1"></feOffset></filter>`,
	} {
		got, err := Clean([]byte(open + in + `</svg>`))
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		body := strings.TrimSuffix(strings.TrimPrefix(string(got.Content), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32">`), `</svg>`)
		if body != want {
			t.Errorf("%s\nbecomes %s\nwant    %s", in, body, want)
		}
		again, err := Clean(got.Content)
		if err != nil || !bytes.Equal(again.Content, got.Content) || got.Width != 64 || got.Height != 32 {
			t.Errorf("%s: cleaned twice %s %v, %d × %d", in, again.Content, err, got.Width, got.Height)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	laughs := `<!DOCTYPE svg [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>` + open + `<text>&b;</text></svg>`
	nested := open + `<g id="a"><path/></g><g id="b">` + strings.Repeat(`<use href="#a"/>`, 10) + `</g>` + strings.Repeat(`<use href="#b"/>`, 10) + `</svg>`
	for what, in := range map[string]string{
		"nothing": "", "a text": "hello", "HTML": "<html><svg></svg></html>", "entities": laughs, "an open end": open + "<g>", "two": open + "</svg>" + open + "</svg>",
		"the wrong end": open + "<g></svg></g>", "uses of uses": nested, "a loop": open + `<g id="a"><use href="#a"/></g></svg>`, "many uses": open + strings.Repeat(`<use href="#x"/>`, 101) + "</svg>",
		"depth": open + strings.Repeat("<g>", 100) + strings.Repeat("</g>", 100) + "</svg>", "many": open + strings.Repeat("<g/>", 10_001) + "</svg>",
		"another alphabet": `<?xml version="1.0" encoding="UTF-7"?>` + open + "</svg>", "a prefix": `<s:svg xmlns:s="http://www.w3.org/2000/svg"/>`,
	} {
		if got, err := Clean([]byte(in)); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s is taken: %s, %v", what, got.Content, err)
		}
	}
	if _, err := Clean(make([]byte, MaxBytes+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large one: %v", err)
	}
}

// Whatever is kept has only elements and attributes that draw, and leads nowhere.
func FuzzClean(f *testing.F) {
	f.Add([]byte(open + `<g onload="x" style="a:url(#b)"><use xlink:href="#a"/><style>.a{}</style></g></svg>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := Clean(in)
		if err != nil {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(got.Content))
		for {
			token, err := d.RawToken()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%q is kept as %q: %v", in, got.Content, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if !elements[e.Name.Local] {
				t.Fatalf("%s is kept", e.Name.Local)
			}
			for _, a := range e.Attr {
				if name := a.Name.Local; name != "xmlns" && name != "href" && (!names[name] || !calm(a.Value)) || name == "href" && !strings.HasPrefix(a.Value, "#") {
					t.Fatalf("%s=%q is kept", name, a.Value)
				}
			}
		}
	})
}
