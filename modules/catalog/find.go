package catalog

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// Page is a product as its page shows it, in one language.
type Page struct {
	ID             catalogapi.ProductID
	Slug           string
	Title          string
	Summary        string
	Body           string // clean HTML
	SEOTitle       string
	SEODescription string
	Brand          string
	Category       CategoryID
	Path           []Category // the category and those above it
	Tags           []string
	Options        []Option
	Images         []Image
	Currency       money.Currency
	TaxClass       catalogapi.TaxClass
	Digital        bool
	MinQty, MaxQty int64
	Step           int64
	Price          money.Amount
	PriceMax       money.Amount
	CompareAt      money.Amount
	Lowest         money.Amount
	InStock        bool
	UpdatedAt      time.Time
	Rating         catalogapi.Rating
	Variants       []Variant
	Related        []Card
}

// Moved is the answer when a product has another slug now.
type Moved struct{ Slug string }

// Error implements error.
func (m Moved) Error() string { return "the product moved to " + m.Slug }

// PageOf is the product for sale with the slug. A slug that it had before gives
// Moved, one that is no longer sold Gone. It takes three statements, or none when the page was read just now. The
// result is shared and must not be changed.
func (m *Module) PageOf(ctx context.Context, in tenant.Store, l i18n.Lang, slug string) (*Page, error) {
	key := m.shelf.page(in.ID(), l, slug)
	if p, ok := m.shelf.pages.GetIfPresent(key); ok {
		return p, nil
	}
	p, err := m.readPage(ctx, in, l, slug)
	if err != nil {
		return nil, err
	}
	m.shelf.pages.Set(key, &p)
	return &p, nil
}

func (m *Module) readPage(ctx context.Context, in tenant.Store, l i18n.Lang, slug string) (Page, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (Page, error) {
		p, err := pageProduct(ctx, tx, l, slug)
		if isNoRow(err) {
			return Page{}, m.missing(ctx, tx, l, slug)
		}
		if err != nil {
			return Page{}, err
		}
		if p.Variants, err = pageVariants(ctx, tx, p.ID, p.Currency); err != nil {
			return Page{}, err
		}
		f, err := m.facts(ctx, tx)
		if err != nil {
			return Page{}, err
		}
		if p.Category != 0 {
			p.Path = f.tree.Path(p.Category)
		}
		p.Related, err = relatedCards(ctx, tx, l, p)
		return p, err
	})
}

// Home is what a store's first page shows of its catalogue.
type Home struct {
	Cards []Card     // featured, then new
	Roots []Category // with Tree
	Tree  *Tree
}

// HomeOf is the first page of a store. It takes one statement.
func (m *Module) HomeOf(ctx context.Context, in tenant.Store, l i18n.Lang) (Home, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (Home, error) {
		f, err := m.facts(ctx, tx)
		if err != nil {
			return Home{}, err
		}
		cards, err := homeCards(ctx, tx, l)
		return Home{Cards: cards, Roots: f.tree.Children(0), Tree: f.tree}, err
	})
}

// Product is a product with its variants, whatever its status.
func (m *Module) Product(ctx context.Context, in tenant.Store, id catalogapi.ProductID) (Product, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (Product, error) { return productIn(ctx, tx, id) })
}

func productIn(ctx context.Context, tx tx, id catalogapi.ProductID) (Product, error) {
	ps, err := products(ctx, tx, db.Eq("p.id", id))
	if err != nil {
		return Product{}, err
	}
	if len(ps) == 0 {
		return Product{}, ErrNoProduct
	}
	err = loadVariants(ctx, tx, ps)
	return ps[0], err
}

// Archive takes a product off sale for good; its variants keep their names for
// old orders.
func (m *Module) Archive(ctx context.Context, in tenant.Store, id catalogapi.ProductID) error {
	return m.SetStatus(ctx, in, id, Archived)
}
