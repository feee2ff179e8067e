package observe

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoggerAddsTheContext(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	ctx := With(About(t.Context(), subject{"r1"}), slog.String("step", "first"))
	log := NewLogger(&out, "json", slog.LevelInfo).With("module", "orders")
	log.InfoContext(With(ctx, slog.String("step", "second")), "placed", "lines", 3)
	log.DebugContext(ctx, "not at this level")

	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	delete(got, "time")
	want := map[string]any{
		"level": "INFO", "msg": "placed", "module": "orders", "lines": 3.0,
		"request": "r1", "step": "second",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

type subject struct{ request string }

func (s subject) LogAttrs() []slog.Attr { return []slog.Attr{slog.String("request", s.request)} }

func TestLoggerMasks(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log := NewLogger(&out, format, slog.LevelInfo).With("smtp_password", "hidden")
		log.Info(
			"mail", "Email", "hidden", "reset_token", "hidden", "Set-Cookie", "hidden", "IBAN", "hidden",
			slog.Group("customer", "phone", "hidden", "name", "shown"),
			slog.Group("secret", "part", "hidden"),
		)
		text := out.String()
		if strings.Contains(text, "hidden") || !strings.Contains(text, "shown") || strings.Count(text, "(masked)") != 7 {
			t.Errorf("%s: %s", format, text)
		}
	}
}
