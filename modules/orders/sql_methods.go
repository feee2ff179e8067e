package orders

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	stmtMethods      = db.Must[tenant.Store](files, "methods")
	stmtSaveMethod   = db.Must[tenant.Store](files, "save_method")
	stmtDeleteMethod = db.Must[tenant.Store](files, "delete_method")
)

func findMethods(ctx context.Context, tx tx) ([]Method, error) {
	return db.All(ctx, tx, stmtMethods, nil, func(r db.Row) (m Method, err error) {
		return m, r.Scan(&m.ID, db.JSON(&m.Name), db.JSON(&m.Promise), &m.Pickup, &m.Active, &m.Position, db.JSON(&m.Zones))
	})
}

func saveMethod(ctx context.Context, tx tx, m Method) error {
	_, err := db.Exec(ctx, tx, stmtSaveMethod, db.Args{
		"id": m.ID, "name": db.JSON(m.Name), "promise": db.JSON(m.Promise), "pickup": m.Pickup,
		"active": m.Active, "position": m.Position, "zones": db.JSON(m.Zones),
	})
	return err
}

func findMethod(ctx context.Context, tx tx, mid MethodID) (Method, error) {
	all, err := findMethods(ctx, tx) // a store has a handful
	if err != nil {
		return Method{}, err
	}
	i := slices.IndexFunc(all, func(m Method) bool { return m.ID == mid })
	if i < 0 {
		return Method{}, errUnknown
	}
	return all[i], nil
}

func deleteMethod(ctx context.Context, tx tx, mid MethodID) error {
	_, err := db.Exec(ctx, tx, stmtDeleteMethod, db.Args{"id": mid})
	return err
}
