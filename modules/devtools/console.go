package devtools

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/inquiry"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

const (
	maxRows      = 200
	maxTime      = 5 * time.Second
	maxQueryName = 60 // characters
)

var (
	errQuery   = fault.New(fault.Invalid, "dev_tools.invalid_query")
	errBusy    = fault.New(fault.RateLimit, "dev_tools.console_busy")
	errNoQuery = fault.New(fault.NotFound, "dev_tools.no_query")
)

// QueryID names a saved query.
type QueryID = id.ID[queryKind]

type queryKind struct{}

// Prefix of such identifiers.
func (queryKind) Prefix() string { return "qry" }

// Query is an inquiry under a name.
type Query struct {
	ID      QueryID
	Name    string
	Text    string
	Author  string // name of who saved it
	SavedAt time.Time
}

// Ask writes down who asks what, and then asks the database: one statement at a
// time on a node, which reads, sees no secrets and has to be quick. What it
// answers is written down nowhere.
func (m *Module) Ask(ctx context.Context, in tenant.System, by auth.Actor, text string) (db.Answer, error) {
	if _, err := inquiry.Read(text); err != nil {
		return db.Answer{}, err
	}
	if !m.asking.TryLock() {
		return db.Answer{}, errBusy
	}
	defer m.asking.Unlock()
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		return m.need.Audit.RecordAt(ctx, tx, tenancyapi.At{}, tenancyapi.Entry{
			Actor: by, Action: "dev_tools.asked", After: map[string]string{"statement": strings.TrimSpace(text)},
		})
	})
	if err != nil {
		return db.Answer{}, err
	}
	return m.need.Kit.DB.Inquire(ctx, in, db.Inquiry{Text: text, Rows: maxRows, Time: maxTime})
}

// Queries are the saved ones, by name.
func (m *Module) Queries(ctx context.Context, in tenant.System) ([]Query, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Query, error) { return readQueries(ctx, tx) })
}

// SaveQuery keeps a text under a name, in place of what had it before.
func (m *Module) SaveQuery(ctx context.Context, in tenant.System, by auth.Actor, q Query) error {
	q.Name, q.Text, q.Author = strings.Join(strings.Fields(q.Name), " "), strings.TrimSpace(q.Text), by.Name
	switch {
	case q.Name == "":
		return errQuery.Field("name", "form.required")
	case utf8.RuneCountInString(q.Name) > maxQueryName:
		return errQuery.Field("name", "form.too_long", "max", maxQueryName)
	}
	if _, err := inquiry.Read(q.Text); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		room, err := putQuery(ctx, tx, q)
		if err == nil && !room {
			return errQuery.Field("name", "dev_tools.queries_full")
		}
		return err
	})
}

// RemoveQuery forgets a saved query, and tells what it was.
func (m *Module) RemoveQuery(ctx context.Context, in tenant.System, q QueryID) (Query, error) {
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Query, error) {
		was, err := deleteQuery(ctx, tx, q)
		if errors.Is(err, db.ErrNoRow) {
			return was, errNoQuery
		}
		return was, err
	})
}

// Tables are those of the database.
func (m *Module) Tables(ctx context.Context, in tenant.System) ([]db.Table, error) {
	return m.need.Kit.DB.Tables(ctx, in)
}
