package job

import (
	"context"
	"fmt"
	"strconv"

	"orion/kit/db"
	"orion/kit/tenant"
)

// MostCounted is how many jobs a census looks at, the newest first.
const MostCounted = 10_000

// Counted is how many jobs of a kind are in a state.
type Counted struct {
	Kind  string
	State State
	N     int
}

// Census counts the jobs by kind and state; of platforms, or with nil of all and
// of none. Whatever waits in the queue, it reads no more than MostCounted.
func (q *Queue) Census(ctx context.Context, platforms []tenant.PlatformID) ([]Counted, error) {
	where, args := Search{Platforms: platforms}.where()
	query := `SELECT kind, state, COUNT(*) FROM (
		SELECT COALESCE(args ->> 'name', '') AS kind, CASE state WHEN 'pending' THEN 'scheduled' ELSE CAST(state AS TEXT) END AS state
		FROM river_job WHERE ` + where + ` ORDER BY id DESC LIMIT ` + strconv.Itoa(MostCounted) + `) j GROUP BY kind, state ORDER BY kind, state`
	db.Count(ctx)
	rows, err := q.db.ReadPool().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("count jobs by kind: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Counted
	for rows.Next() {
		var c Counted
		if err := rows.Scan(&c.Kind, &c.State, &c.N); err != nil {
			return nil, fmt.Errorf("count jobs by kind: %w", err)
		}
		out = append(out, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("count jobs by kind: %w", err)
	}
	return out, nil
}
