package catalog

import (
	"slices"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
)

// Format is a form of file that products come and go in.
type Format string

// The formats.
const (
	Auto    Format = "auto"    // told by the first line; only for imports
	Orion   Format = "orion"   // everything, in all languages
	Shopify Format = "shopify" // what most shops can write and read, in one language
)

// Options says how a file is to be read.
type Options struct {
	Format   Format         // "" is Auto
	Lang     i18n.Lang      // of a file in one language
	Currency money.Currency // of the store
	DryRun   bool           // says what would happen and changes nothing
	Progress func(Report)   // called now and then, with what is known so far; may be nil
	Stopped  func() bool    // asked now and then; true ends the import early; may be nil
}

// Report tells what an import did, or would do.
type Report struct {
	Format    Format    `json:"format"`
	Lines     int       `json:"lines"` // rows read, without the first
	Created   int       `json:"created"`
	Updated   int       `json:"updated"`
	Unchanged int       `json:"unchanged"`
	Failed    int       `json:"failed"` // products left out
	Problems  []Problem `json:"problems,omitempty"`
	Pictures  []Picture `json:"pictures,omitempty"` // not fetched
	Stopped   bool      `json:"stopped,omitempty"`
}

// Products is how many products the file had so far.
func (r Report) Products() int { return r.Created + r.Updated + r.Unchanged + r.Failed }

// Problem is why a product was left out.
type Problem struct {
	Line    int            `json:"line"`
	Product string         `json:"product"` // its slug, as far as it is known
	Field   string         `json:"field,omitempty"`
	Code    string         `json:"code"` // translation key
	Args    map[string]any `json:"args,omitempty"`
}

// Picture is a picture that the file names and that is not stored here.
type Picture struct {
	Line    int    `json:"line"`
	Product string `json:"product"`
	URL     string `json:"url"`
}

// The limits keep a report readable and in memory.
const (
	maxProblems = 5_000
	maxPictures = 20_000
)

var (
	errFile = fault.New(fault.Invalid, "catalog.invalid_file")
	// ErrUnknownFormat says that the first line of a file is of no known format.
	ErrUnknownFormat = errFile.Field("file", "catalog.format_unknown")
	// ErrEmptyFile says that a file has no first line.
	ErrEmptyFile = errFile.Field("file", "catalog.file_empty")
)

func (r *Report) problem(p ...Problem) {
	r.Problems = append(r.Problems, p[:min(len(p), max(0, maxProblems-len(r.Problems)))]...)
}

// add joins what one batch did.
func (r *Report) add(b Report) {
	r.Created += b.Created
	r.Updated += b.Updated
	r.Unchanged += b.Unchanged
	r.Failed += b.Failed
	r.problem(b.Problems...)
	r.Pictures = append(r.Pictures, b.Pictures[:min(len(b.Pictures), max(0, maxPictures-len(r.Pictures)))]...)
}

// draft is a product as a file has it, before it is compared with what the
// store has.
type draft struct {
	line     int // of its first row
	slug     string
	problems []Problem
	product  ProductInput   // texts in the file's languages; no codes of options
	values   [][]string     // names of the option values, one list a variant
	lines    []int          // of the variants
	pictures []int          // lines of the images
	category categoryWish   // in words
	has      func(col) bool // whether the file has a column
}

// categoryWish is a category as files name it: by slugs from the root, or by
// the name of a root in one language.
type categoryWish struct {
	slugs []string
	names []i18n.Text
}

func (d *draft) fail(line int, field string, f *fault.Error) {
	if len(f.Fields) == 0 {
		d.problems = append(d.problems, Problem{Line: line, Product: d.slug, Field: field, Code: f.Code, Args: f.Args})
		return
	}
	for _, x := range f.Fields {
		p := Problem{Line: line, Product: d.slug, Field: field, Code: x.Code, Args: x.Args}
		if field == "" {
			p.Field = x.Name
			p.Line = d.lineOf(x.Name)
		}
		d.problems = append(d.problems, p)
	}
}

// lineOf finds the line of a field such as variants.3.price.
func (d *draft) lineOf(field string) int {
	var i int
	if rest, ok := strings.CutPrefix(field, "variants."); ok {
		for _, c := range rest {
			if c < '0' || c > '9' {
				break
			}
			i = i*10 + int(c-'0')
		}
		if i < len(d.lines) {
			return d.lines[i]
		}
	}
	return d.line
}

// number takes the apostrophe off a SKU or barcode of digits, which exports put
// there to keep spreadsheets from rounding it.
func number(s string) string {
	rest, ok := strings.CutPrefix(s, "'")
	if ok && rest != "" && !strings.ContainsFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'z') && r != '-' }) {
		return rest
	}
	return s
}

// splitTags reads a list of tags as files write it.
func splitTags(s string) []string {
	return slices.DeleteFunc(strings.Split(s, ","), func(t string) bool { return strings.TrimSpace(t) == "" })
}
