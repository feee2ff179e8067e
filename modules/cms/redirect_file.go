package cms

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"orion/kit/cell"
	"orion/kit/fault"
)

// RedirectRow is a row of a file with redirects, and why it is left out.
type RedirectRow struct {
	Redirect
	Row   int
	Wrong *fault.Field // nil takes it
}

// maxRedirectFile is how large a file with redirects may be.
const maxRedirectFile = 512 << 10

var (
	errRedirectFile      = errRedirect.Field("file", "cms.redirect_file_unknown")
	errRedirectFileLarge = errRedirect.Field("file", "cms.redirect_file_large", "max", maxRedirectFile>>10)
)

// readRedirects reads a table with the columns from, to, and perhaps code and below,
// in any order, and tells of each row whether it goes with what there is.
func readRedirects(text string, have *redirects) ([]RedirectRow, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = between(text), -1, true
	head, err := in.Read()
	if err != nil {
		return nil, errRedirectFile
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(name))] = i + 1
	}
	if at["from"] == 0 || at["to"] == 0 && at["code"] == 0 {
		return nil, errRedirectFile
	}
	known := newRedirects(append([]Redirect(nil), have.all...))
	var out []RedirectRow
	for row := 2; ; row++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil || len(out) == maxRedirects {
			return nil, errRedirectFile
		}
		read := func(name string) string {
			if i := at[name]; i > 0 && i <= len(cells) {
				return strings.TrimSpace(cell.Unescape(cells[i-1]))
			}
			return ""
		}
		out = append(out, known.row(row, read))
	}
}

// row reads one row, and takes it when it is right.
func (r *redirects) row(n int, read func(name string) string) RedirectRow {
	out := RedirectRow{Row: n, Redirect: Redirect{Path: read("from"), Target: read("to")}}
	out.Prefix, _ = strconv.ParseBool(read("below"))
	var err error
	if code := read("code"); code != "" {
		out.Code, _ = strconv.Atoi(code)
		if !isRedirectCode(out.Code) {
			err = errRedirect.Field("code", "form.choose")
		}
	}
	if err == nil {
		out.Redirect, err = r.take(out.Redirect)
	}
	if f := fault.As(err); err != nil {
		out.Wrong = &fault.Field{Code: f.Code}
		if len(f.Fields) > 0 {
			out.Wrong = &f.Fields[0]
		}
	}
	return out
}

func isRedirectCode(code int) bool {
	for _, c := range RedirectCodes {
		if c == code {
			return true
		}
	}
	return false
}

// writeRedirects is a table that readRedirects reads.
func writeRedirects(w io.Writer, all []Redirect) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"from", "to", "code", "below"}}
	for _, r := range all {
		rows = append(rows, []string{cell.Escape(r.Path), cell.Escape(r.Target), strconv.Itoa(r.Code), strconv.FormatBool(r.Prefix)})
	}
	return out.WriteAll(rows)
}
