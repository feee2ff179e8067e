package catalog

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// bulkRun changes many products in one transaction.
type bulkRun struct {
	m       *Module
	who     auth.Actor
	keepers []FigureKeeper
	undo    bool // leaves out products that cannot be changed, and does the others

	f       *facts
	have    map[catalogapi.ProductID]Product
	refused map[catalogapi.ProductID][]fault.Field // what is wrong, by the names of fields
	lines   []BulkLine
	before  []Product // of the lines
	after   []Product
}

// run makes the changes, or notes what is wrong. Nothing is written about a
// product that is refused; unless something is taken back, nothing at all is
// when one is.
func (r *bulkRun) run(ctx context.Context, tx tx, patches []Patch) error {
	r.refused = map[catalogapi.ProductID][]fault.Field{}
	if err := r.load(ctx, tx, patches); err != nil {
		return err
	}
	slugs, err := r.slugHolders(ctx, tx, patches)
	if err != nil {
		return err
	}
	type change struct {
		patch Patch
		after Product
	}
	var all []change
	for _, c := range patches {
		have, ok := r.have[c.Product]
		if !ok {
			r.refuse(c.Product, "", "catalog.no_product")
			continue
		}
		if c.Seen != "" && c.Seen != have.Version() {
			r.refuse(c.Product, "", r.changedCode())
			continue
		}
		p := c.on(have)
		if holder := slugs[p.Slug]; holder != 0 && holder != p.ID {
			r.refuse(c.Product, "title", "catalog.slug_taken")
			continue
		}
		if err := accept(p.ProductInput, r.f); err != nil {
			r.reject(p, err)
			continue
		}
		all = append(all, change{c, p})
	}
	if err := r.setFigures(ctx, tx, patches); err != nil {
		return err
	}
	if len(r.refused) > 0 && !r.undo {
		return nil
	}
	for _, c := range all {
		if r.refused[c.after.ID] == nil {
			r.one(c.patch, c.after)
		}
	}
	return r.store(ctx, tx)
}

func (r *bulkRun) load(ctx context.Context, tx tx, patches []Patch) (err error) {
	ids := make([]int64, len(patches))
	for i, c := range patches {
		ids[i] = int64(c.Product)
	}
	if err := holdProducts(ctx, tx, ids); err != nil {
		return err
	}
	if r.f, err = loadFacts(ctx, tx); err != nil {
		return err
	}
	ps, err := productsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := loadVariants(ctx, tx, ps); err != nil {
		return err
	}
	r.have = make(map[catalogapi.ProductID]Product, len(ps))
	for _, p := range ps {
		if !p.Deleted || r.undo {
			r.have[p.ID] = p
		}
	}
	return nil
}

// slugHolders finds who has the addresses that products get back.
func (r *bulkRun) slugHolders(ctx context.Context, tx tx, patches []Patch) (map[string]catalogapi.ProductID, error) {
	var slugs []string
	for _, c := range patches {
		if c.Slug != nil {
			slugs = append(slugs, *c.Slug)
		}
	}
	if len(slugs) == 0 {
		return nil, nil
	}
	return holdersOf(ctx, tx, slugs)
}

// one notes a product whose change is accepted.
func (r *bulkRun) one(c Patch, p Product) {
	have := r.have[p.ID]
	there, back := between(have, p)
	there.Figures = c.Figures
	for _, f := range c.Figures {
		f.From, f.To = f.To, f.From
		back.Figures = append(back.Figures, f)
	}
	if there.empty() {
		return
	}
	r.before, r.after = append(r.before, have), append(r.after, p)
	r.lines = append(r.lines, BulkLine{Product: p.ID, Name: p.Title.In("en"), Before: back, After: there})
}

