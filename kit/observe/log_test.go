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
	ctx := WithTenant(WithRequest(t.Context(), "r1"), "plt_1", "sto_1")
	log := NewLogger(&out, "json", slog.LevelInfo).With("module", "orders")
	log.InfoContext(WithTenant(ctx, "", "sto_2"), "placed", "lines", 3)
	log.DebugContext(ctx, "not at this level")

	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	delete(got, "time")
	want := map[string]any{
		"level": "INFO", "msg": "placed", "module": "orders", "lines": 3.0,
		"request": "r1", "platform": "plt_1", "store": "sto_2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := RequestID(ctx) + RequestID(t.Context()); got != "r1" {
		t.Errorf("request %q", got)
	}
}

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
