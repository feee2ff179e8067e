package fuse_test

import (
	"testing"
	"time"

	"orion/kit/clock"
	"orion/kit/fuse"
)

func TestFuse(t *testing.T) {
	t.Parallel()
	c := clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	b := fuse.New[string](c, fuse.Options{Misses: 3, Rest: time.Minute})
	call := func(who string, answered bool) bool {
		in := b.Enter(who)
		if in {
			b.Leave(who, answered)
		}
		return in
	}
	for n, answered := range []bool{false, false, true, false, false, false} { // an answer in between starts anew
		if !call("a", answered) {
			t.Fatalf("call %d was not let in", n)
		}
	}
	if call("a", true) {
		t.Error("the fuse did not blow after three misses in a row")
	}
	if b.Whole("a") || !b.Whole("b") {
		t.Error("whose last call was not answered is whole, or who was never called is not")
	}
	if !call("b", true) {
		t.Error("it blew for somebody else")
	}
	c.Advance(time.Minute)
	if !b.Enter("a") {
		t.Fatal("nobody may try after the rest")
	}
	if b.Enter("a") {
		t.Error("two try at once")
	}
	b.Leave("a", false)
	if c.Advance(30 * time.Second); b.Enter("a") {
		t.Error("one more miss did not make it rest again")
	}
	c.Advance(30 * time.Second)
	for range 4 {
		if !call("a", true) {
			t.Error("an answer did not make the fuse whole")
		}
	}
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	c := clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	b := fuse.New[string](c, fuse.Options{Misses: 2, Rest: time.Minute})
	miss := func() {
		if !b.Enter("a") {
			t.Fatal("nobody is let in")
		}
		b.Leave("a", false)
	}
	miss()
	for range 5 {
		if !b.Enter("a") {
			t.Fatal("who broke off blew the fuse")
		}
		b.Withdraw("a")
	}
	if miss(); b.Enter("a") {
		t.Error("who broke off mended the fuse")
	}
	c.Advance(time.Minute)
	if !b.Enter("a") {
		t.Fatal("nobody may try after the rest")
	}
	if b.Withdraw("a"); !b.Enter("a") {
		t.Error("nobody may try after one who broke off")
	}
}
