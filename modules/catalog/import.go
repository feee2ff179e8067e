package catalog

import (
	"context"
	"errors"
	"io"
	"slices"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// format knows how the rows of a file make products.
type format interface {
	key(s *sheet) string      // names the product of a row
	begin(s *sheet, d *draft) // reads what its first row says about the product
	row(s *sheet, d *draft)   // reads what each row says about a variant or picture
	end(d *draft)
}

func formatOf(s *sheet, o Options) (format, Format, error) {
	switch {
	case o.Format != Orion && s.has(shHandle) && s.has(shPrice):
		return newShopify(s, o), Shopify, nil
	case o.Format != Shopify && s.has(orSlug) && s.has(orPrice):
		return newOrion(s, o), Orion, nil
	}
	return nil, "", ErrUnknownFormat
}

// batchSize is how many products share a transaction. Each is stored whole or
// left out, whatever happens to its neighbours.
const batchSize = 100

// Import reads products from a file into a store. Products that the store has
// are told by their slug and changed where they differ; a second run changes
// nothing. Rows that are wrong are reported and leave their product out.
func (m *Module) Import(ctx context.Context, in tenant.Store, r io.Reader, o Options) (Report, error) {
	s, err := openSheet(r)
	if err != nil {
		return Report{}, err
	}
	f, name, err := formatOf(s, o)
	if err != nil {
		return Report{}, err
	}
	run := &importRun{m: m, in: in, o: o, report: Report{Format: name}}
	ctx, cancel := context.WithCancel(ctx)
	batches := (&reading{sheet: s, format: f, seen: map[string]bool{}}).batches(ctx)
	defer func() {
		cancel()
		for range batches { //nolint:revive // until nobody reads r any more
		}
	}()
	for b := range batches {
		if b.err != nil {
			return run.report, b.err
		}
		run.report.Lines = b.rows
		if len(b.drafts) == 0 {
			continue
		}
		if err := run.store(ctx, b.drafts); err != nil || run.report.Stopped {
			return run.report, err
		}
	}
	return run.report, ctx.Err()
}

// batch is what shares a transaction.
type batch struct {
	drafts []*draft
	rows   int // that were read by its end
	err    error
}

// batches reads ahead by one batch while another is stored. It ends with the
// file, with an error, or with ctx.
func (r *reading) batches(ctx context.Context) <-chan batch {
	out := make(chan batch, 1)
	go func() {
		defer close(out)
		for done := false; !done; {
			b := batch{drafts: make([]*draft, 0, batchSize)}
			for len(b.drafts) < batchSize && !done {
				d, err := r.next()
				if done = err != nil; done && !errors.Is(err, io.EOF) {
					b.err = err
				}
				if d != nil {
					b.drafts = append(b.drafts, d)
				}
			}
			b.rows = r.sheet.rows
			select {
			case out <- b:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// importRun is one import under way.
type importRun struct {
	m      *Module
	in     tenant.Store
	o      Options
	report Report
}

var errDry = errors.New("a dry run changes nothing")

// store brings a batch into the store and reports it. When the database refuses
// the batch, its products go in one by one, so that only the refused one stays out.
func (r *importRun) store(ctx context.Context, batch []*draft) error {
	b, err := r.transact(ctx, batch)
	if err != nil && ctx.Err() == nil && len(batch) > 1 && fault.As(err).Kind != fault.Internal {
		for _, d := range batch {
			if err := r.store(ctx, []*draft{d}); err != nil {
				return err
			}
		}
		return nil
	}
	if f := fault.As(err); err != nil && f.Kind != fault.Internal && ctx.Err() == nil {
		batch[0].fail(batch[0].line, "", f)
		b, err = Report{Failed: 1, Problems: batch[0].problems}, nil
	}
	if err != nil {
		return err
	}
	r.report.add(b)
	if r.o.Progress != nil {
		r.o.Progress(r.report)
	}
	r.report.Stopped = r.o.Stopped != nil && r.o.Stopped()
	return nil
}

func (r *importRun) transact(ctx context.Context, batch []*draft) (Report, error) {
	var dry Report
	b, err := db.Write(ctx, r.m.db, r.in, func(tx tx) (Report, error) {
		b, err := r.batch(ctx, tx, batch)
		if err == nil && r.o.DryRun {
			dry = b
			return b, errDry
		}
		return b, err
	})
	if errors.Is(err, errDry) {
		return dry, nil
	}
	return b, err
}

func (r *importRun) batch(ctx context.Context, tx tx, batch []*draft) (Report, error) {
	var b Report
	w, err := startWriting(ctx, tx)
	if err != nil {
		return b, err
	}
	have, err := bySlugs(ctx, tx, batch)
	if err != nil {
		return b, err
	}
	for _, d := range batch {
		if err := r.one(ctx, tx, arrival{w, have[d.slug], d}, &b); err != nil {
			return b, err
		}
	}
	return b, r.m.store(ctx, tx, w)
}

// arrival is a product of the file beside what the store has.
type arrival struct {
	into  *writing
	have  *Product // nil when it is new
	draft *draft
}

// one brings one product into what is written, or reports why not. Its error is
// the database's.
func (r *importRun) one(ctx context.Context, tx tx, a arrival, b *Report) error {
	w, have, d := a.into, a.have, a.draft
	problems := len(d.problems)
	var p ProductInput
	if problems == 0 {
		p = d.merge(have)
		if err := check(p); err != nil {
			d.fail(d.line, "", fault.As(err))
		}
	}
	if len(d.problems) > 0 {
		b.Failed++
		b.problem(d.problems...)
		d.problems = d.problems[:problems] // the transaction may be run again
		return nil
	}
	var err error
	if p.Category, err = r.category(ctx, tx, w.facts, d.category); err != nil {
		return err
	}
	if p.Category == 0 && have != nil {
		p.Category = have.Category
	}
	switch {
	case have == nil:
		b.Created++
		_, err = begin(tx, w, p)
	case same(have.ProductInput, p):
		b.Unchanged++
	default:
		b.Updated++
		err = change(ctx, tx, w, *have, p)
	}
	for i, img := range p.Images {
		if img.Key == "" && i < len(d.pictures) {
			b.Pictures = append(b.Pictures, Picture{Line: d.pictures[i], Product: d.slug, URL: img.Src})
		}
	}
	return err
}

func bySlugs(ctx context.Context, tx tx, batch []*draft) (map[string]*Product, error) {
	wanted := make([]string, len(batch))
	for i, d := range batch {
		wanted[i] = d.slug
	}
	ps, err := products(ctx, tx, db.In("p.slug", wanted...))
	if err != nil {
		return nil, err
	}
	if err := loadVariants(ctx, tx, ps); err != nil {
		return nil, err
	}
	out := make(map[string]*Product, len(ps))
	for i := range ps {
		out[ps[i].Slug] = &ps[i]
	}
	return out, nil
}

// category finds the category that a file names, or makes it with those above.
func (r *importRun) category(ctx context.Context, tx tx, f *facts, w categoryWish) (CategoryID, error) {
	var at CategoryID
	for i, slug := range w.slugs {
		if c, ok := f.tree.BySlug(slug); ok {
			at = c.ID
			continue
		}
		name := i18n.Text{r.o.Lang: slug}
		if i < len(w.names) && !w.names[i].IsEmpty() {
			name = w.names[i]
		}
		id, err := r.m.saveCategory(ctx, tx, f.tree, Category{Parent: at, Slug: slug, Name: name, Place: int64(len(f.tree.all))})
		if err != nil {
			return 0, err
		}
		rows := append(slices.Clone(f.tree.all), Category{ID: id, Parent: at, Slug: slug, Name: name})
		f.tree = newTree(rows)
		at = id
	}
	return at, nil
}
