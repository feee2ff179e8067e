// Package catalog keeps what a store sells: products with their options and
// variants, categories, the search over them, and the way in and out by file.
//
// What a price is, is decided here; how much is left is inventory's to say, and
// is only shown here. README.md has the meanings and invariants.
package catalog

import (
	"context"
	"embed"
	"io/fs"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/modules/catalog/catalogapi"
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	DB *db.DB
}

// Module keeps the catalogues of stores.
type Module struct {
	db    *db.DB
	known *otter.Cache[factsKey, *facts]
	shelf *shelf
	tell  func(context.Context, tx, catalogapi.VariantsAdded) error
}

var (
	_ catalogapi.Offers = (*Module)(nil)
	_ catalogapi.Lookup = (*Module)(nil)
	_ catalogapi.Shelf  = (*Module)(nil)
)

// New makes the module.
func New(n Needs) *Module {
	return &Module{db: n.DB, known: newFactsCache(), shelf: newShelf()}
}
