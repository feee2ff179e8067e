package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river/rivertype"

	"orion/kit/db"
	"orion/kit/tenant"
)

// State is where a job stands, as River names it.
type State string

// The states. Pending jobs, of which this program makes none, count as Scheduled.
const (
	Available State = "available" // due
	Running   State = "running"
	Scheduled State = "scheduled" // its time has not come
	Retryable State = "retryable" // failed, and waits for its next attempt
	Discarded State = "discarded" // gave up after its last attempt
	Cancelled State = "cancelled"
	Completed State = "completed" // kept for an hour
)

// States are all of them, those that need somebody first.
var States = []State{Discarded, Retryable, Running, Available, Scheduled, Cancelled, Completed}

// Over tells that a job in this state does not run any more by itself.
func (s State) Over() bool { return s == Discarded || s == Cancelled || s == Completed }

// Listed is a job as operators see it.
type Listed struct {
	ID       int64
	Kind     string // module.verb_noun
	State    State
	Store    tenant.StoreID // of whom; zero where none is concerned
	Merchant tenant.MerchantID
	Platform tenant.PlatformID
	Attempt  int // that runs or ran last; 0 before the first
	Tries    int // after so many it gives up
	Created  time.Time
	Due      time.Time
	Began    time.Time     // of the last attempt; zero before the first
	Ended    time.Time     // zero until it is over
	Waits    time.Duration // how long it has been due without running
	Progress Progress      // what it said last; zero until it says something
	Failures []Failure     // oldest first
	Args     string        // JSON, as it was enqueued; may say more than a page may show
}

// Failure is an attempt that failed. Its text is masked before it is stored.
type Failure struct {
	At      time.Time `json:"at"`
	Attempt int       `json:"attempt"`
	Error   string    `json:"error"`
}

// Search chooses jobs, the newest first. The zero Search is the newest hundred.
type Search struct {
	States    []State             // nil is any
	Query     string              // in the kind, or an identifier; empty is any
	Kind      string              // empty is any
	Module    string              // code, empty is any
	Platforms []tenant.PlatformID // nil is all, and jobs of none
	Before    int64               // only those with a smaller identifier; 0 is all
	Limit     int                 // 0 is 100
}

// texts are the parts of a query that the databases spell differently.
func (q *Queue) texts() (args, failures string) {
	if q.db.Dialect() == db.Postgres {
		return "CAST(args AS TEXT)", "CAST(array_to_json(errors) AS TEXT)"
	}
	return "json(args)", "json(errors)"
}

// where are the conditions of a search with their values; River's table belongs
// to no tenant, so nothing here comes from a statement of a module.
func (s Search) where() (string, []any) {
	conds, args := []string{"1 = 1"}, []any{}
	bind := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	if s.States != nil {
		var names []string
		for _, state := range s.States {
			if slices.Contains(States, state) {
				names = append(names, "'"+string(state)+"'")
			}
			if state == Scheduled {
				names = append(names, "'pending'")
			}
		}
		if names == nil {
			return "1 = 0", nil
		}
		conds = append(conds, "state IN ("+strings.Join(names, ", ")+")")
	}
	if s.Query != "" {
		like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(s.Query))
		conds = append(conds, "(LOWER(args ->> 'name') LIKE "+bind("%"+like+"%")+` ESCAPE '\' OR CAST(id AS TEXT) = `+bind(s.Query)+")")
	}
	if s.Kind != "" {
		conds = append(conds, "args ->> 'name' = "+bind(s.Kind))
	}
	if s.Module != "" {
		prefix := strings.ReplaceAll(s.Module, "-", "_") + "."
		conds = append(conds, "substr(args ->> 'name', 1, "+bind(len(prefix))+") = "+bind(prefix))
	}
	if s.Platforms != nil {
		names := []string{"''"}
		for _, p := range s.Platforms {
			names = append(names, bind(strconv.FormatInt(int64(p), 10)))
		}
		conds = append(conds, "args ->> 'platform' IN ("+strings.Join(names, ", ")+")")
	}
	if s.Before > 0 {
		conds = append(conds, "id < "+bind(s.Before))
	}
	return strings.Join(conds, " AND "), args
}

