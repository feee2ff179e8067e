package cms

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"orion/kit/cell"
	"orion/kit/i18n"
)

// csvUnits writes a table for people with a spreadsheet. The last two columns are
// named by their languages.
type csvUnits struct {
	out   *csv.Writer
	words i18n.Words
}

const (
	csvID     = "id"
	csvSource = "source:"
	csvTarget = "target:"
)

func newCSV(w io.Writer, e Exporting) *csvUnits {
	out := csv.NewWriter(w)
	_ = out.Write([]string{csvID, "what", "state", csvSource + string(e.Langs.From), csvTarget + string(e.Langs.Into)}) // the next row tells of an error, too
	return &csvUnits{out, e.Words}
}

func (c *csvUnits) write(u unit) error {
	return c.out.Write([]string{u.ID, cell.Escape(u.What), c.words.T("cms.texts_" + string(u.State)), cell.Escape(u.From), cell.Escape(u.Into)})
}

func (c *csvUnits) end() error {
	c.out.Flush()
	return c.out.Error()
}

// readCSV reads what newCSV wrote, as spreadsheets give it back: with other signs
// between the columns, and with columns in another order.
func readCSV(text string) (l Tongues, units []unit, err error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = between(text), -1, true
	head, err := in.Read()
	if err != nil {
		return l, nil, errFileUnknown
	}
	id, from, into := -1, -1, -1
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == csvID {
			id = i
		}
		if lang, ok := strings.CutPrefix(name, csvSource); ok {
			l.From, from = i18n.Lang(lang), i
		}
		if lang, ok := strings.CutPrefix(name, csvTarget); ok {
			l.Into, into = i18n.Lang(lang), i
		}
	}
	if id < 0 || from < 0 || into < 0 {
		return l, nil, errFileUnknown
	}
	for row := 2; ; row++ {
		cells, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return l, units, nil
		case err != nil:
			units = append(units, unit{Row: row, Problems: "cms.texts_row_bad"})
			continue
		case len(units) == maxUnits:
			return l, nil, errFileLong
		}
		if at := max(id, from, into); at >= len(cells) {
			units = append(units, unit{Row: row, Problems: "cms.texts_row_bad"})
			continue
		}
		units = append(units, unit{Row: row, ID: strings.TrimSpace(cells[id]), From: cell.Unescape(cells[from]), Into: cell.Unescape(cells[into])})
	}
}

// between is the sign between the columns of a table.
func between(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(first, ",")
	for _, sign := range []rune{';', '\t'} {
		if n := strings.Count(first, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}
