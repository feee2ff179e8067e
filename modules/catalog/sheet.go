package catalog

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"orion/kit/cell"
	"orion/kit/fault"
)

// col is the name of a column in lower case.
type col string

// sheet reads a CSV file row by row, by the names of its columns.
type sheet struct {
	csv  *csv.Reader
	at   map[col]int
	head []string
	row  []string
	line int
	rows int
}

var errRow = fault.New(fault.Invalid, "catalog.row_malformed")

// openSheet reads the first line. It accepts a byte order mark, and semicolons
// where a spreadsheet wrote them.
func openSheet(r io.Reader) (*sheet, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	start, _ := in.Peek(4096)
	first, _, _ := bytes.Cut(start, []byte("\n"))
	s := &sheet{csv: csv.NewReader(in), at: map[col]int{}}
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		s.csv.Comma = ';'
	}
	s.csv.FieldsPerRecord = -1
	s.csv.ReuseRecord = true
	head, err := s.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, ErrEmptyFile
	}
	if err != nil {
		return nil, ErrUnknownFormat.Because(err)
	}
	s.head = append(s.head, head...)
	for i, name := range s.head {
		key := col(strings.ToLower(squeeze(name)))
		if _, twice := s.at[key]; !twice {
			s.at[key] = i
		}
	}
	return s, nil
}

func (s *sheet) has(c col) bool {
	_, ok := s.at[c]
	return ok
}

// next moves to the next row. io.EOF ends the file; errRow is a row that cannot
// be read, after which the next may be tried.
func (s *sheet) next() error {
	row, err := s.csv.Read()
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	s.rows++
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		s.row, s.line = nil, parse.StartLine
		return errRow.Because(err)
	}
	if err != nil {
		return err
	}
	s.row = row
	s.line, _ = s.csv.FieldPos(0)
	for _, cell := range row {
		if !utf8.ValidString(cell) || strings.IndexByte(cell, 0) >= 0 {
			return errRow
		}
	}
	return nil
}

// raw is a cell as it stands, empty when the row or file lacks it.
func (s *sheet) raw(c col) string {
	i, ok := s.at[c]
	if !ok || i >= len(s.row) {
		return ""
	}
	return s.row[i]
}

// text is a cell without what protects it from spreadsheets.
func (s *sheet) text(c col) string { return cell.Unescape(strings.TrimSpace(s.raw(c))) }

// yes reads a cell that says true or false; def stands for an empty one.
func (s *sheet) yes(c col, def bool) bool {
	switch strings.ToLower(strings.TrimSpace(s.raw(c))) {
	case "true", "yes", "1":
		return true
	case "false", "no", "0":
		return false
	}
	return def
}
