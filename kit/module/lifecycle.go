package module

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// startTime is how long a module may take to start: it may read all it knows.
const startTime = time.Minute

// Lifecycle starts and stops the modules of a program.
type Lifecycle struct {
	registry *Registry
	bus      *Bus
	mu       sync.Mutex
	started  []Definition
}

// NewLifecycle makes one; nothing is started by it.
func NewLifecycle(r *Registry, b *Bus) *Lifecycle { return &Lifecycle{registry: r, bus: b} }

// Start runs OnStartup of all modules, each behind those that it requires. When
// one fails, panics or hangs, those that started are stopped and its error is
// given. What is started already is not started again.
func (l *Lifecycle) Start(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.registry.modules[len(l.started):] {
		if hook := d.Hooks.OnStartup; hook != nil {
			if err := limited(ctx, startTime, hook); err != nil {
				return errors.Join(fmt.Errorf("start module %s: %w", d.Code, err), l.stop(context.WithoutCancel(ctx)))
			}
		}
		l.started = append(l.started, d)
		l.bus.Emit(ctx, Event{Moment: Startup, Module: d.Code})
	}
	return nil
}

// Stop runs OnShutdown of the modules that started, the last one first. One that
// fails keeps no other from stopping.
func (l *Lifecycle) Stop(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stop(ctx)
}

func (l *Lifecycle) stop(ctx context.Context) error {
	var errs []error
	for _, d := range slices.Backward(l.started) {
		if hook := d.Hooks.OnShutdown; hook != nil {
			if err := limited(ctx, hookTime, hook); err != nil {
				errs = append(errs, fmt.Errorf("stop module %s: %w", d.Code, err))
			}
		}
		l.bus.Emit(ctx, Event{Moment: Shutdown, Module: d.Code})
	}
	l.started = nil
	return errors.Join(errs...)
}
