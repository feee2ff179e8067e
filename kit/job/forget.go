package job

import (
	"context"
	"fmt"

	"orion/kit/db"
)

// Forget takes jobs of a kind that wait to be run out of the queue, for a
// program that has done their work itself, and tells how many they were.
func (q *Queue) Forget(ctx context.Context, kind string) (int64, error) {
	query := `DELETE FROM river_job WHERE state = 'available' AND json_extract(args, '$.name') = ?`
	if q.db.Dialect() == db.Postgres {
		query = `DELETE FROM river_job WHERE state = 'available' AND args->>'name' = $1`
	}
	res, err := q.db.Pool().ExecContext(ctx, query, kind)
	if err != nil {
		return 0, fmt.Errorf("forget waiting jobs: %w", err)
	}
	return res.RowsAffected()
}
