package catalog

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// Query asks for a list of products that are for sale.
type Query struct {
	Text     string // words to search for, or empty
	Category string // slug, with everything below it, or empty for all
	Filter   Filter
	Sort     Sort // "" is Best
	Page     page.Request
}

// Filter narrows a list. Several values of one kind widen it again: red or
// blue, but of this brand.
type Filter struct {
	Brands  []string
	Tags    []string
	Options map[string][]string // values by option, both codes
	From    int64               // lowest price in minor units, or 0
	To      int64               // prices below this, or 0 for no limit
	InStock bool
}

// Card is a product as lists show it.
type Card struct {
	ID        catalogapi.ProductID
	Slug      string
	Title     string
	Brand     string
	Cover     Image
	Price     money.Amount // of the cheapest variant
	PriceMax  money.Amount
	CompareAt money.Amount // zero when not reduced
	Lowest    money.Amount // of the 30 days before the reduction
	Content   Content      // of the cheapest variant
	Variants  int
	InStock   bool
	Featured  bool
	Rating    catalogapi.Rating
}

// Listing is a page of a list and what it can be narrowed by.
type Listing struct {
	page.Page[Card]
	Total    int        // products in the whole list
	Meant    string     // what was searched for instead, where what was typed finds nothing
	Category *Category  // the one asked for, or nil
	Path     []Category // it and those above it
	Facets   []Facet
}

// Browse gives a page of the products of a category or search, in the words of
// a reader of l. It takes two statements.
func (m *Module) Browse(ctx context.Context, in tenant.Store, l i18n.Lang, q Query) (Listing, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (Listing, error) {
		f, err := m.facts(ctx, tx)
		if err != nil {
			return Listing{}, err
		}
		if !slices.Contains(Sorts, q.Sort) {
			q.Sort = Best
		}
		var out Listing
		base := hitsQuery{terms: terms(q.Text)}
		if q.Text != "" && len(base.terms) == 0 {
			return out, nil // nothing to look for, such as "?!"
		}
		if q.Category != "" {
			c, ok := f.tree.BySlug(q.Category)
			if !ok {
				return out, ErrNoCategory
			}
			out.Category, out.Path = &c, f.tree.Path(c.ID)
			base.categories = f.tree.Below(c.ID)
		}
		a := arrangement{base, l, q, out.Category, f}
		list, err := m.arrange(ctx, tx, a)
		if err != nil {
			return out, err
		}
		if len(list.hits) == 0 && q.Text != "" && len(list.facets) == 0 {
			if list, err = m.instead(ctx, tx, &a, &out); err != nil {
				return out, err
			}
		}
		out.Total, out.Facets = len(list.hits), list.facets
		out.Items, out.Next, err = m.pageOf(ctx, tx, list.hits, a)
		return out, err
	})
}

// pageOf gives the cards of the page that was asked for, from memory when somebody
// saw it just now.
func (m *Module) pageOf(ctx context.Context, tx tx, all []hit, a arrangement) ([]Card, string, error) {
	hits, next, err := cut(all, a.query)
	if err != nil {
		return nil, "", err
	}
	key := m.shelf.key(tx.Scope().ID(), fmt.Sprintf("%s|%s|%d", a.key(), a.query.Page.After, a.query.Page.Rows()))
	if have, ok := m.shelf.cards.GetIfPresent(key); ok {
		return slices.Clone(have), next, nil
	}
	cards, err := cardsOf(ctx, tx, a.lang, hits)
	if err != nil {
		return nil, "", err
	}
	m.shelf.cards.Set(key, cards)
	return slices.Clone(cards), next, nil
}

// arrangement is everything that decides which products a list has, in which
// order, and how its filters are called.
type arrangement struct {
	base  hitsQuery
	lang  i18n.Lang
	query Query
	at    *Category
	facts *facts
}

