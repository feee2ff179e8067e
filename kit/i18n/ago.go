package i18n

import "time"

// Ago writes a time as somebody thinks of it at now: "5 min ago", "yesterday,
// 14:05", "Tuesday, 14:05", and the day when it is longer ago or still to come.
func (w Words) Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	past := now.Sub(t)
	switch days := w.days(t, now); {
	case past < -time.Minute || days > 6:
		return w.Date(t)
	case past < time.Minute:
		return w.T("ui.just_now")
	case past < time.Hour:
		return w.N("ui.minutes_ago", int(past/time.Minute))
	case days == 0:
		return w.N("ui.hours_ago", int(past/time.Hour))
	case days == 1:
		return w.T("ui.yesterday_at", "time", w.Time(t))
	default:
		return w.Weekday(t) + ", " + w.Time(t)
	}
}

// days is how many midnights lie between two times, where the reader is.
func (w Words) days(t, now time.Time) int {
	_, t = w.calendar(t)
	_, now = w.calendar(now)
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(midnight(now).Sub(midnight(t)) / (24 * time.Hour))
}
