package customers

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/tenant"
)

// DecisionID names a line in the log of what visitors said about cookies.
type DecisionID = id.ID[decisionKind]

type decisionKind struct{}

// Prefix of decisions' identifiers.
func (decisionKind) Prefix() string { return "dec" }

// Decision is what a visitor said about cookies, as the log keeps it. It has no
// address and no customer: the pseudonym stands in the visitor's own cookie.
type Decision struct {
	ID      DecisionID
	Visitor string
	Version int // of the text that was agreed to or refused
	Allowed []string
	Refused []string
	At      time.Time
}

// Answer is a decision in one word: "all", "some" or "none".
func (d Decision) Answer() string {
	switch {
	case len(d.Refused) == 0:
		return "all"
	case len(d.Allowed) == 0:
		return "none"
	}
	return "some"
}

// Decide writes down what a visitor said.
func (m *Module) Decide(ctx context.Context, in tenant.Store, d Decision) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		d.ID = db.NewID[decisionKind](tx)
		if err := insertDecision(ctx, tx, d); err != nil {
			return err
		}
		return countDecision(ctx, tx, d.Answer())
	})
}

// Decisions is a page of the log, the newest first.
func (m *Module) Decisions(ctx context.Context, in tenant.Store, p page.Request) (page.Page[Decision], error) {
	var after DecisionID
	if p.After != "" {
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Decision]{}, err
		}
	}
	rows, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Decision, error) { return listDecisions(ctx, tx, after, p.Fetch()) })
	if err != nil {
		return page.Page[Decision]{}, err
	}
	return page.Of(rows, p.Limit, func(d Decision) []any { return []any{d.ID} }), nil
}

// Answers are how many decisions of each kind there were in the last days.
func (m *Module) Answers(ctx context.Context, in tenant.Store, days int) (map[string]int64, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (map[string]int64, error) {
		return decisionsSince(ctx, tx, dayOf(tx.Now()).AddDate(0, 0, 1-days))
	})
}

func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

const decisionBatch = 1000

// WriteDecisions writes the whole log as CSV, the newest first.
func (m *Module) WriteDecisions(ctx context.Context, in tenant.Store, w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"decided_at", "visitor", "text_version", "allowed", "refused"}); err != nil {
		return fmt.Errorf("write the log of decisions: %w", err)
	}
	var after DecisionID
	for {
		rows, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Decision, error) { return listDecisions(ctx, tx, after, decisionBatch) })
		if err != nil {
			return err
		}
		for _, d := range rows {
			after = d.ID
			row := []string{
				d.At.UTC().Format(time.RFC3339), d.Visitor, strconv.Itoa(d.Version), strings.Join(d.Allowed, " "), strings.Join(d.Refused, " "),
			}
			if err := out.Write(row); err != nil {
				return fmt.Errorf("write the log of decisions: %w", err)
			}
		}
		if len(rows) < decisionBatch {
			out.Flush()
			return out.Error()
		}
	}
}

// decisionsKept is how long a decision can be proved; the statement
// stores_with_old_decisions has the same time.
const decisionsKept = 3 * 365 * 24 * time.Hour

func (m *Module) forgetDecisions(ctx context.Context, in tenant.Store) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error { return deleteDecisions(ctx, tx, tx.Now().Add(-decisionsKept)) })
}