func (a arrangement) key() string {
	f := a.query.Filter
	options := url.Values(f.Options).Encode() // sorted
	return fmt.Sprintf("%s|%v|%s|%s|%q|%q|%s|%d-%d|%t", a.base.key(), a.base.categories, a.lang, a.query.Sort, f.Brands, f.Tags, options, f.From, f.To, f.InStock)
}

// arrange gives a list narrowed and sorted, from memory when somebody asked for
// the same just now. The result is shared and must not be changed.
func (m *Module) arrange(ctx context.Context, tx tx, a arrangement) (arranged, error) {
	key := m.shelf.key(tx.Scope().ID(), a.key())
	if have, ok := m.shelf.lists.GetIfPresent(key); ok {
		return have, nil
	}
	all, err := m.list(ctx, tx, a.base)
	if err != nil {
		return arranged{}, err
	}
	n := narrow(all, a.query.Filter, a.base)
	a.query.Sort.arrange(n.matched, a.query.Text != "")
	out := arranged{hits: n.matched, facets: n.facets(a.facts, a.lang, a.query, a.at)}
	m.shelf.lists.Set(key, out)
	return out, nil
}

// instead arranges the list of what a search that found nothing may have meant.
func (m *Module) instead(ctx context.Context, tx tx, a *arrangement, out *Listing) (arranged, error) {
	words, err := m.vocabulary(ctx, tx, a.facts)
	if err != nil {
		return arranged{}, err
	}
	text := meant(a.query.Text, words)
	if text == "" {
		return arranged{}, nil
	}
	a.base.terms = terms(text)
	list, err := m.arrange(ctx, tx, *a)
	if len(list.hits) > 0 {
		out.Meant = text
	}
	return list, err
}

// list reads the lines of a list, from memory when they were read just now.
func (m *Module) list(ctx context.Context, tx tx, q hitsQuery) ([]hit, error) {
	key := m.shelf.key(tx.Scope().ID(), q.key())
	if have, ok := m.shelf.lists.GetIfPresent(key); ok {
		return have.hits, nil
	}
	hs, err := loadHits(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	m.shelf.lists.Set(key, arranged{hits: hs})
	return hs, nil
}

// cut gives the hits of the page that was asked for, out of sorted ones.
func cut(hs []hit, q Query) (rows []hit, next string, err error) {
	searched := q.Text != ""
	from := 0
	if q.Page.After != "" {
		var key, id int64
		if err := page.Decode(q.Page.After, &key, &id); err != nil {
			return nil, "", err
		}
		from = len(hs)
		if i := slices.IndexFunc(hs, func(h hit) bool {
			k := q.Sort.key(h, searched)
			return k > key || k == key && h.id < id
		}); i >= 0 {
			from = i
		}
	}
	rows = hs[from:min(from+q.Page.Rows(), len(hs))]
	if from+len(rows) < len(hs) {
		last := rows[len(rows)-1]
		next = page.Encode(q.Sort.key(last, searched), last.id)
	}
	return rows, next, nil
}

// cardsOf reads the cards of hits and puts them into their order.
func cardsOf(ctx context.Context, tx tx, l i18n.Lang, hs []hit) ([]Card, error) {
	if len(hs) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(hs))
	for i, h := range hs {
		ids[i] = h.id
	}
	cards, err := loadCards(ctx, tx, l, ids)
	if err != nil {
		return nil, err
	}
	place := func(c Card) int { return slices.Index(ids, int64(c.ID)) }
	slices.SortFunc(cards, func(a, b Card) int { return place(a) - place(b) })
	return cards, nil
}

// hitsQuery is the part of a Query that the database answers; the rest is done
// on its lines.
type hitsQuery struct {
	terms      []string
	categories []int64
}

func (q hitsQuery) key() string {
	out := make([]byte, 0, 64)
	for _, t := range q.terms {
		out = append(append(out, t...), ' ')
	}
	if len(q.terms) > 0 { // a search is narrowed to a category afterwards
		return string(out)
	}
	out = append(out, '#')
	for _, c := range q.categories {
		out = append(strconv.AppendInt(out, c, 36), ' ')
	}
	return string(out)
}
