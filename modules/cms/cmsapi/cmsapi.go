// Package cmsapi is what other modules see of cms: the kinds of sections that pages are made of, and how a module brings one.
package cmsapi

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "cms"

// Sections is filled with the kinds of sections that modules bring; one is gone from pages while its module is off.
var Sections = slot.Define[struct{}, Kind]("cms.sections")

// Kind is a kind of section. Its word is "module.section_code", with "_text" that of what it is for.
type Kind struct {
	Module string
	Code   string // behind its module's: "featured"
	Icon   string // of kit/ui/icon
	Home   bool   // a store that made no home page of its own has one as New makes it
	New    func() Section
}

// Name is what pages call the kind for good: "catalog.featured".
func (k Kind) Name() string { return k.Module + "." + k.Code }

// Word is the key of its word.
func (k Kind) Word() string { return k.Module + ".section_" + k.Code }

// Section is one section of a page: a pointer to a struct that is kept as JSON.
type Section interface {
	// Fields are what is written in it, in the order of the form.
	Fields() []Field
	// Draw gives what draws it, nil where there is nothing to show. It may read the database; what it returns may not.
	Draw(ctx context.Context, at Spot) (Drawing, error)
}

// Drawing writes a section.
type Drawing func(context.Context, io.Writer) error

// Spot is where a section is drawn.
type Spot struct {
	In    tenant.Store
	Shop  Shop
	Words i18n.Words
	Base  string // before addresses of the storefront
	ID    string // unique on the page, for those of elements
	First bool   // it is seen at once, and its title is the page's
	Now   time.Time
}

// Shop is what sections say of the store.
type Shop struct {
	Name, Merchant, Platform, Email, Phone, Country string
	Title, Text                                     i18n.Text // of its profile
	Picture                                         string    // the same, as kit/picture reads it
	Address                                         []string
	Browse                                          string // path of all products, empty where nothing is sold
}

// Shape says what a field takes.
type Shape string

// The shapes.
const (
	Line    Shape = "line"    // Text in one line
	Lines   Shape = "lines"   // Text in several
	Rich    Shape = "rich"    // Text as HTML, cleaned
	Address Shape = "address" // One: a path of the store, or an https address
	Plain   Shape = "plain"   // One: the same in all languages
	Pick    Shape = "pick"    // One of Options
	Yes     Shape = "yes"     // On
	Image   Shape = "picture" // Picture
	Moment  Shape = "moment"  // Time, by the store's clock
	Many    Shape = "many"    // Items
)

// Field is one thing that is written in a section. It points to where that is kept.
type Field struct {
	Name  string // also the end of its word, "cms.section_f_" + Name, unless there is a Key
	Key   string
	Shape Shape
	Must  bool
	Most  int // characters, or items
	// Options are the values to pick from, each with the word of the field and its
	// value; Choices are those that only the store knows.
	Options []string
	Choices func(ctx context.Context, in tenant.Store, l i18n.Lang) ([]Option, error)

	Text    *i18n.Text
	One     *string
	On      *bool
	Picture *Picture
	Time    *time.Time
	Items   Items
}

// Picture is a picture and what it shows.
type Picture struct {
	File  string    `json:"file,omitempty"`  // of the store's library, which fills in all but Alt
	Image string    `json:"image,omitempty"` // as kit/picture reads it
	Alt   i18n.Text `json:"alt,omitempty"`
	Said  i18n.Text `json:"-"` // instead of no Alt
	Focus [2]int    `json:"-"` // hundredths from the left and the top
}

// Items are like things in a section, such as questions.
type Items interface {
	Len() int
	Resize(n int)
	Fields(i int) []Field
	Arrange(order []int) // keeps the named ones, in that order
}

// ItemsOf are the things of a slice.
func ItemsOf[T any](all *[]T, fields func(*T) []Field) Items { return items[T]{all, fields} }

type items[T any] struct {
	all    *[]T
	fields func(*T) []Field
}

func (s items[T]) Len() int             { return len(*s.all) }
func (s items[T]) Fields(i int) []Field { return s.fields(&(*s.all)[i]) }
func (s items[T]) Resize(n int)         { *s.all = append(*s.all, make([]T, n)...)[:n:n] }
func (s items[T]) Arrange(order []int) {
	out := make([]T, len(order))
	for i, at := range order {
		out[i] = (*s.all)[at]
	}
	*s.all = out
}

// Option is a value to pick, with its word.
type Option struct{ Value, Label string }

// Read makes the section of a kind that JSON describes, a new one of nothing.
func (k Kind) Read(text json.RawMessage) (Section, error) {
	s := k.New()
	if len(text) == 0 {
		return s, nil
	}
	return s, json.Unmarshal(text, s)
}
