package module

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"orion/kit/auth"
)

// Moment is a kind of event in the life of modules.
type Moment string

// The moments. Enabled and Disabled are told of a platform, after it was written
// down; Startup and Shutdown of this node.
const (
	Enabled       Moment = "enabled"
	Disabled      Moment = "disabled"
	Startup       Moment = "startup"
	Shutdown      Moment = "shutdown"
	ConfigChanged Moment = "config_changed"
)

// Event tells of a moment. Platform, By, Before and After are filled where they
// mean something; settings are told without their secrets.
type Event struct {
	Moment        Moment
	Module        string
	Platform      Platform
	By            auth.Actor
	Before, After json.RawMessage
}

// Bus tells those on this node who want to know what happens to modules, after
// it happened. It is no place for what must not be lost: that is kit/event.
type Bus struct {
	log         *slog.Logger
	mu          sync.RWMutex
	subscribers []subscriber
}

type subscriber struct {
	name string
	of   Moment
	run  func(context.Context, Event) error
}

// NewBus makes a bus that nobody listens to yet.
func NewBus(log *slog.Logger) *Bus { return &Bus{log: log} }

// Subscribe adds somebody who wants to know of a moment.
func (b *Bus) Subscribe(name string, of Moment, run func(context.Context, Event) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subscribers = append(b.subscribers, subscriber{name, of, run})
}

// Emit tells all subscribers of the moment, in the order in which they came. One
// that fails, panics or hangs keeps it from nobody else; it is logged. A nil bus
// tells nobody.
func (b *Bus) Emit(ctx context.Context, e Event) {
	if b == nil {
		return
	}
	b.mu.RLock()
	all := b.subscribers
	b.mu.RUnlock()
	for _, s := range all {
		if s.of != e.Moment {
			continue
		}
		err := limited(context.WithoutCancel(ctx), hookTime, func(ctx context.Context) error { return s.run(ctx, e) })
		if err != nil && b.log != nil {
			b.log.WarnContext(ctx, "module event not heard", "subscriber", s.name, "event", string(e.Moment), "module", e.Module, "error", err.Error())
		}
	}
}

// hookTime is how long a hook or a subscriber may take.
const hookTime = 10 * time.Second

// limited runs fn for at most a time and survives its panic. What does not heed
// its context is left behind.
func limited(ctx context.Context, limit time.Duration, fn func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		done <- fn(ctx)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		select {
		case err := <-done: // it ended just now
			return err
		default:
			return fmt.Errorf("not done after %s: %w", limit, ctx.Err())
		}
	}
}
