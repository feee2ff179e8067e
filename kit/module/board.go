package module

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/tenant"
)

// Why a module is not switched.
var (
	ErrUnknown    = fault.New(fault.NotFound, "module.unknown")
	ErrAlwaysOn   = fault.New(fault.Rule, "module.always_on")
	ErrDependents = fault.New(fault.Conflict, "module.has_dependents")
	ErrMeanwhile  = fault.New(fault.Conflict, "module.changed_meanwhile")
	ErrHook       = fault.New(fault.Upstream, "module.hook_failed")
)

// Ledger keeps which platform has which module, and tells it to all nodes.
type Ledger interface {
	// Switched tells what somebody chose for a module; what nobody chose is on.
	Switched(p tenant.PlatformID, code string) bool
	// SwitchModules asks decide what to switch, in a transaction that no other
	// switching overlaps, and does it; when decide fails, nothing is.
	SwitchModules(ctx context.Context, by auth.Actor, p tenant.PlatformID, decide func(switched func(code string) bool) ([]Switch, error)) error
	// Refresh makes Switched tell what is kept now.
	Refresh(ctx context.Context) error
}

// Switch is a module that is switched on or off.
type Switch struct {
	Code string
	On   bool
}

// Board switches modules on and off for platforms.
type Board struct {
	registry *Registry
	ledger   Ledger
	bus      *Bus
	log      *slog.Logger
	mu       sync.Mutex
}

// NewBoard makes the board of a program's modules.
func NewBoard(r *Registry, l Ledger, b *Bus, log *slog.Logger) *Board {
	return &Board{registry: r, ledger: l, bus: b, log: log}
}

// Order asks to switch a module for a platform.
type Order struct {
	Platform Platform
	Code     string
	On       bool
	Cascade  bool     // also switches off what needs it
	Expect   []string // what somebody was told would be switched; nil takes what comes
}

func (o Order) id() tenant.PlatformID { return tenant.PlatformID(o.Platform.ID) }

// Switch switches a module on with all that it requires, or off; with Cascade,
// after all that need it, else it is refused while there are any. Hooks run
// first, those of requirements before those of what needs them; when one
// fails, panics or hangs, those that ran are taken back and nothing is switched.
func (b *Board) Switch(ctx context.Context, by auth.Actor, o Order) (Preview, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, err := b.Preview(o.id(), o.Code, o.On)
	if err != nil {
		return v, err
	}
	if o.Expect != nil && !slices.Equal(o.Expect, v.Codes()) {
		return v, ErrMeanwhile
	}
	if err := v.refusal(o.Cascade); err != nil || len(v.Switched) == 0 {
		return v, err
	}
	ran, err := b.hooks(ctx, o, v.Switched)
	if err == nil {
		err = b.ledger.SwitchModules(ctx, by, o.id(), func(switched func(string) bool) ([]Switch, error) { return b.decide(o, v, switched) })
	}
	if err != nil {
		b.takeBack(ctx, o, ran)
		return v, err
	}
	moment := Disabled
	if o.On {
		moment = Enabled
	}
	for _, d := range v.Switched {
		b.bus.Emit(ctx, Event{Moment: moment, Module: d.Code, Platform: o.Platform, By: by})
	}
	return v, nil
}

// decide is what to switch, if that is still what the preview said.
func (b *Board) decide(o Order, v Preview, switched func(string) bool) ([]Switch, error) {
	now, err := b.registry.preview(o.Code, o.On, switched)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(now.Codes(), v.Codes()) {
		return nil, ErrMeanwhile
	}
	out := make([]Switch, len(v.Switched))
	for i, d := range v.Switched {
		out[i] = Switch{d.Code, o.On}
	}
	return out, nil
}

// hooks runs the hooks of all and tells which of them have to be taken back when
// nothing comes of it.
func (b *Board) hooks(ctx context.Context, o Order, all []Definition) (ran []Definition, err error) {
	for _, d := range all {
		ran = append(ran, d)
		if err := run(ctx, d.Hooks.of(o.On), o.Platform); err != nil {
			// It may have done half: its counterpart repairs that, too.
			b.report(ctx, "module not switched", d, o, err)
			return ran, ErrHook.With("module", d.Name).Because(fmt.Errorf("switch %s: %w", d.Code, err))
		}
	}
	return ran, nil
}

// takeBack runs the counterparts of hooks, the last one first, except for
// modules that are switched that way after all: another node was faster, or the
// answer of the database was lost.
func (b *Board) takeBack(ctx context.Context, o Order, ran []Definition) {
	ctx = context.WithoutCancel(ctx)
	known := b.ledger.Refresh(ctx) == nil
	for _, d := range slices.Backward(ran) {
		if known && b.ledger.Switched(o.id(), d.Code) == o.On {
			continue
		}
		if err := run(ctx, d.Hooks.of(!o.On), o.Platform); err != nil {
			b.report(ctx, "module not taken back", d, o, err)
		}
	}
}

func (b *Board) report(ctx context.Context, what string, d Definition, o Order, err error) {
	if b.log != nil {
		b.log.ErrorContext(ctx, what, "module", d.Code, "on", o.On, "platform", o.Platform.Code, "error", err.Error())
	}
}

// of is the hook for switching on or off, and nil when there is none.
func (h Hooks) of(on bool) func(context.Context, Platform) error {
	if on {
		return h.OnEnable
	}
	return h.OnDisable
}

func run(ctx context.Context, hook func(context.Context, Platform) error, p Platform) error {
	if hook == nil {
		return nil
	}
	return limited(ctx, hookTime, func(ctx context.Context) error { return hook(ctx, p) })
}
