package catalogui

import (
	"context"
	"strconv"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
)

// Row is a product in the staff's list.
type Row struct {
	ID, Href, Title, Detail  string
	Image                    string
	Status                   ui.Badge
	Price                    ui.Price
	Stock                    ui.Badge
	Category, Brand, Changed string
	Variants                 string
}

// Products is the staff's list.
type Products struct {
	Rows       []Row
	Views      ui.SavedViews
	Query      string
	Keep       map[string]string // what a search keeps
	Columns    []string          // chosen by the reader; empty when nobody chose
	KeepAll    map[string]string // what another choice of columns keeps
	Chips      []ui.Chip
	Clear      string
	Sort       ui.Sort
	Optional   []ui.Option // columns that may be shown
	Shown      []string
	First      string
	Next       string
	Back       string // path of the list as it is
	SheetHref  string // path of the sheet of all that match
	CSV        string // path of the file of all that match
	Categories []ui.Option
	MayEdit    bool
	MayImport  bool
	Filtered   bool
}

// Editor is the form of a product.
type Editor struct {
	New      bool
	May      bool // change it
	Title    string
	Sub      string // what a new product begins with
	Action   string
	Version  string // of what the form was drawn from
	Address  string // of products, before the slug
	Badge    ui.Badge
	Shop     string // address of its page, empty when it has none
	Copy     string // path of a new product that begins with what this one has
	Story    Story  // what happened to it last
	State    ui.Form
	Currency money.Currency
	Langs    []Texts // the store's own language first
	Slug     string
	Brand    string
	Tags     string
	Category string
	TaxClass string
	Status   string
	Featured bool
	Digital  bool
	MinQty   string
	MaxQty   string
	Step     string
	Options  []OptionFields
	Variants []VariantFields
	Filters  []ui.SheetFilter // by the options
	Images   []ImageFields
	// How what was typed differs from what somebody stored meanwhile, and how
	// many more differences there are.
	Conflicted   bool
	Conflict     []ui.Change
	ConflictMore int
	// The choices of the selects.
	Categories, TaxClasses, Statuses, Units, ImageValues []ui.Option
}

// Texts are the texts of a product in one language.
type Texts struct {
	Lang                                           i18n.Lang
	Title, Summary, Body, SEOTitle, SEODescription string
}

// OptionFields are an option's fields, with its names and values by language.
type OptionFields struct {
	N      int
	Names  map[i18n.Lang]string
	Values map[i18n.Lang]string // with commas between
}

// VariantFields are a variant's fields.
type VariantFields struct {
	N                                      int
	Choice                                 string // codes
	Label                                  string
	Of                                     []string // codes, one an option
	On                                     bool
	New                                    bool // may have an opening stock
	SKU, GTIN, Price, Compare, Cost, Grams string
	Content, Unit                          string
}

// ImageFields are a picture's fields. One that was just sent is prepared first:
// until then it is pending, without an address.
type ImageFields struct {
	N        int
	Key, Src string // as they are posted back
	Image    string // address, empty while there is none
	Alt      i18n.Text
	Value    string // the option value that it shows, empty for all
	Pending  bool
	Failed   string // why it could not be prepared, in words
}

// note is what is said beside the picture.
func (f ImageFields) note(ctx context.Context) string {
	switch {
	case f.Pending:
		return ui.Words(ctx).T("catalog.picture_pending")
	case f.Failed != "":
		return f.Failed
	}
	return f.Src
}

// Categories is the page of the tree.
type Categories struct {
	Nodes   []ui.Node
	MayEdit bool
	State   ui.Form
	Edit    CategoryFields
	Parents []ui.Option
	Langs   []i18n.Lang
}

// CategoryFields are the fields of the category under edit; without an
// identifier it is a new one.
type CategoryFields struct {
	ID, Slug, Parent string
	Name, About      map[i18n.Lang]string
}

// Imports is the page of files in and out.
type Imports struct {
	May   bool // see products, and so take them along
	State ui.Form
	Rows  []ImportRow
}

// ImportRow is an import in the list.
type ImportRow struct {
	Href, File, Who, When string
	Status                ui.Badge
	Count                 string
}

// Import is the page of one import.
type Import struct {
	Title    string
	Sub      string
	Status   ui.Badge
	Over     bool
	Action   string // of cancelling
	Refresh  string // address of the part that is shown anew
	Done     int
	Total    int
	Text     string
	Facts    []ui.Fact
	Problems []ProblemRow
	Pictures []ProblemRow
	File     string // address of the file of problems
}

// ProblemRow says what is wrong with which line.
type ProblemRow struct{ Line, Product, Text string }

// name is the name of a field of a list, such as variants.0.price.
func name(list string, n int, field string) string { return list + "." + strconv.Itoa(n) + "." + field }
