package tenancy

import (
	"context"
	"encoding/json"
	"fmt"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var (
	recordStmt         = db.Must[tenant.Store](Files, "record")
	recordHereStmt     = db.Must[tenant.Platform](Files, "record_here")
	recordAllStmt      = db.Must[tenant.Store](Files, "record_all")
	recordForStmt      = db.Must[tenant.System](Files, "record_for")
	listAuditStmt      = db.MustList[tenant.Store](Files, "list_audit")
	listAuditOfAllStmt = db.MustList[tenant.System](Files, "list_audit_of_all")
)

func insertAudit(ctx context.Context, tx storeTx, e tenancyapi.Entry) error {
	_, err := db.Exec(ctx, tx, recordStmt, auditArgs(tx, e))
	return err
}

func insertAuditHere(ctx context.Context, tx *db.Tx[tenant.Platform], e tenancyapi.Entry) error {
	_, err := db.Exec(ctx, tx, recordHereStmt, auditArgs(tx, e))
	return err
}

// auditText is an entry as the statement reads it: many in one text, with JSON
// inside as text.
type auditText struct {
	ID        int64   `json:"id"`
	ActorKind string  `json:"actor_kind"`
	ActorID   string  `json:"actor_id"`
	ActorName string  `json:"actor_name"`
	Action    string  `json:"action"`
	Target    string  `json:"target"`
	Title     string  `json:"title"`
	Before    *string `json:"before"`
	After     *string `json:"after"`
}

func insertAudits(ctx context.Context, tx storeTx, entries []tenancyapi.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	rows := make([]auditText, len(entries))
	for i, e := range entries {
		rows[i] = auditText{
			ID: tx.NewID(), ActorKind: e.Actor.Kind, ActorID: e.Actor.ID, ActorName: e.Actor.Name,
			Action: e.Action, Target: e.Target, Title: e.Title,
		}
		var err error
		if rows[i].Before, err = textOrNull(e.Before); err != nil {
			return err
		}
		if rows[i].After, err = textOrNull(e.After); err != nil {
			return err
		}
	}
	_, err := db.Exec(ctx, tx, recordAllStmt, db.Args{"rows": db.JSON(rows), "now": tx.Now()})
	return err
}

func textOrNull(v any) (*string, error) {
	if v == nil {
		return nil, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("store as JSON: %w", err)
	}
	s := string(b)
	return &s, nil
}

func insertAuditFor(ctx context.Context, tx systemTx, at where, e tenancyapi.Entry) error {
	args := auditArgs(tx, e)
	args["store_id"], args["merchant_id"], args["platform_id"] = at.store, at.merchant, at.platform
	_, err := db.Exec(ctx, tx, recordForStmt, args)
	return err
}

func auditArgs[S tenant.Scope](tx *db.Tx[S], e tenancyapi.Entry) db.Args {
	return db.Args{
		"id": tx.NewID(), "actor_kind": e.Actor.Kind, "actor_id": e.Actor.ID, "actor_name": e.Actor.Name,
		"action": e.Action, "target": e.Target, "title": e.Title, "before": orNull(e.Before), "after": orNull(e.After), "now": tx.Now(),
	}
}

func orNull(v any) any {
	if v == nil {
		return nil
	}
	return db.JSON(v)
}

func (f AuditFilter) filter() (db.Filter, error) {
	out := db.Filter{Order: []string{"a.id DESC"}, Limit: f.Fetch()}
	for _, by := range [][2]string{{"a.actor_id", f.Actor}, {"a.actor_kind", f.Kind}, {"a.action", f.Action}, {"a.target", f.Target}} {
		if by[1] != "" {
			out.Where = append(out.Where, db.Eq(by[0], by[1]))
		}
	}
	if f.Area != "" {
		out.Where = append(out.Where, db.Contains("a.action", f.Area+"."))
	}
	if f.Query != "" {
		out.Where = append(out.Where, db.Any(db.Contains("a.actor_name", f.Query), db.Contains("a.title", f.Query), db.Eq("a.target", f.Query)))
	}
	if !f.Since.IsZero() {
		out.Where = append(out.Where, db.Ge("a.at", f.Since))
	}
	if !f.Until.IsZero() {
		out.Where = append(out.Where, db.Lt("a.at", f.Until))
	}
	if f.After != "" {
		var id int64
		if err := page.Decode(f.After, &id); err != nil {
			return out, err
		}
		out.Where = append(out.Where, db.Lt("a.id", id))
	}
	return out, nil
}

func listAudit(ctx context.Context, tx storeTx, f AuditFilter) ([]AuditRow, error) {
	filter, err := f.filter()
	if err != nil {
		return nil, err
	}
	return db.List(ctx, tx, listAuditStmt, filter, scanAudit)
}

func listAuditOfAll(ctx context.Context, tx systemTx, r Reach, f AuditFilter) ([]AuditRow, error) {
	filter, err := f.filter()
	if err != nil {
		return nil, err
	}
	if f.operator {
		filter.Where = append(filter.Where, db.Eq("a.store_id", tenant.StoreID(0)))
	}
	if !f.Store.IsZero() {
		filter.Where = append(filter.Where, db.Eq("a.store_id", f.Store))
	}
	if !f.Platform.IsZero() {
		filter.Where = append(filter.Where, db.Eq("a.platform_id", f.Platform))
	}
	if !r.Every {
		filter.Where = append(filter.Where, db.In("a.platform_id", r.Platforms...))
	}
	return db.List(ctx, tx, listAuditOfAllStmt, filter, scanAudit)
}

func scanAudit(r db.Row) (a AuditRow, err error) {
	err = r.Scan(&a.Store, &a.ID, &a.Actor.Kind, &a.Actor.ID, &a.Actor.Name, &a.Action, &a.Target, &a.Title,
		db.JSON(&a.Before), db.JSON(&a.After), db.Time(&a.At), &a.platform, &a.seq, &a.hash)
	return a, err
}

func storyOf(ctx context.Context, tx storeTx, target string, before int64, limit int) ([]tenancyapi.Past, error) {
	where := []db.Cond{db.Eq("a.target", target)}
	if before != 0 {
		where = append(where, db.Lt("a.id", before))
	}
	rows, err := db.List(ctx, tx, listAuditStmt, db.Filter{Where: where, Order: []string{"a.id DESC"}, Limit: limit}, scanAudit)
	out := make([]tenancyapi.Past, len(rows))
	for i, r := range rows {
		out[i] = tenancyapi.Past{ID: int64(r.ID), Actor: r.Actor, Action: r.Action, Before: r.Before, After: r.After, At: r.At}
	}
	return out, err
}
