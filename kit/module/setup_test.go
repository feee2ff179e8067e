package module_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/module"
	"orion/kit/tenant"
)

// book is a ledger in memory.
type book struct {
	off     map[string]bool
	written []string
	gone    error  // what the database says instead
	before  func() // happens between the hooks and the transaction
	lost    bool   // it is written down, but the answer is lost
}

func (b *book) Switched(_ tenant.PlatformID, code string) bool { return !b.off[code] }

func (b *book) Refresh(context.Context) error { return b.gone }

func (b *book) SwitchModules(_ context.Context, by auth.Actor, p tenant.PlatformID, decide func(func(string) bool) ([]module.Switch, error)) error {
	if b.before != nil {
		b.before()
	}
	if b.gone != nil {
		return b.gone
	}
	todo, err := decide(func(code string) bool { return b.Switched(p, code) })
	if err != nil {
		return err
	}
	for _, s := range todo {
		b.off[s.Code] = !s.On
		b.written = append(b.written, by.Name+" "+sign(s.On)+s.Code)
	}
	if b.lost {
		return errors.New("connection reset")
	}
	return nil
}

func sign(on bool) string {
	if on {
		return "+"
	}
	return "-"
}

// shop is a program of few modules: ground is core, tools the operator's, and
// cart needs shelf, and both cart and deliveries need till.
type shop struct {
	registry *module.Registry
	board    *module.Board
	book     *book
	bus      *module.Bus
	calls    []string
	fail     map[string]func(ctx context.Context) error
	heard    []string
}

var oms = module.Platform{ID: 7, Code: "oms", Name: "OMS"}

var clerk = auth.Actor{Kind: "user", ID: "usr_1", Name: "Lea"}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{book: &book{off: map[string]bool{}}, fail: map[string]func(context.Context) error{}, bus: module.NewBus(slog.New(slog.DiscardHandler))}
	var err error
	s.registry, err = module.NewRegistry(
		s.def("cart", module.Optional, "ground", "shelf", "till"),
		s.def("ground", module.Core),
		s.def("shelf", module.Optional, "ground"),
		s.def("till", module.Optional),
		s.def("deliveries", module.Optional, "cart", "till"),
		s.def("tools", module.Internal, "shelf"),
	)
	if err != nil {
		t.Fatal(err)
	}
	s.board = module.NewBoard(s.registry, s.book, s.bus, nil)
	for _, m := range []module.Moment{module.Enabled, module.Disabled, module.Startup, module.Shutdown} {
		s.bus.Subscribe("test.listener", m, func(_ context.Context, e module.Event) error {
			s.heard = append(s.heard, strings.TrimSpace(string(e.Moment)+" "+e.Module+" "+e.Platform.Code+" "+e.By.Name))
			return nil
		})
	}
	return s
}

func (s *shop) def(code string, tier module.Tier, requires ...string) module.Definition {
	call := func(ctx context.Context, name string) error {
		s.calls = append(s.calls, name)
		if f := s.fail[name]; f != nil {
			return f(ctx)
		}
		return nil
	}
	return module.Definition{
		Code: code, Name: strings.ToUpper(code[:1]) + code[1:], Version: "1.0.0", Tier: tier, Requires: requires,
		Hooks: module.Hooks{
			OnEnable:   func(ctx context.Context, p module.Platform) error { return call(ctx, "+"+code+"@"+p.Code) },
			OnDisable:  func(ctx context.Context, p module.Platform) error { return call(ctx, "-"+code+"@"+p.Code) },
			OnStartup:  func(ctx context.Context) error { return call(ctx, "start "+code) },
			OnShutdown: func(ctx context.Context) error { return call(ctx, "stop "+code) },
		},
	}
}

func (s *shop) turn(code string, on bool, more ...func(*module.Order)) error {
	o := module.Order{Platform: oms, Code: code, On: on}
	for _, m := range more {
		m(&o)
	}
	_, err := s.board.Switch(context.Background(), clerk, o)
	return err
}

func along(o *module.Order) { o.Cascade = true }

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func (b *book) offs() []string {
	var out []string
	for _, code := range slices.Sorted(maps.Keys(b.off)) {
		if b.off[code] {
			out = append(out, code)
		}
	}
	return out
}
