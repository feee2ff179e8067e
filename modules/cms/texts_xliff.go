package cms

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"orion/kit/i18n"
)

// xliffUnits writes XLIFF 1.2. What is not to be translated stands in <ph>, which
// tools keep from translators.
type xliffUnits struct {
	out *bufio.Writer
	l   Tongues
}

func newXLIFF(w io.Writer, e Exporting) *xliffUnits {
	x := &xliffUnits{bufio.NewWriter(w), e.Langs}
	x.say(xml.Header, `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">`, "\n",
		`<file original="`, escaped(e.Name), `" datatype="html" source-language="`, string(e.Langs.From), `" target-language="`, string(e.Langs.Into), `"><body>`, "\n")
	return x
}

// say writes texts; the last flush tells of an error.
func (x *xliffUnits) say(all ...string) {
	for _, s := range all {
		_, _ = x.out.WriteString(s)
	}
}

var xliffStates = map[TextState]string{TextMissing: "needs-translation", TextChanged: "needs-review-translation", TextDone: "translated"}

func (x *xliffUnits) write(u unit) error {
	x.say(`<trans-unit id="`, escaped(u.ID), `" resname="`, escaped(u.What), `" xml:space="preserve"`)
	if u.Rich {
		x.say(` datatype="html"`)
	} else {
		x.say(` datatype="plaintext"`)
	}
	x.say("><source>", inline(u.From, u.Rich), "</source>")
	if u.Into != "" {
		x.say(`<target state="`, xliffStates[u.State], `">`, inline(u.Into, u.Rich), "</target>")
	}
	x.say("</trans-unit>\n")
	return nil
}

func (x *xliffUnits) end() error {
	x.say("</body></file>\n</xliff>\n")
	return x.out.Flush()
}

func escaped(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a builder takes everything
	return out.String()
}

// inline is a text as XLIFF has it.
func inline(s string, isRich bool) string {
	var out strings.Builder
	n := 0
	for _, p := range pieces(s, isRich) {
		if p.kept {
			n++
			out.WriteString(`<ph id="` + strconv.Itoa(n) + `">` + escaped(p.text) + `</ph>`)
			continue
		}
		out.WriteString(escaped(p.text))
	}
	return out.String()
}

// readXLIFF reads XLIFF 1.2, as tools give it back.
func readXLIFF(text string) (l Tongues, units []unit, err error) {
	in := xml.NewDecoder(strings.NewReader(text))
	in.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8 is read") }
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			if l == (Tongues{}) {
				return l, nil, errFileUnknown
			}
			return l, units, nil
		}
		if err != nil {
			return l, nil, errFileUnknown.Because(fmt.Errorf("read XLIFF: %w", err))
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "file":
			l = Tongues{langOf(attr(start, "source-language")), langOf(attr(start, "target-language"))}
		case "trans-unit":
			if len(units) == maxUnits {
				return l, nil, errFileLong
			}
			u, err := readTransUnit(in, start)
			if err != nil {
				return l, nil, errFileUnknown.Because(err)
			}
			u.Row = len(units) + 1
			units = append(units, u)
		}
	}
}

// langOf takes what tools make of a language: "de-DE" is "de".
func langOf(s string) i18n.Lang {
	s, _, _ = strings.Cut(strings.ToLower(s), "-")
	return i18n.Lang(s)
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readTransUnit reads one unit. What stands deeper, such as suggestions of a tool,
// is no part of it.
func readTransUnit(in *xml.Decoder, start xml.StartElement) (unit, error) {
	u := unit{ID: attr(start, "id"), Rich: attr(start, "datatype") != "plaintext"}
	for {
		token, err := in.Token()
		if err != nil {
			return u, err
		}
		switch e := token.(type) {
		case xml.EndElement:
			return u, nil
		case xml.StartElement:
			switch e.Name.Local {
			case "source", "target":
				all, err := readPieces(in)
				if err != nil {
					return u, err
				}
				if e.Name.Local == "source" {
					u.From = joinPieces(all, u.Rich)
				} else {
					u.Into = joinPieces(all, u.Rich)
				}
			default:
				if err := in.Skip(); err != nil {
					return u, err
				}
			}
		}
	}
}

// natives are the elements that hold what stays as it is.
var natives = map[string]bool{"ph": true, "bpt": true, "ept": true, "it": true}

// readPieces reads what stands in an element, up to its end.
func readPieces(in *xml.Decoder) ([]piece, error) {
	var out []piece
	depth, native := 0, 0
	for {
		token, err := in.Token()
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth++; natives[e.Name.Local] && native == 0 {
				native = depth
			}
		case xml.EndElement:
			if depth == 0 {
				return out, nil
			}
			if depth == native {
				native = 0
			}
			depth--
		case xml.CharData:
			out = append(out, piece{string(e), native > 0})
		}
	}
}
