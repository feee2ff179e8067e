package monitoring

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

// Line is a line of the program's log.
type Line struct {
	ID       int64
	At       time.Time
	Level    slog.Level
	Message  string
	Module   string // code, empty where it tells none
	Platform string // code, the same
	Request  string // identifier, the same
	Attrs    string // what else it says, as name=value
}

const (
	mostAttrs   = 4000 // bytes of a line's attributes
	mostMessage = 500
)

// read makes sense of a line as the log writes it.
func (m *Module) read(text []byte) (Line, bool) {
	fields := map[string]any{}
	if json.Unmarshal(text, &fields) != nil {
		return Line{}, false
	}
	take := func(name string) string {
		s, _ := fields[name].(string)
		delete(fields, name)
		return s
	}
	l := Line{Message: cut(take("msg"), mostMessage), Request: cut(take("request"), 64)}
	l.At, _ = time.Parse(time.RFC3339Nano, take("time"))
	if err := l.Level.UnmarshalText([]byte(take("level"))); err != nil || l.At.IsZero() {
		return Line{}, false
	}
	kind, _ := fields["job"].(string)
	if l.Module = cut(take("module"), 64); l.Module == "" && strings.Contains(kind, ".") {
		l.Module = ofModule(kind)
	}
	l.Platform = m.platformCode(cut(take("platform"), 64))
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if out.Len() > 0 {
			out.WriteString(" ")
		}
		out.WriteString(name + "=" + attr(name, fields[name]))
	}
	l.Attrs = cut(out.String(), mostAttrs)
	return l, true
}

// attr is a value in a line, masked like the texts of errors; only where a panic
// happened stays as long as it is.
func attr(name string, v any) string {
	s, ok := v.(string)
	if !ok {
		raw, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		s = string(raw)
	}
	if name != "stack" {
		s = masked(s)
	}
	if strings.ContainsAny(s, " \t\n\"") {
		return fmt.Sprintf("%q", s)
	}
	return s
}

func cut(s string, most int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "")
	}
	return s
}

// platformCode is the code of a platform that a line names by its identifier.
func (m *Module) platformCode(name string) string {
	for _, p := range m.need.Platforms() {
		if p.Platform.String() == name {
			return p.Code
		}
	}
	return name
}

func droppedLine(at time.Time, n int64) Line {
	return Line{At: at, Level: slog.LevelWarn, Message: "lines of the log were dropped", Module: "monitoring", Attrs: fmt.Sprintf("n=%d", n)}
}

func (m *Module) storeLines(ctx context.Context, lines []Line) error {
	return db.Do(ctx, m.db.Relaxed(), m.need.System, func(tx *db.Tx[tenant.System]) error { return addLogs(ctx, tx, lines) })
}

// LineFilter chooses lines of the log.
type LineFilter struct {
	Level    slog.Level // this one and louder ones
	Module   string
	Platform string
	Request  string
	Query    string // in what a line says
	Page     page.Request
}

// Lines are those that were kept, the newest first, in one statement.
func (m *Module) Lines(ctx context.Context, f LineFilter) (page.Page[Line], error) {
	found, err := db.Read(ctx, m.db, m.need.System, func(tx *db.Tx[tenant.System]) ([]Line, error) { return listLogs(ctx, tx, f) })
	return page.Of(found, f.Page.Limit, func(l Line) []any { return []any{l.ID} }), err
}

// Forget removes the oldest lines until what is left is as young and as small as chosen.
func (m *Module) Forget(ctx context.Context) error {
	c := m.config()
	return db.Do(ctx, m.db, m.need.System, func(tx *db.Tx[tenant.System]) error {
		return forgetLogs(ctx, tx, tx.Now().AddDate(0, 0, -int(c.LogDays)), c.LogMegabytes*1_000_000)
	})
}
