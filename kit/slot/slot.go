// Package slot lets modules add to what another shows: a typed extension point,
// declared by its reader and filled by others. A filler that fails is left out
// and logged.
package slot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
)

// Slot is an extension point: readers hand over an In and get one Out from
// each filler.
type Slot[In, Out any] struct{ name string }

// Define declares a slot; names are unique, such as "core.widgets".
func Define[In, Out any](name string) Slot[In, Out] { return Slot[In, Out]{name: name} }

// Filling is what a module puts into a slot.
type Filling struct {
	slot   string
	module string
	order  int
	fn     any
}

// Slot is the name of the slot that is filled.
func (f Filling) Slot() string { return f.slot }

// Fill is a module's contribution; fillers are asked in ascending order.
func (s Slot[In, Out]) Fill(module string, order int, fn func(context.Context, In) (Out, error)) Filling {
	return Filling{slot: s.name, module: module, order: order, fn: fn}
}

// Hub holds the fillings of a program.
type Hub struct {
	log   *slog.Logger
	slots map[string][]Filling
}

// NewHub makes an empty hub.
func NewHub(log *slog.Logger) *Hub { return &Hub{log: log, slots: map[string][]Filling{}} }

// Add puts fillings in; it is called while the program starts.
func (h *Hub) Add(fills ...Filling) {
	for _, f := range fills {
		list := append(h.slots[f.slot], f)
		slices.SortStableFunc(list, func(a, b Filling) int { return a.order - b.order })
		h.slots[f.slot] = list
	}
}

// Collect asks the fillers of the modules that are enabled.
func Collect[In, Out any](ctx context.Context, h *Hub, s Slot[In, Out], in In, enabled func(module string) bool) []Out {
	var out []Out
	for _, f := range h.slots[s.name] {
		if enabled != nil && !enabled(f.module) {
			continue
		}
		v, err := ask[In, Out](ctx, f, in)
		if err != nil {
			h.log.WarnContext(ctx, "a slot's filler was left out", "slot", s.name, "module", f.module, "error", err.Error())
			continue
		}
		out = append(out, v)
	}
	return out
}

// Every is Collect where an answer must not be missing: it fails when a filler does.
func Every[In, Out any](ctx context.Context, h *Hub, s Slot[In, Out], in In, enabled func(module string) bool) ([]Out, error) {
	var out []Out
	for _, f := range h.slots[s.name] {
		if enabled != nil && !enabled(f.module) {
			continue
		}
		v, err := ask[In, Out](ctx, f, in)
		if err != nil {
			return nil, fmt.Errorf("ask %s for %s: %w", f.module, s.name, err)
		}
		out = append(out, v)
	}
	return out, nil
}

func ask[In, Out any](ctx context.Context, f Filling, in In) (v Out, err error) {
	fn, ok := f.fn.(func(context.Context, In) (Out, error))
	if !ok {
		return v, fmt.Errorf("it is for another slot of the same name: %T", f.fn)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return fn(ctx, in)
}
