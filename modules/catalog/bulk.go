package catalog

import (
	"context"
	"slices"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// BulkID names a change of many products.
type BulkID = id.ID[bulkKind]

type bulkKind struct{}

// Prefix of such identifiers.
func (bulkKind) Prefix() string { return "chg" }

// BulkKind says how products were changed together.
type BulkKind string

// The kinds.
const (
	BySheet   BulkKind = "sheet"
	ByStatus  BulkKind = "status"
	ByTags    BulkKind = "tags"
	ByMove    BulkKind = "category"
	ByDeleted BulkKind = "deleted"
)

// MaxBulk is how many rows of products and variants one change may have.
const MaxBulk = 500

// bulkKept is how long a change can be taken back.
const bulkKept = 30 * 24 * time.Hour

// BulkChange is a change of many products that was made.
type BulkChange struct {
	ID       BulkID
	Kind     BulkKind
	Products int
	Fields   []string // what was changed, as the sheet's columns are called
	Lines    []BulkLine
	Actor    string
	At       time.Time
	UndoneBy string // who took it back
	UndoneAt time.Time
}

// BulkLine is what became of one product.
type BulkLine struct {
	Product catalogapi.ProductID `json:"product"`
	Name    string               `json:"name"`
	Before  Patch                `json:"before"`
	After   Patch                `json:"after"`
	Version Version              `json:"version"`        // of the product afterwards
	Left    string               `json:"left,omitempty"` // code of why it was not taken back
}

var (
	errBulk = fault.New(fault.Invalid, "catalog.invalid_bulk")
	// ErrNoBulk says that the store has no such change, or no longer.
	ErrNoBulk = fault.New(fault.NotFound, "catalog.no_bulk")
	// ErrBulkUndone says that a change was taken back already.
	ErrBulkUndone = fault.New(fault.Rule, "catalog.bulk_undone")
	// ErrNothingChanged says that a change changes nothing.
	ErrNothingChanged = fault.New(fault.Invalid, "catalog.nothing_changed")
)

// Many is a change of many products.
type Many struct {
	Kind    BulkKind
	Patches []Patch
	Keepers []FigureKeeper // of the figures that the patches change
}

// ChangeMany changes many products, all or none, in a number of statements that
// does not grow with them, and tells what came of it. Its error names what is wrong by the public
// identifiers of products and variants: "prd_….brand", "var_….price".
func (m *Module) ChangeMany(ctx context.Context, in tenant.Store, who auth.Actor, c Many) (BulkChange, error) {
	if len(c.Patches) > MaxBulk {
		return BulkChange{}, errBulk.Field("id", "catalog.too_many", "max", MaxBulk)
	}
	return db.Write(ctx, m.db, in, func(tx tx) (BulkChange, error) {
		r := &bulkRun{m: m, who: who, keepers: c.Keepers}
		if err := r.run(ctx, tx, c.Patches); err != nil {
			return BulkChange{}, err
		}
		if err := r.faults(); err != nil {
			return BulkChange{}, err
		}
		if len(r.lines) == 0 {
			return BulkChange{}, ErrNothingChanged
		}
		b := BulkChange{
			ID: BulkID(tx.NewID()), Kind: c.Kind, Products: len(r.lines), Fields: r.fields(), Lines: r.lines, Actor: who.Name, At: tx.Now(),
		}
		if err := forgetBulk(ctx, tx, tx.Now().Add(-bulkKept)); err != nil {
			return BulkChange{}, err
		}
		return b, insertBulk(ctx, tx, b)
	})
}

// UndoMany takes a change back, but for the products that somebody changed
// since: those are told with the reason.
func (m *Module) UndoMany(ctx context.Context, in tenant.Store, who auth.Actor, c BulkID, keepers []FigureKeeper) (left []BulkLine, err error) {
	return db.Write(ctx, m.db, in, func(tx tx) ([]BulkLine, error) {
		b, err := findBulk(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		if !b.UndoneAt.IsZero() {
			return nil, ErrBulkUndone
		}
		r := &bulkRun{m: m, who: who, keepers: keepers, undo: true}
		patches := make([]Patch, len(b.Lines))
		for i, l := range b.Lines {
			patches[i] = l.Before
			patches[i].Seen = l.Version
		}
		if err := r.run(ctx, tx, patches); err != nil {
			return nil, err
		}
		var left []BulkLine
		for i := range b.Lines {
			if why := r.refused[b.Lines[i].Product]; why != nil {
				b.Lines[i].Left = why[0].Code
				left = append(left, b.Lines[i])
			}
		}
		b.UndoneBy, b.UndoneAt = who.Name, tx.Now()
		return left, closeBulk(ctx, tx, b)
	})
}

// BulkChanges are the changes of the last days, newest first, without their lines.
func (m *Module) BulkChanges(ctx context.Context, in tenant.Store) ([]BulkChange, error) {
	return db.Read(ctx, m.db, in, func(tx tx) ([]BulkChange, error) { return recentBulks(ctx, tx) })
}

// BulkChange is one of them with its lines.
func (m *Module) BulkChange(ctx context.Context, in tenant.Store, c BulkID) (BulkChange, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (BulkChange, error) { return findBulk(ctx, tx, c) })
}

func (r *bulkRun) fields() []string {
	var out []string
	for _, l := range r.lines {
		for _, f := range l.After.fields() {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}
