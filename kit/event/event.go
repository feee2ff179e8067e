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
	"strconv"
	"strings"

	"orion/kit/db"
	"orion/kit/job"
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
	deliver  job.Kind[delivery]
}

// delivery are the arguments of the job that delivers what was published
// together about one entity.
type delivery struct {
	Subscribers []string `json:"subscribers"`
	Entity      int64    `json:"entity,string"`
	Events      []string `json:"events,omitempty"` // their identifiers; none when one is replayed
	// Subscriber is what a job had that waited for one alone, before they were
	// delivered together. Such jobs may wait still where a database comes from then.
	Subscriber string `json:"subscriber,omitempty"`
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
	b.deliver = job.Define("event.deliver", b.work, job.Tries(100*Tries))
	return b
}

// Job is the bus's own job, for the runner.
func (b *Bus) Job() job.Job { return b.deliver.Job() }

// Subscribe adds handlers; it is called while the program starts.
func (b *Bus) Subscribe(hs ...Handler) {
	for _, h := range hs {
		b.handlers[h.event] = append(b.handlers[h.event], h)
		b.byName[h.subscriber] = h
	}
}

var (
	insertEvents     = db.Must[tenant.Store](Files, "insert_events")
	insertDeliveries = db.Must[tenant.Store](Files, "insert_deliveries")
)

// eventRow and deliveryRow are rows as the statements read them: many in one text.
type eventRow struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Entity  int64  `json:"entity"`
	Payload string `json:"payload"`
}

type deliveryRow struct {
	Event      int64  `json:"event"`
	Subscriber string `json:"subscriber"`
	Entity     int64  `json:"entity"`
}

// Publish stores events, in their order, with the transaction's change and
// enqueues one job per entity: three statements, however many there are.
// Events that nobody waits for are stored too.
func (b *Bus) Publish(ctx context.Context, tx *db.Tx[tenant.Store], ps ...Payload) error {
	events := make([]eventRow, len(ps))
	var waiting []deliveryRow
	var jobs []delivery
	for i, p := range ps {
		text, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("publish %s: %w", p.EventName(), err)
		}
		events[i] = eventRow{tx.NewID(), p.EventName(), p.EventEntity(), string(text)}
		for _, h := range b.handlers[p.EventName()] {
			waiting = append(waiting, deliveryRow{events[i].ID, h.subscriber, p.EventEntity()})
			jobs = among(jobs, waiting[len(waiting)-1])
		}
	}
	if len(ps) == 0 {
		return nil
	}
	if err := db.Defer(tx, insertEvents, db.Args{"rows": db.JSON(events), "at": tx.Now()}); err != nil {
		return fmt.Errorf("publish %s: %w", ps[0].EventName(), err)
	}
	if len(waiting) == 0 {
		return nil
	}
	if err := db.Defer(tx, insertDeliveries, db.Args{"rows": db.JSON(waiting), "at": tx.Now()}); err != nil {
		return fmt.Errorf("publish %s: %w", ps[0].EventName(), err)
	}
	if err := job.EnqueueAll(ctx, b.queue, tx, b.deliver, jobs); err != nil {
		return fmt.Errorf("publish %s: %w", ps[0].EventName(), err)
	}
	return nil
}

// among adds a delivery to the job of its entity.
func among(jobs []delivery, d deliveryRow) []delivery {
	i := slices.IndexFunc(jobs, func(j delivery) bool { return j.Entity == d.Entity })
	if i < 0 {
		i = len(jobs)
		jobs = append(jobs, delivery{Entity: d.Entity})
	}
	j := &jobs[i]
	if !slices.Contains(j.Subscribers, d.Subscriber) {
		j.Subscribers = append(j.Subscribers, d.Subscriber)
	}
	if event := strconv.FormatInt(d.Event, 10); !slices.Contains(j.Events, event) {
		j.Events = append(j.Events, event)
	}
	return jobs
}
