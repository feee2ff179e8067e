package job

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"orion/kit/db"
	"orion/kit/tenant"
)

// insertJobs writes jobs as River does, which leaves its table open to other
// programs (https://riverqueue.com/docs/alternate-apis), but at the end of the
// transaction, with the way to the server that the commit takes anyway. The bits
// are the states that River's function river_job_state_in_bitmask reads.
const insertJobs = `INSERT INTO river_job (args, kind, max_attempts, priority, queue, scheduled_at, state, tags, unique_key, unique_states)
SELECT CAST(r.args AS jsonb), $2, r.tries, r.priority, $3, COALESCE(r.at, now()),
  CAST(CASE WHEN r.at IS NULL THEN 'available' ELSE 'scheduled' END AS river_job_state),
  ARRAY[r.tag], decode(r.key, 'hex'), CASE WHEN r.key IS NOT NULL THEN B'11110001' END
FROM json_to_recordset(CAST($1 AS json)) AS r(args TEXT, tries SMALLINT, priority SMALLINT, at TIMESTAMPTZ, tag TEXT, key TEXT)
ON CONFLICT DO NOTHING`

// jobRow is a job as insertJobs reads it: many in one text.
type jobRow struct {
	Args     string     `json:"args"`
	Tries    int        `json:"tries"`
	Priority int        `json:"priority"`
	At       *time.Time `json:"at,omitempty"`
	Tag      string     `json:"tag"`
	Key      *string    `json:"key,omitempty"`
}

// insert enqueues jobs at the end of the transaction on PostgreSQL.
func insert[S tenant.Scope](tx *db.Tx[S], kind string, jobs []river.InsertManyParams) error {
	rows := make([]jobRow, len(jobs))
	for i, j := range jobs {
		args, err := json.Marshal(j.Args)
		if err != nil {
			return fmt.Errorf("enqueue %s: %w", kind, err)
		}
		o := j.InsertOpts
		rows[i] = jobRow{Args: string(args), Tries: o.MaxAttempts, Priority: o.Priority, Tag: o.Tags[0]}
		if !o.ScheduledAt.IsZero() {
			rows[i].At = &o.ScheduledAt
		}
		if e, ok := j.Args.(envelope); ok && e.Key != "" {
			sum := sha256.Sum256([]byte(e.Name + "\n" + e.Key))
			key := hex.EncodeToString(sum[:])
			rows[i].Key = &key
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	tx.Unscoped("enqueue "+kind, insertJobs, string(text), envelope{}.Kind(), river.QueueDefault)
	return nil
}

// unfinished are the states in which a job keeps its key.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateScheduled, rivertype.JobStateRetryable,
}