// List finds jobs.
func (q *Queue) List(ctx context.Context, s Search) ([]Listed, error) {
	if s.Limit <= 0 {
		s.Limit = 100
	}
	where, args := s.where()
	return q.list(ctx, where+" ORDER BY id DESC LIMIT "+strconv.Itoa(s.Limit), args)
}

// Find is one job, if it is on one of the platforms; nil is wherever it is. What
// there is not is db.ErrNoRow.
func (q *Queue) Find(ctx context.Context, id int64, platforms []tenant.PlatformID) (Listed, error) {
	where, args := Search{Platforms: platforms}.where()
	args = append(args, id)
	found, err := q.list(ctx, where+" AND id = $"+strconv.Itoa(len(args)), args)
	if err == nil && len(found) == 0 {
		err = db.ErrNoRow
	}
	if err != nil {
		return Listed{}, err
	}
	return found[0], nil
}

func (q *Queue) list(ctx context.Context, where string, args []any) ([]Listed, error) {
	raw, failures := q.texts()
	query := "SELECT id, " + raw + ", CAST(state AS TEXT), attempt, max_attempts, created_at, scheduled_at, attempted_at, finalized_at, CAST(metadata -> 'progress' AS TEXT), " + failures +
		" FROM river_job WHERE " + where
	db.Count(ctx)
	rows, err := q.db.ReadPool().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Listed
	now := time.Now() // River's clock is the machine's
	for rows.Next() {
		var l listedRow
		if err := rows.Scan(&l.ID, &l.args, &l.State, &l.Attempt, &l.Tries, &l.Created, &l.Due, &l.began, &l.ended, &l.progress, &l.failures); err != nil {
			return nil, fmt.Errorf("list jobs: %w", err)
		}
		if err := l.read(now); err != nil {
			return nil, fmt.Errorf("list jobs: %w", err)
		}
		out = append(out, l.Listed)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return out, nil
}

// listedRow is a job as it is stored.
type listedRow struct {
	Listed
	args               string
	began, ended       *time.Time
	progress, failures *string
}

// read makes sense of what is stored. Jobs of another program have no envelope,
// and are listed without a kind.
func (l *listedRow) read(now time.Time) error {
	var e envelope
	if err := json.Unmarshal([]byte(l.args), &e); err != nil {
		return err
	}
	l.Kind, l.Args = e.Name, e.Args
	l.Store, l.Merchant, l.Platform = tenant.StoreID(e.Store), tenant.MerchantID(e.Merchant), tenant.PlatformID(e.Platform)
	if l.State == "pending" {
		l.State = Scheduled
	}
	if l.began != nil {
		l.Began = *l.began
	}
	if l.ended != nil {
		l.Ended = *l.ended
	}
	if (l.State == Available || l.State == Retryable) && now.After(l.Due) {
		l.Waits = now.Sub(l.Due)
	}
	if l.progress != nil {
		if err := json.Unmarshal([]byte(*l.progress), &l.Progress); err != nil {
			return err
		}
	}
	if l.failures == nil {
		return nil
	}
	return json.Unmarshal([]byte(*l.failures), &l.Failures)
}

// ErrTaken is what Retry returns where a job with the same key waits already.
var ErrTaken = errors.New("a job with this key waits already")

// Retry makes a job due now, with one more attempt where it had none left. One
// that runs is left alone.
func (q *Queue) Retry(ctx context.Context, id int64) error {
	db.Count(ctx)
	_, err := q.client.JobRetry(ctx, id)
	if err != nil && db.IsUnique(err) {
		return ErrTaken
	}
	return known(err, "retry a job")
}

// Cancel takes a job that waits out of the queue. One that runs ends its attempt
// and is not tried again.
func (q *Queue) Cancel(ctx context.Context, id int64) error {
	db.Count(ctx)
	_, err := q.client.JobCancel(ctx, id)
	return known(err, "cancel a job")
}

func known(err error, what string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, rivertype.ErrNotFound):
		return db.ErrNoRow
	}
	return fmt.Errorf("%s: %w", what, err)
}