// setFigures lets their keepers change the figures of products that are not
// refused, and notes what they refuse.
func (r *bulkRun) setFigures(ctx context.Context, tx tx, patches []Patch) error {
	for _, k := range r.keepers {
		var mine []FigureChange
		for _, c := range patches {
			for _, f := range c.Figures {
				if r.refused[c.Product] == nil && slices.ContainsFunc(k.Columns(), func(have figure.Column) bool { return have.Code == f.Code }) {
					mine = append(mine, f)
				}
			}
		}
		if len(mine) == 0 {
			continue
		}
		refused, err := k.Set(ctx, tx, r.who, mine)
		if err != nil {
			return err
		}
		for _, no := range refused {
			r.refused[no.Whole] = append(r.refused[no.Whole], fault.Field{Name: no.Part.String() + "." + no.Code, Code: no.Why.Code, Args: no.Why.Args})
		}
	}
	return nil
}

func (r *bulkRun) store(ctx context.Context, tx tx) error {
	if len(r.lines) == 0 {
		return nil
	}
	var n news
	for i, p := range r.after {
		n.price(tx.Now(), r.before[i], p.Variants)
	}
	if err := n.compare(ctx, tx); err != nil {
		return err
	}
	w := &writing{facts: r.f, ended: n.ended}
	for i := range r.after {
		p := &r.after[i]
		next := product(p.ProductInput)
		next.CreatedAt, next.Deleted = p.CreatedAt, p.Deleted
		*p = next
		w.edit(r.before[i], p, tx.NewID)
		r.lines[i].Version = p.Version()
	}
	if err := r.m.store(ctx, tx, w); err != nil {
		return err
	}
	return r.audit(ctx, tx)
}

// audit writes one line a product, all at once.
func (r *bulkRun) audit(ctx context.Context, tx tx) error {
	if r.m.need.Journal == nil {
		return nil
	}
	entries := make([]tenancyapi.Entry, len(r.lines))
	for i, l := range r.lines {
		before, after := told(r.f, r.before[i], r.after[i])
		for _, f := range l.After.Figures {
			name := "stock"
			if at := slices.IndexFunc(r.after[i].Variants, func(v Variant) bool { return v.ID == f.Part && len(v.Values) > 0 }); at >= 0 {
				name += ofSign + r.after[i].Choice(r.after[i].Variants[at], i18n.En)
			}
			before[name], after[name] = strconv.FormatInt(f.From, 10), strconv.FormatInt(f.To, 10)
		}
		entries[i] = tenancyapi.Entry{Actor: r.who, Action: MayEdit.Code, Target: l.Product.String(), Title: l.Name, Before: before, After: after}
	}
	return r.m.need.Journal.RecordAll(ctx, tx, entries)
}

// changedCode is the sentence for who has another product before them.
func (r *bulkRun) changedCode() string {
	if r.undo {
		return "catalog.undo_changed"
	}
	return "catalog.changed_meanwhile"
}

func (r *bulkRun) refuse(p catalogapi.ProductID, field, code string) {
	name := p.String()
	if field != "" {
		name += "." + field
	}
	r.refused[p] = append(r.refused[p], fault.Field{Name: name, Code: code})
}

// reject notes what is wrong with a product by the names of its own and its
// variants' identifiers.
func (r *bulkRun) reject(p Product, err error) {
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) == 0 {
		r.refuse(p.ID, "", fault.As(err).Code)
		return
	}
	for _, x := range f.Fields {
		name := p.ID.String() + "." + x.Name
		if rest, ok := strings.CutPrefix(x.Name, "variants."); ok {
			number, field, _ := strings.Cut(rest, ".")
			if i, err := strconv.Atoi(number); err == nil && i < len(p.Variants) {
				name = p.Variants[i].ID.String() + "." + field
			}
		}
		x.Name = name
		r.refused[p.ID] = append(r.refused[p.ID], x)
	}
}

// faults are what is wrong with all products.
func (r *bulkRun) faults() error {
	bad := errBulk
	for _, p := range slices.Sorted(maps.Keys(r.refused)) {
		for _, x := range r.refused[p] {
			bad = bad.Field(x.Name, x.Code)
			bad.Fields[len(bad.Fields)-1].Args = x.Args
		}
	}
	return bad.OrNil()
}
