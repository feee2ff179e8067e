// Package event tells other modules what happened: typed, in the past tense,
// stored with the change that it reports, and delivered after the commit, at
// least once to each subscriber and in order per entity. What a subscriber
// does in its transaction happens exactly once, because the delivery ends in
// the same one.
package event

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/observe"
	"orion/kit/tenant"
)

//go:embed sql migrations
var files embed.FS

// Files has the package's statements and migrations, under the line "event".
var Files fs.FS = files

// Payload is what an event says. Its JSON is stored, so fields are only ever
// added; a changed meaning gets a new name.
type Payload interface {
	// EventName is module.past.vN and does not depend on the value.
	EventName() string
	// EventEntity is the thing that the event is about; events about one thing
	// are delivered in order.
	EventEntity() int64
}

// Handler is a subscription.
type Handler struct {
	subscriber string
	event      string
	run        func(ctx context.Context, tx *db.Tx[tenant.Store], raw []byte) error
}

// Subscriber is the subscription's name, module.verb_noun.
func (h Handler) Subscriber() string { return h.subscriber }

// Event is the name of the event that it waits for.
func (h Handler) Event() string { return h.event }

// Module is the code of the module that subscribed.
func (h Handler) Module() string {
	m, _, _ := strings.Cut(h.subscriber, ".")
	return strings.ReplaceAll(m, "_", "-")
}

// On subscribes to the events of type P. fn works in a transaction of the
// event's store, together with which the delivery ends. It must not call
// outside services; it enqueues a job for that.
func On[P Payload](subscriber string, fn func(ctx context.Context, tx *db.Tx[tenant.Store], p P) error) Handler {
	var zero P
	return Handler{subscriber: subscriber, event: zero.EventName(), run: func(ctx context.Context, tx *db.Tx[tenant.Store], raw []byte) error {
		var p P
		if err := json.Unmarshal(raw, &p); err != nil {
			return unreadable{err}
		}
		return fn(ctx, tx, p)
	}}
}

// unreadable events do not become readable by waiting.
type unreadable struct{ error }

// Bus carries events from modules to modules.
type Bus struct {
	queue    *job.Queue
	db       *db.DB
	enabled  func(p tenant.PlatformID, module string) bool
	handlers map[string][]Handler
	byName   map[string]Handler
	tell     job.Kind[telling]
	deliver  job.Kind[delivery]
	watch    Watch
}

// Watch is told how events fare; nil functions are not called.
type Watch struct {
	Published func(event string)               // once its transaction has committed
	Delivered func(subscriber, outcome string) // "done", "skipped", "failed" or "dead"
}

// Observe tells w from now on; it is called while the program starts.
func (b *Bus) Observe(w Watch) { b.watch = w }

func (b *Bus) delivered(subscriber, outcome string) {
	if b.watch.Delivered != nil {
		b.watch.Delivered(subscriber, outcome)
	}
}

// lane is what waits for one subscriber about one entity; it keeps its order.
type lane struct {
	subscriber string
	entity     int64
}

// NewBus makes a bus without subscribers. Handlers of a module that is off for
// the event's platform are skipped; a nil enabled is always on.
func NewBus(d *db.DB, q *job.Queue, enabled func(p tenant.PlatformID, module string) bool) *Bus {
	b := &Bus{queue: q, db: d, enabled: enabled, handlers: map[string][]Handler{}, byName: map[string]Handler{}}
	// Deliveries count their own attempts, so the jobs must not give up first.
	b.tell = job.Define("event.tell", b.work, job.Tries(100*Tries))
	b.deliver = job.Define("event.deliver", b.revive, job.Tries(100*Tries))
	return b
}

// Jobs are the bus's own jobs, for the runner.
func (b *Bus) Jobs() []job.Job { return []job.Job{b.tell.Job(), b.deliver.Job()} }

// Subscribe adds handlers; it is called while the program starts.
func (b *Bus) Subscribe(hs ...Handler) {
	for _, h := range hs {
		b.handlers[h.event] = append(b.handlers[h.event], h)
		b.byName[h.subscriber] = h
	}
}

var (
	insertEvents  = db.Must[tenant.Store](Files, "insert_events")
	insertWaiting = db.Must[tenant.Store](Files, "insert_waiting")
)

// eventRow and waitingRow are rows as the statements read them: many in one text.
type eventRow struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Entity  int64  `json:"entity"`
	Payload string `json:"payload"`
}

type waitingRow struct {
	Event       int64  `json:"event"`
	Entity      int64  `json:"entity"`
	Subscribers string `json:"subscribers"` // with spaces between them
}

// Publish stores events, in their order, with the transaction's change and
// enqueues one job per entity: three statements, however many there are.
// Events that nobody waits for are stored too.
func (b *Bus) Publish(ctx context.Context, tx *db.Tx[tenant.Store], ps ...Payload) error {
	if seen := observe.InspectionOf(ctx); seen != nil {
		for _, p := range ps {
			seen.Note(observe.Note{Kind: "event", Name: p.EventName()})
		}
	}
	events := make([]eventRow, len(ps))
	var waiting []waitingRow
	var jobs []telling
	for i, p := range ps {
		text, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("publish %s: %w", p.EventName(), err)
		}
		events[i] = eventRow{tx.NewID(), p.EventName(), p.EventEntity(), string(text)}
		if who := b.subscribers(p.EventName()); len(who) > 0 {
			waiting = append(waiting, waitingRow{events[i].ID, p.EventEntity(), strings.Join(who, " ")})
			jobs = among(jobs, events[i], who)
		}
	}
	if len(ps) == 0 {
		return nil
	}
	if b.watch.Published != nil {
		tx.AfterCommit(func() {
			for _, p := range ps {
				b.watch.Published(p.EventName())
			}
		})
	}
	if err := db.Defer(tx, insertEvents, db.Args{"rows": db.JSON(events), "at": tx.Now()}); err != nil {
		return fmt.Errorf("publish %s: %w", ps[0].EventName(), err)
	}
	if len(waiting) == 0 {
		return nil
	}
	if err := db.Defer(tx, insertWaiting, db.Args{"rows": db.JSON(waiting)}); err != nil {
		return fmt.Errorf("publish %s: %w", ps[0].EventName(), err)
	}
	if err := job.EnqueueAll(ctx, b.queue, tx, b.tell, jobs); err != nil {
		return fmt.Errorf("publish %s: %w", ps[0].EventName(), err)
	}
	return nil
}

func (b *Bus) subscribers(event string) []string {
	out := make([]string, len(b.handlers[event]))
	for i, h := range b.handlers[event] {
		out[i] = h.subscriber
	}
	slices.Sort(out) // not the order of the modules, which may change
	return out
}

// among adds an event to the job of its entity.
func among(jobs []telling, e eventRow, subscribers []string) []telling {
	i := slices.IndexFunc(jobs, func(j telling) bool { return j.Entity == e.Entity })
	if i < 0 {
		i = len(jobs)
		jobs = append(jobs, telling{Entity: e.Entity})
	}
	j := &jobs[i]
	j.Last = max(j.Last, e.ID)
	for _, s := range subscribers {
		if !slices.Contains(j.Subscribers, s) {
			j.Subscribers = append(j.Subscribers, s)
		}
	}
	return jobs
}
