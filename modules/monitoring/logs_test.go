package monitoring

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/observe"
	"orion/kit/page"
)

// said are the messages of the lines that a filter chooses.
func (w *world) said(t *testing.T, f LineFilter) []string {
	t.Helper()
	ctx, n := db.WithCounter(t.Context())
	found, err := w.Lines(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	if n.N() > 1 {
		t.Errorf("a page takes %d statements", n.N())
	}
	out := []string{}
	for _, l := range found.Items {
		out = append(out, l.Message)
	}
	return out
}

func TestLogsAreKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		log := observe.NewLogger(w.tail, "json", slog.LevelDebug)
		ctx := observe.With(t.Context(), slog.String("request", "req1"), slog.String("platform", "here"))
		log.InfoContext(ctx, "order placed", "amount", 12, "email", "lea@example.lu")
		log.Warn("job failed", "job", "toys.paint", "platform", w.here.Platform().String(), "error", `refused "Léa" <lea@example.lu>: token=abcdefgh1`)
		log.Error("panic", "module", "orders", "stack", strings.Repeat("x", 9000))
		log.Debug("50% done_", "odd", map[string]int{"a": 1})
		if err := w.keep(t.Context()); err != nil {
			t.Fatal(err)
		}

		everything := LineFilter{Level: slog.LevelDebug}
		for name, c := range map[string]struct {
			filter LineFilter
			want   []string
		}{
			"all":           {everything, []string{"50% done_", "panic", "job failed", "order placed"}},
			"louder":        {LineFilter{Level: slog.LevelWarn}, []string{"panic", "job failed"}},
			"of a module":   {LineFilter{Level: slog.LevelDebug, Module: "toys"}, []string{"job failed"}},
			"of a platform": {LineFilter{Level: slog.LevelDebug, Platform: "here"}, []string{"job failed", "order placed"}},
			"of a request":  {LineFilter{Level: slog.LevelDebug, Request: "req1"}, []string{"order placed"}},
			"with a text":   {LineFilter{Level: slog.LevelDebug, Query: "AMOUNT=12"}, []string{"order placed"}},
			"as it stands":  {LineFilter{Level: slog.LevelDebug, Query: "0%"}, []string{"50% done_"}},
			"with nothing":  {LineFilter{Level: slog.LevelDebug, Query: "nothing"}, []string{}},
		} {
			if diff := cmp.Diff(c.want, w.said(t, c.filter)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		first, err := w.Lines(t.Context(), LineFilter{Level: slog.LevelDebug, Page: page.Request{Limit: 3}})
		if err != nil || len(first.Items) != 3 {
			t.Fatal(first, err)
		}
		if rest := w.said(t, LineFilter{Level: slog.LevelDebug, Page: page.Request{Limit: 3, After: first.Next}}); !cmp.Equal(rest, []string{"order placed"}) {
			t.Errorf("the next page has %v", rest)
		}
		failed := first.Items[2]
		if want := `error="refused (address): token=(masked)" job=toys.paint`; failed.Attrs != want || failed.Module != "toys" {
			t.Errorf("it says %s of %s", failed.Attrs, failed.Module)
		}
		if n := len(first.Items[1].Attrs); n > mostAttrs || n < mostAttrs-10 {
			t.Errorf("a long line takes %d bytes", n)
		}
		all, err := w.Lines(t.Context(), everything)
		if err != nil || strings.Contains(fmt.Sprint(all), "lea@") || strings.Contains(fmt.Sprint(all), "Léa") {
			t.Errorf("somebody is named: %+v, %v", all, err)
		}
	})
}

func TestLogsAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		say := func(text string) {
			t.Helper()
			at := w.Clock.Now()
			if err := w.storeLines(t.Context(), []Line{{At: at, Message: text, Attrs: strings.Repeat("x", 4000)}}); err != nil {
				t.Fatal(err)
			}
		}
		say("old")
		w.Clock.Advance(8 * 24 * time.Hour)
		for i := range 3 {
			say(fmt.Sprint(i))
		}
		if err := w.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"2", "1", "0"}, w.said(t, LineFilter{})); diff != "" {
			t.Errorf("after a week: %s", diff)
		}
		err := db.Do(t.Context(), w.DB, w.need.System, func(tx systemTx) error { return forgetLogs(t.Context(), tx, time.Time{}.AddDate(1970, 0, 0), 9000) })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"2", "1"}, w.said(t, LineFilter{})); diff != "" {
			t.Errorf("in 9000 bytes: %s", diff)
		}
	})
}

// Whoever logs never waits: what does not fit is dropped, and told of.
func TestALogThatIsFull(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		line := []byte(`{"time":"2026-03-01T10:00:00Z","level":"INFO","msg":"hello"}`)
		for range mostLines + 5 {
			if n, err := w.tail.Write(line); n != len(line) || err != nil {
				t.Fatal(n, err)
			}
		}
		if n := w.tail.Dropped(); n != 5 {
			t.Errorf("dropped %d", n)
		}
		if err := w.keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.said(t, LineFilter{Level: slog.LevelWarn}); !cmp.Equal(got, []string{"lines of the log were dropped"}) {
			t.Errorf("the log tells %v", got)
		}
		if err := w.keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.said(t, LineFilter{Level: slog.LevelWarn}); len(got) != 1 {
			t.Errorf("it tells %d times", len(got))
		}

		big := NewTail()
		for range 5 {
			_, _ = big.Write(bytes.Repeat([]byte("x"), mostPending/4))
		}
		if n := big.Dropped(); n != 1 {
			t.Errorf("dropped %d of what takes too much", n)
		}
		if got := len(big.take(mostLines)); got != 4 || big.pending.Load() != 0 {
			t.Errorf("took %d, %d bytes are pending", got, big.pending.Load())
		}
		if _, ok := w.read([]byte("no JSON")); ok {
			t.Error("made sense of nonsense")
		}
	})
}
