package inventory

import (
	"cmp"
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	lockLevelsStmt  = db.Must[tenant.Store](files, "lock_levels")
	moveLevelsStmt  = db.Must[tenant.Store](files, "move_levels")
	insertItemsStmt = db.Must[tenant.Store](files, "insert_items")
	insertLevelStmt = db.Must[tenant.Store](files, "insert_levels")
	openLevelsStmt  = db.Must[tenant.Store](files, "open_levels")
	untrackedStmt   = db.Must[tenant.Store](files, "untracked")
	availableStmt   = db.Must[tenant.Store](files, "available")
	countLowStmt    = db.Must[tenant.Store](files, "count_low")
	findItemStmt    = db.Must[tenant.Store](files, "find_item")
	updateItemStmt  = db.Must[tenant.Store](files, "update_item")
	updateShelfStmt = db.Must[tenant.Store](files, "update_shelf")
	backorderStmt   = db.Must[tenant.Store](files, "update_backorder")
	onHandStmt      = db.Must[tenant.Store](files, "on_hand")
	unbalancedStmt  = db.Must[tenant.Store](files, "unbalanced")
)

// numbers gives identifiers as the integers that tables have.
func numbers[T ~int64](ids []T) []int64 {
	out := make([]int64, len(ids))
	for i, v := range ids {
		out[i] = int64(v)
	}
	return out
}

// lockLevels reads the levels of variants and keeps everybody else from
// changing them until the transaction ends.
func lockLevels(ctx context.Context, tx tx, ids []catalogapi.VariantID) ([]level, error) {
	return db.All(ctx, tx, lockLevelsStmt, db.Args{"variants": numbers(ids)}, func(r db.Row) (l level, err error) {
		return l, r.Scan(&l.Variant, &l.Location, &l.OnHand, &l.Reserved, &l.Backlog, &l.Priority)
	})
}

func countLow(ctx context.Context, tx tx) (int, error) {
	return db.One(ctx, tx, countLowStmt, db.Args{"most": mostLow}, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
}

type levelChange struct {
	Variant  int64 `json:"variant"`
	Location int64 `json:"location"`
	OnHand   int64 `json:"on_hand"`
	Reserved int64 `json:"reserved"`
}

// moveLevels changes levels and tells how many it could change.
func moveLevels(ctx context.Context, tx tx, changes []change) (int64, error) {
	rows := make([]levelChange, len(changes))
	for i, c := range changes {
		rows[i] = levelChange{int64(c.Variant), int64(c.Location), c.OnHand, c.Reserved}
	}
	return db.Exec(ctx, tx, moveLevelsStmt, db.Args{"changes": db.JSON(rows)})
}

type item struct {
	Variant catalogapi.VariantID
	Tracked bool
	Backlog int64
}

// insertItems adds those that are not there yet and tells which.
func insertItems(ctx context.Context, tx tx, items []item) ([]catalogapi.VariantID, error) {
	type row struct {
		Variant   int64 `json:"variant"`
		Tracked   bool  `json:"tracked"`
		Backorder int64 `json:"backorder"`
	}
	rows := make([]row, len(items))
	for i, it := range items {
		rows[i] = row{int64(it.Variant), it.Tracked, it.Backlog}
	}
	return db.All(ctx, tx, insertItemsStmt, db.Args{"items": db.JSON(rows)}, scanVariant)
}

func scanVariant(r db.Row) (v catalogapi.VariantID, err error) { return v, r.Scan(&v) }

// insertLevels makes empty levels of tracked variants at a location; a
// variant's first level carries its backorders.
func insertLevels(ctx context.Context, tx tx, at LocationID, ids []catalogapi.VariantID, lowAt int64) error {
	_, err := db.Exec(ctx, tx, insertLevelStmt, db.Args{"variants": numbers(ids), "location_id": at, "low_at": lowAt})
	return err
}

// openLevels makes the first levels of variants, with what is on the shelf.
func openLevels(ctx context.Context, tx tx, s shelf, lowAt int64) error {
	type row struct {
		Variant   int64 `json:"variant"`
		Location  int64 `json:"location"`
		OnHand    int64 `json:"on_hand"`
		Backorder int64 `json:"backorder"`
	}
	var rows []row
	for _, levels := range s {
		for _, l := range levels {
			rows = append(rows, row{int64(l.Variant), int64(l.Location), l.OnHand, l.Backlog})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.Variant, b.Variant) })
	_, err := db.Exec(ctx, tx, openLevelsStmt, db.Args{"levels": db.JSON(rows), "low_at": lowAt})
	return err
}

func untrackedOf(ctx context.Context, tx tx, ids []catalogapi.VariantID) (map[catalogapi.VariantID]bool, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := db.All(ctx, tx, untrackedStmt, db.Args{"variants": numbers(ids)}, scanVariant)
	out := map[catalogapi.VariantID]bool{}
	for _, v := range found {
		out[v] = true
	}
	return out, err
}

type roomRow struct {
	variant catalogapi.VariantID
	tracked bool
	backlog int64
	left    int64
}

func roomsOf(ctx context.Context, tx tx, ids []catalogapi.VariantID) ([]roomRow, error) {
	return db.All(ctx, tx, availableStmt, db.Args{"variants": numbers(ids)}, func(r db.Row) (v roomRow, err error) {
		return v, r.Scan(&v.variant, &v.tracked, &v.backlog, &v.left)
	})
}

func findItem(ctx context.Context, tx tx, v catalogapi.VariantID) (item, error) {
	return db.One(ctx, tx, findItemStmt, db.Args{"variant_id": v}, func(r db.Row) (i item, err error) {
		return i, r.Scan(&i.Variant, &i.Tracked, &i.Backlog)
	})
}

func updateItem(ctx context.Context, tx tx, i item) error {
	_, err := db.Exec(ctx, tx, updateItemStmt, db.Args{"variant_id": i.Variant, "tracked": i.Tracked, "backorder_limit": i.Backlog})
	return err
}

func updateShelf(ctx context.Context, tx tx, p Place) (int64, error) {
	return db.Exec(ctx, tx, updateShelfStmt, db.Args{"variant_id": p.Variant, "location_id": p.Location, "bin": p.Bin, "low_at": p.LowAt})
}

// updateBackorder tells 0 when more is already reserved than the new limit allows.
func updateBackorder(ctx context.Context, tx tx, l level) (int64, error) {
	return db.Exec(ctx, tx, backorderStmt, db.Args{"variant_id": l.Variant, "location_id": l.Location, "backorder_limit": l.Backlog})
}

// onHandOf is what is on hand of tracked variants at each location; one that was
// never anywhere is there without a location.
func onHandOf(ctx context.Context, tx tx, ids []catalogapi.VariantID) ([]level, error) {
	return db.All(ctx, tx, onHandStmt, db.Args{"variants": numbers(ids)}, func(r db.Row) (l level, err error) {
		return l, r.Scan(&l.Variant, &l.Location, &l.OnHand)
	})
}

func unbalanced(ctx context.Context, tx tx) ([]Imbalance, error) {
	return db.All(ctx, tx, unbalancedStmt, nil, func(r db.Row) (b Imbalance, err error) {
		return b, r.Scan(&b.Variant, &b.Location, &b.OnHand, &b.Reserved, &b.MovedOnHand, &b.MovedReserved, &b.Held)
	})
}
