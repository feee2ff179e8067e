package module_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"orion/kit/fault"
	"orion/kit/module"
)

func TestPreview(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	v, err := s.board.Preview(7, "till", false)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "would be switched off, those that need it first", v.Codes(), "deliveries", "cart", "till")
	if len(v.Blockers) != 2 || v.Already || v.On {
		t.Errorf("a preview of switching off: %+v", v)
	}
	same(t, "tables whose rows are kept", v.Tables, "deliveries_", "cart_", "till_")
	s.book.off = map[string]bool{"till": true, "shelf": true, "cart": true, "deliveries": true}
	if v, err = s.board.Preview(7, "deliveries", true); err != nil {
		t.Fatal(err)
	}
	same(t, "would be switched on, what is required first", v.Codes(), "shelf", "till", "cart", "deliveries")
	if len(s.calls)+len(s.book.written) > 0 {
		t.Errorf("looking did something: %v %v", s.calls, s.book.written)
	}
	for code, want := range map[string]*fault.Error{"ground": module.ErrAlwaysOn, "tools": module.ErrAlwaysOn, "cellar": module.ErrUnknown} {
		if _, err := s.board.Preview(7, code, false); !errors.Is(err, want) {
			t.Errorf("switching %s off answers %v", code, err)
		}
	}
}

func TestSwitch(t *testing.T) {
	t.Parallel()
	t.Run("what others need is not switched off behind their backs", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		err := s.turn("till", false)
		if !errors.Is(err, module.ErrDependents) || fault.As(err).Args["modules"] != "Deliveries, Cart" {
			t.Errorf("refused with %v %v", err, fault.As(err).Args)
		}
		same(t, "hooks", s.calls)
		same(t, "written", s.book.written)
	})
	t.Run("it cascades when asked to, dependents first", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		if err := s.turn("till", false, along); err != nil {
			t.Fatal(err)
		}
		same(t, "hooks", s.calls, "-deliveries@oms", "-cart@oms", "-till@oms")
		same(t, "written", s.book.written, "Lea -deliveries", "Lea -cart", "Lea -till")
		same(t, "told", s.heard, "disabled deliveries oms Lea", "disabled cart oms Lea", "disabled till oms Lea")
	})
	t.Run("switching on pulls requirements up, first things first", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		s.book.off = map[string]bool{"till": true, "cart": true, "deliveries": true}
		if err := s.turn("deliveries", true); err != nil {
			t.Fatal(err)
		}
		same(t, "written", s.book.written, "Lea +till", "Lea +cart", "Lea +deliveries")
		same(t, "told", s.heard, "enabled till oms Lea", "enabled cart oms Lea", "enabled deliveries oms Lea")
	})
	t.Run("twice is once", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		for range 2 {
			if err := s.turn("deliveries", false); err != nil {
				t.Fatal(err)
			}
		}
		same(t, "hooks", s.calls, "-deliveries@oms")
		same(t, "told", s.heard, "disabled deliveries oms Lea")
	})
	t.Run("what somebody was shown is what is done, or nothing", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		err := s.turn("till", false, along, func(o *module.Order) { o.Expect = []string{"cart", "till"} })
		if !errors.Is(err, module.ErrMeanwhile) {
			t.Error(err)
		}
		same(t, "written", s.book.written)
	})
}

// A hook that fails in any way leaves nothing half-changed.
func TestHooksThatFail(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]func(context.Context) error{
		"fails":  func(context.Context) error { return errors.New("no") },
		"panics": func(context.Context) error { panic("oh") },
		"hangs":  func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newShop(t)
				s.book.off = map[string]bool{"till": true, "cart": true}
				s.fail["+cart@oms"] = wrong
				err := s.turn("cart", true)
				if !errors.Is(err, module.ErrHook) || fault.As(err).Args["module"] != "Cart" {
					t.Errorf("answers %v", err)
				}
				same(t, "hooks, and their counterparts backwards", s.calls, "+till@oms", "+cart@oms", "-cart@oms", "-till@oms")
				same(t, "written", s.book.written)
				same(t, "told", s.heard)
				same(t, "off", s.book.offs(), "cart", "till")
				delete(s.fail, "+cart@oms")
				if err := s.turn("cart", true); err != nil {
					t.Errorf("the next try answers %v", err)
				}
			})
		})
	}
	t.Run("does not even heed its context", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newShop(t)
			forever := make(chan struct{})
			s.fail["-deliveries@oms"] = func(context.Context) error { <-forever; return nil }
			if err := s.turn("deliveries", false); !errors.Is(err, module.ErrHook) {
				t.Errorf("answers %v", err)
			}
			same(t, "off", s.book.offs())
			close(forever)
		})
	})
}

func TestNodesThatSwitchAtOnce(t *testing.T) {
	t.Parallel()
	t.Run("the slower one does nothing, and undoes nothing of the faster", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		s.book.before = func() { s.book.off["deliveries"] = true }
		if err := s.turn("deliveries", false); !errors.Is(err, module.ErrMeanwhile) {
			t.Error(err)
		}
		same(t, "hooks", s.calls, "-deliveries@oms")
	})
	t.Run("without the database nothing is switched, and hooks are taken back", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		s.book.gone = errors.New("connection refused")
		if err := s.turn("deliveries", false); !errors.Is(err, s.book.gone) {
			t.Error(err)
		}
		same(t, "hooks", s.calls, "-deliveries@oms", "+deliveries@oms")
	})
	t.Run("a lost answer takes nothing back that was written", func(t *testing.T) {
		t.Parallel()
		s := newShop(t)
		s.book.lost = true
		if err := s.turn("deliveries", false); err == nil {
			t.Error("a lost answer is no answer")
		}
		same(t, "hooks", s.calls, "-deliveries@oms")
		same(t, "off", s.book.offs(), "deliveries")
	})
}
