package monitoring

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	addLogsStmt    = db.Must[tenant.System](Files, "add_logs")
	listLogsStmt   = db.MustList[tenant.System](Files, "list_logs")
	oldLogsStmt    = db.Must[tenant.System](Files, "old_logs")
	forgetLogsStmt = db.Must[tenant.System](Files, "forget_logs")
)

// logRow is a line as the statement reads it: many in one text.
type logRow struct {
	ID       int64  `json:"id"`
	At       int64  `json:"at"`
	Level    int    `json:"level"`
	Message  string `json:"message"`
	Module   string `json:"module"`
	Platform string `json:"platform"`
	Request  string `json:"request"`
	Attrs    string `json:"attrs"`
	Bytes    int    `json:"bytes"`
}

// rowBytes is what a line takes besides its texts.
const rowBytes = 64

func addLogs(ctx context.Context, tx systemTx, lines []Line) error {
	rows := make([]logRow, len(lines))
	for i, l := range lines {
		rows[i] = logRow{
			ID: tx.NewID(), At: l.At.UnixMicro(), Level: int(l.Level), Message: l.Message, Module: l.Module, Platform: l.Platform, Request: l.Request, Attrs: l.Attrs,
			Bytes: rowBytes + len(l.Message) + len(l.Module) + len(l.Platform) + 2*len(l.Request) + len(l.Attrs),
		}
	}
	_, err := db.Exec(ctx, tx, addLogsStmt, db.Args{"rows": db.JSON(rows)})
	return err
}

func listLogs(ctx context.Context, tx systemTx, f LineFilter) ([]Line, error) {
	out := db.Filter{Order: []string{"l.id DESC"}, Limit: f.Page.Fetch(), Where: []db.Cond{db.Ge("l.level", int(f.Level))}}
	for _, by := range [][2]string{{"l.module", f.Module}, {"l.platform", f.Platform}, {"l.request", f.Request}} {
		if by[1] != "" {
			out.Where = append(out.Where, db.Eq(by[0], by[1]))
		}
	}
	if f.Query != "" {
		out.Where = append(out.Where, db.Any(db.Contains("l.message", f.Query), db.Contains("l.attrs", f.Query)))
	}
	if f.Page.After != "" {
		var id int64
		if err := page.Decode(f.Page.After, &id); err != nil {
			return nil, err
		}
		out.Where = append(out.Where, db.Lt("l.id", id))
	}
	return db.List(ctx, tx, listLogsStmt, out, func(r db.Row) (l Line, err error) {
		return l, r.Scan(&l.ID, db.Time(&l.At), &l.Level, &l.Message, &l.Module, &l.Platform, &l.Request, &l.Attrs)
	})
}

// forgetLogs removes lines from before a time, and the oldest of the others until
// those that are left take no more bytes.
func forgetLogs(ctx context.Context, tx systemTx, before time.Time, bytes int64) error {
	last, err := db.One(ctx, tx, oldLogsStmt, db.Args{"bytes": bytes}, func(r db.Row) (id int64, err error) { return id, r.Scan(&id) })
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, forgetLogsStmt, db.Args{"last": last, "before": before})
	return err
}
