package inventory_test

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/tenancy/tenancyapi"
)

type tx = *db.Tx[tenant.Store]

var plan = migrate.Plan{Steps: []migrate.Step{job.Migrate}, Lines: []migrate.Line{
	{Module: "event", Files: event.Files},
	{Module: inventoryapi.Code, Files: inventory.Files},
}}

var staff = auth.Actor{Name: "Ada"}

// bundle is one store with its stock.
type bundle struct {
	*dbtest.Env
	m     *inventory.Module
	in    tenant.Store
	shown *shelf
	log   *auditLog
	next  int64
}

func setup(t *testing.T, e *dbtest.Env) *bundle {
	t.Helper()
	queue, err := job.NewQueue(e.DB, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &bundle{Env: e, in: e.Store(), shown: &shelf{stock: map[catalogapi.VariantID]catalogapi.Shown{}}, log: &auditLog{}}
	b.m = inventory.New(inventory.Needs{
		Kit: module.Kit{DB: e.DB, Clock: e.Clock, Jobs: queue, Events: event.NewBus(e.DB, queue, nil)}, Shelf: b.shown, Catalog: names{}, Audit: b.log, Journal: b.log,
	})
	return b
}

// variant makes a variant with so much of it at the first location.
func (b *bundle) variant(t *testing.T, stock int64) catalogapi.VariantID {
	t.Helper()
	return b.open(t, catalogapi.Opening{Stock: stock, Tracked: true, Deny: true})
}

func (b *bundle) open(t *testing.T, o catalogapi.Opening) catalogapi.VariantID {
	t.Helper()
	o.Variant = catalogapi.VariantID(b.DB.IDs().Next())
	b.do(t, func(tx tx) error { return b.m.OpenStock(t.Context(), tx, []catalogapi.Opening{o}) })
	return o.Variant
}

func (b *bundle) do(t *testing.T, fn func(tx tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), b.DB, b.in, fn); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) cause() inventoryapi.Cause {
	b.next++
	return inventoryapi.Cause{Kind: "order", ID: b.next, Name: "1000"}
}

func (b *bundle) reserve(ctx context.Context, c inventoryapi.Cause, until time.Time, lines ...inventoryapi.Line) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error {
		return b.m.Reserve(ctx, tx, inventoryapi.Reservation{Cause: c, Lines: lines, Until: until})
	})
}

func (b *bundle) keep(ctx context.Context, c inventoryapi.Cause) (bool, error) {
	return db.Write(ctx, b.DB, b.in, func(tx tx) (bool, error) { return b.m.Keep(ctx, tx, c) })
}

func (b *bundle) release(ctx context.Context, c inventoryapi.Cause) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Release(ctx, tx, c) })
}

func (b *bundle) ship(ctx context.Context, c inventoryapi.Cause, lines ...inventoryapi.Line) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Ship(ctx, tx, c, lines) })
}

func (b *bundle) restock(ctx context.Context, c inventoryapi.Cause, lines ...inventoryapi.Line) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Restock(ctx, tx, c, lines) })
}

// left is what is available, and holds that a glance sees what this node did at once.
func (b *bundle) left(t *testing.T, ids ...catalogapi.VariantID) map[catalogapi.VariantID]int64 {
	t.Helper()
	out, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) (map[catalogapi.VariantID]int64, error) {
		now, err := b.m.Available(t.Context(), tx, ids)
		for range 2 { // read, and remembered
			glance, err := b.m.Glance(t.Context(), tx, ids)
			if diff := cmp.Diff(now, glance); diff != "" || err != nil {
				t.Errorf("a glance sees another stock: %v\n%s", err, diff)
			}
		}
		return now, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (b *bundle) location(t *testing.T, code string, priority int64) inventory.LocationID {
	t.Helper()
	l, err := b.m.AddLocation(t.Context(), b.in, staff, inventory.Location{Code: code, Name: code, Priority: priority})
	if err != nil {
		t.Fatal(err)
	}
	return l.ID
}

func (b *bundle) home(t *testing.T) inventory.LocationID {
	t.Helper()
	ls, err := b.m.Locations(t.Context(), b.in)
	if err != nil || len(ls) == 0 {
		t.Fatal(ls, err)
	}
	return ls[0].ID
}

func (b *bundle) receive(t *testing.T, at inventory.LocationID, v catalogapi.VariantID, n int64) {
	t.Helper()
	if err := b.m.Receive(t.Context(), b.in, staff, inventory.Receipt{Location: at, Lines: lines(v, n)}); err != nil {
		t.Fatal(err)
	}
}

// balanced holds that every level is the sum of its movements and holds.
func (b *bundle) balanced(t *testing.T) {
	t.Helper()
	wrong, err := b.m.Check(t.Context(), b.in)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("out of balance: %+v %v", wrong, err)
	}
}

func lines(v catalogapi.VariantID, n int64) []inventoryapi.Line {
	return []inventoryapi.Line{{Variant: v, Quantity: n}}
}

func line(v catalogapi.VariantID, n int64) inventoryapi.Line {
	return inventoryapi.Line{Variant: v, Quantity: n}
}

// shelf is a catalogue that remembers what it was shown.
type shelf struct {
	mu    sync.Mutex
	stock map[catalogapi.VariantID]catalogapi.Shown
	calls int
}

// Show remembers at once: what runs after commits does not run in their order.
func (s *shelf) Show(_ context.Context, _ tx, stock []catalogapi.Shown) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	for _, v := range stock {
		s.stock[v.Variant] = v
	}
	return nil
}

func (s *shelf) all() map[catalogapi.VariantID]catalogapi.Shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.stock)
}

type names struct{}

func (names) BySKU(context.Context, tx, string) (catalogapi.Reference, error) {
	return catalogapi.Reference{}, db.ErrNoRow
}

func (names) References(_ context.Context, _ tx, _ i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Reference, error) {
	out := map[catalogapi.VariantID]catalogapi.Reference{}
	for _, v := range ids {
		out[v] = catalogapi.Reference{Variant: v, Title: "Cup", SKU: "CUP"}
	}
	return out, nil
}

func (names) Matching(context.Context, tx, string, int) ([]catalogapi.VariantID, error) {
	return nil, nil
}

type auditLog struct {
	mu      sync.Mutex
	actions []string
}

func (a *auditLog) RecordAll(ctx context.Context, tx tx, entries []tenancyapi.Entry) error {
	for _, e := range entries {
		if err := a.Record(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

func (a *auditLog) Story(context.Context, tx, string, int64, int) ([]tenancyapi.Past, error) {
	return nil, nil
}

func (a *auditLog) Record(_ context.Context, _ tx, e tenancyapi.Entry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.actions = append(a.actions, e.Action)
	return nil
}
