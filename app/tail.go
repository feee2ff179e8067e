package app

import (
	"log/slog"

	"orion/kit/observe"
	"orion/modules/monitoring"
)

// withTail is a log whose lines are kept for the page of logs, too, from the level
// on that is chosen for the log.
func withTail(log *slog.Logger, tail *monitoring.Tail, level slog.Level) *slog.Logger {
	return slog.New(slog.NewMultiHandler(log.Handler(), observe.NewLogger(tail, "json", level).Handler()))
}
