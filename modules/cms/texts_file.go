package cms

import (
	"context"
	"html"
	"io"
	"regexp"
	"strings"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// FileShape is a form of file that translations come and go in.
type FileShape string

// The forms. XLIFF is version 1.2, which every translation tool reads and gives back
// with its identifiers; few do that with 2.0.
const (
	CSV   FileShape = "csv"
	XLIFF FileShape = "xliff"
)

// unit is one text as files have it.
type unit struct {
	Row      int    // in the file, from 1
	ID       string // of the text, and what it said when it was written
	What     string // for people
	From     string
	Into     string
	State    TextState
	Rich     bool
	Problems string // code of what is wrong with the row itself
}

// unitID names a text for good, with marks of what it said when it was exported.
func unitID(area, thing string, j spoken) string {
	return strings.Join([]string{area, thing, j.Name, mark(j.From) + "." + mark(j.Into)}, "|")
}

// named is what the identifier of a unit says.
type named struct{ area, thing, text, seen string }

func parseUnit(id string) (named, bool) {
	p := strings.Split(id, "|")
	if len(p) != 4 {
		return named{}, false
	}
	return named{p[0], p[1], p[2], p[3]}, true
}

// unitWriter writes units into a file.
type unitWriter interface {
	write(u unit) error
	end() error
}

// Exporting says what goes into a file.
type Exporting struct {
	Shape FileShape
	Langs Tongues
	Areas []string
	All   bool       // also what is translated
	Words i18n.Words // of whoever reads what the texts are
	Name  string     // of what is exported, for tools
}

// ExportTexts writes texts with their translations, two statements for a hundred
// things.
func (m *Module) ExportTexts(ctx context.Context, in tenant.Store, w io.Writer, e Exporting) error {
	var out unitWriter
	if e.Shape == XLIFF {
		out = newXLIFF(w, e)
	} else {
		out = newCSV(w, e)
	}
	for _, name := range e.Areas {
		area, err := areaNamed(m.areas(in.Platform()), name)
		if err != nil {
			return err
		}
		if err := m.exportArea(ctx, in, area, e, out); err != nil {
			return err
		}
	}
	return out.end()
}

func (m *Module) exportArea(ctx context.Context, in tenant.Store, area textsapi.TextArea, e Exporting, out unitWriter) error {
	var after string
	for {
		things, err := area.List(ctx, in, after, scanBatch)
		if err != nil {
			return err
		}
		b := batch{area: area.Name(), things: things}
		have, err := db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) (map[standingKey]standing, error) { return standingsOf(ctx, tx, b.area, b.keys()) })
		if err != nil {
			return err
		}
		for _, t := range things {
			after = t.Key
			all, _ := judge(t, e.Langs, have[standingKey{t.Key, e.Langs.Into}].Known)
			for _, j := range all {
				if !e.All && j.State == TextDone {
					continue
				}
				u := unit{ID: unitID(b.area, t.Key, j), What: t.Title.In(e.Langs.From) + " · " + textWord(e.Words, j.Text), From: j.From, Into: j.Into, State: j.State, Rich: j.Shape == cmsapi.Rich}
				if err := out.write(u); err != nil {
					return err
				}
			}
		}
		if len(things) < scanBatch {
			return nil
		}
	}
}

// textWord is what a text is called.
func textWord(w i18n.Words, t textsapi.Text) string {
	var out []string
	if t.Kind != "" {
		out = append(out, w.T(t.Kind))
	}
	if t.Of != "" {
		out = append(out, t.Of)
	}
	return strings.Join(append(out, w.T(t.Label)), " · ")
}

var (
	errFileUnknown = errTexts.Field("file", "cms.texts_file_unknown")
	errFileLangs   = errTexts.Field("file", "cms.texts_file_langs")
	errFileLong    = errTexts.Field("file", "cms.texts_file_long", "max", maxUnits)
)

// maxUnits is how many texts a file may have.
const maxUnits = 200_000

// readUnits reads a file with translations, whichever its form.
func readUnits(content []byte, from i18n.Lang, langs []i18n.Lang) (into i18n.Lang, units []unit, err error) {
	text := strings.TrimPrefix(string(content), "\ufeff")
	var l Tongues
	if strings.HasPrefix(strings.TrimLeft(text, " \r\n\t"), "<") {
		l, units, err = readXLIFF(text)
	} else {
		l, units, err = readCSV(text)
	}
	if err != nil {
		return "", nil, err
	}
	if l.From != from || l.Into == from || !hasLang(langs, l.Into) {
		return "", nil, errFileLangs
	}
	return l.Into, units, nil
}

func hasLang(all []i18n.Lang, l i18n.Lang) bool {
	for _, have := range all {
		if have == l {
			return true
		}
	}
	return false
}

// markup are the parts of a text that nobody translates: tags, and the names of what
// is filled in.
var (
	tagOrPlace = regexp.MustCompile(`<[^>]*>|\{[a-z_]+\}`)
	placeOnly  = placeShape
)

// piece is a part of a text: words, or what stays as it is.
type piece struct {
	text string
	kept bool
}

// pieces cuts a text into words and what stays as it is. The words of HTML are as
// people read them.
func pieces(s string, isRich bool) []piece {
	shape, read := placeOnly, func(s string) string { return s }
	if isRich {
		shape, read = tagOrPlace, html.UnescapeString
	}
	var out []piece
	at := 0
	for _, span := range shape.FindAllStringIndex(s, -1) {
		if span[0] > at {
			out = append(out, piece{text: read(s[at:span[0]])})
		}
		out = append(out, piece{s[span[0]:span[1]], true})
		at = span[1]
	}
	if at < len(s) {
		out = append(out, piece{text: read(s[at:])})
	}
	return out
}

// joinPieces is the text that pieces are of.
func joinPieces(all []piece, isRich bool) string {
	var out strings.Builder
	for _, p := range all {
		if isRich && !p.kept {
			p.text = html.EscapeString(p.text)
		}
		out.WriteString(p.text)
	}
	return out.String()
}
