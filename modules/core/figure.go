package core

import (
	"context"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/core/coreapi"
)

var _ coreapi.Figures = (*Module)(nil)

// Tell implements coreapi.Figures.
func (m *Module) Tell(ctx context.Context, tx *db.Tx[tenant.Store], f coreapi.Figure) error {
	return addFigure(tx, f)
}

// Course is how a figure went in a period, and what it was in the time before.
type Course struct {
	N, Minor       []int64 // by step
	SumN, SumMinor int64
	OldN, OldMinor int64
}

// Courses are figures by name.
type Courses map[string]*Course

// of is the course of a figure, flat when nothing happened.
func (c Courses) of(name string, p Period) *Course {
	if c[name] == nil {
		c[name] = &Course{N: make([]int64, p.steps), Minor: make([]int64, p.steps)}
	}
	return c[name]
}

func (c Courses) add(v part, p Period) {
	at, now, then := p.place(v.step)
	f := c.of(v.name, p)
	switch {
	case now:
		f.N[at] += v.n
		f.Minor[at] += v.minor
		f.SumN += v.n
		f.SumMinor += v.minor
	case then:
		f.OldN += v.n
		f.OldMinor += v.minor
	}
}

// Figures are those of a store in one currency, in one statement.
func (m *Module) Figures(ctx context.Context, in tenant.Store, c money.Currency, p Period) (Courses, error) {
	parts, err := db.Read(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) ([]part, error) { return figures(ctx, tx, p) })
	out := Courses{}
	for _, v := range parts {
		if v.currency == c || v.currency == "" {
			out.add(v, p)
		}
	}
	return out, err
}

// FiguresOf are those of some stores, in one statement whatever their number:
// by store, and together by currency. Of nil, they are those of all stores
// together.
func (m *Module) FiguresOf(ctx context.Context, stores []tenant.StoreID, p Period) (by map[tenant.StoreID]Courses, sums map[money.Currency]Courses, err error) {
	by, sums = map[tenant.StoreID]Courses{}, map[money.Currency]Courses{}
	if stores != nil && len(stores) == 0 {
		return by, sums, nil
	}
	parts, err := db.Read(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) ([]part, error) { return figuresOf(ctx, tx, stores, p) })
	for _, v := range parts {
		if by[v.store] == nil {
			by[v.store] = Courses{}
		}
		if sums[v.currency] == nil {
			sums[v.currency] = Courses{}
		}
		by[v.store].add(v, p)
		sums[v.currency].add(v, p)
	}
	return by, sums, err
}
