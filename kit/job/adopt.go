package job

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// killed is what stands among a job's errors when the process ended at its work.
const killed = "the process was killed"

// boot tells this process from those before it.
var boot = rand.Text()[:8]

// nameOf is under which name the runners of a process work.
func nameOf(node int, boot string) string { return fmt.Sprintf("node-%d/%s", node, boot) }

// adopt takes over the jobs at which a process before this one was killed. They
// are those of the same node number: it is free only once nobody works under it any
// more. Without that they would wait until they count as stuck, and all that must not
// run twice at once would wait for them.
func (r *Runner) adopt(ctx context.Context) error {
	exec := driver(r.o.DB.Pool(), r.o.DB.Dialect()).GetExecutor()
	now := time.Now()
	mine, _, _ := strings.Cut(r.name, "/")
	for after := int64(0); ; {
		rows, err := exec.JobGetStuck(ctx, &riverdriver.JobGetStuckParams{AfterID: after, Max: 500, StuckHorizon: now})
		if err != nil {
			return fmt.Errorf("look for jobs that were left: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		left := riverdriver.JobRescueManyParams{StuckHorizon: now}
		for _, row := range rows {
			after = row.ID
			if by := row.AttemptedBy; len(by) > 0 && by[len(by)-1] != r.name && strings.HasPrefix(by[len(by)-1], mine+"/") {
				if err := r.again(&left, row, now); err != nil {
					return err
				}
			}
		}
		if len(left.ID) == 0 {
			continue
		}
		if _, err := exec.JobRescueMany(ctx, &left); err != nil {
			return fmt.Errorf("take over jobs that were left: %w", err)
		}
		r.o.Log.InfoContext(ctx, "jobs of a process that was killed run again", "jobs", len(left.ID))
	}
}

// again lets a job run again, as far as it may: what runs by the clock comes by
// itself, and what was tried as often as it may be is for people.
func (r *Runner) again(left *riverdriver.JobRescueManyParams, row *rivertype.JobRow, now time.Time) error {
	why, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: max(row.Attempt, 1), Error: killed})
	if err != nil {
		return fmt.Errorf("write why a job runs again: %w", err)
	}
	var args envelope
	if err := json.Unmarshal(row.EncodedArgs, &args); err != nil {
		return fmt.Errorf("read a job that was left: %w", err)
	}
	state, ended := rivertype.JobStateAvailable, (*time.Time)(nil)
	switch {
	case r.jobs[args.Name].every > 0:
		state, ended = rivertype.JobStateCancelled, &now
	case row.Attempt >= row.MaxAttempts:
		state, ended = rivertype.JobStateDiscarded, &now
	}
	left.ID, left.Error, left.State = append(left.ID, row.ID), append(left.Error, why), append(left.State, string(state))
	left.FinalizedAt, left.ScheduledAt = append(left.FinalizedAt, ended), append(left.ScheduledAt, now)
	return nil
}
