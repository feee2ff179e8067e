package core

import (
	"context"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/core/coreapi"
)

var (
	addFigureStmt    = db.Must[tenant.Store](Files, "add_figure")
	figuresStmt      = db.Must[tenant.Store](Files, "figures")
	figuresOfStmt    = db.Must[tenant.System](Files, "figures_of_stores")
	figuresOfAllStmt = db.Must[tenant.System](Files, "figures_of_all")
)

// part is what there was of a figure in one step of a period.
type part struct {
	store    tenant.StoreID
	name     string
	currency money.Currency
	step     int64
	n, minor int64
}

func scanPart(r db.Row) (p part, err error) {
	return p, r.Scan(&p.store, &p.name, &p.currency, &p.step, &p.n, &p.minor)
}

func addFigure(tx *db.Tx[tenant.Store], f coreapi.Figure) error {
	return db.Defer(tx, addFigureStmt, db.Args{
		"name": f.Name, "hour": hourOf(f.At), "currency": string(f.Amount.Currency), "n": f.N, "minor": f.Amount.Minor,
	})
}

func figures(ctx context.Context, tx *db.Tx[tenant.Store], p Period) ([]part, error) {
	return db.All(ctx, tx, figuresStmt, db.Args{"width": p.width, "shift": p.shift, "since": p.since()}, scanPart)
}

// figuresOf are those of some stores, apart; of nil, those of all, together.
func figuresOf(ctx context.Context, tx *db.Tx[tenant.System], stores []tenant.StoreID, p Period) ([]part, error) {
	args := db.Args{"width": p.width, "shift": p.shift, "since": p.since()}
	if stores == nil {
		return db.All(ctx, tx, figuresOfAllStmt, args, scanPart)
	}
	plain := make([]int64, len(stores))
	for i, s := range stores {
		plain[i] = int64(s)
	}
	args["stores"] = plain
	return db.All(ctx, tx, figuresOfStmt, args, scanPart)
}
