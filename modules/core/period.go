package core

import (
	"strconv"
	"time"
)

// Periods are how many days a dashboard can look back.
var Periods = []int{1, 7, 30, 90, 365}

// usual is the period that a dashboard shows before somebody chose one.
const usual = 30

// Period is a stretch of time up to now, cut into steps, with as much before it
// to compare it with. Days are those of UTC, as everywhere in figures.
type Period struct {
	Days  int
	width int64 // hours of a step
	last  int64 // the step that now is in
	steps int64
	now   time.Time
}

// PeriodOf is the period of so many days; what is not offered is the usual one.
func PeriodOf(days string, now time.Time) Period {
	n, _ := strconv.Atoi(days)
	p := Period{Days: usual, width: 24, now: now}
	for _, d := range Periods {
		if d == n {
			p.Days = d
		}
	}
	p.steps = int64(p.Days)
	switch p.Days {
	case 1:
		p.width, p.steps = 1, int64(now.UTC().Hour())+1
	case 365:
		p.width, p.steps = 7*24, 52
	}
	p.last = hourOf(now) / p.width
	return p
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// before is how many steps back the time to compare with lies: today is
// compared with yesterday up to the same hour.
func (p Period) before() int64 {
	if p.Days == 1 {
		return 24
	}
	return p.steps
}

// since is the first hour that is looked at.
func (p Period) since() int64 { return (p.last - p.steps - p.before() + 1) * p.width }

// place tells where a step belongs: into the period, into the one before, or
// nowhere.
func (p Period) place(step int64) (at int64, now, then bool) {
	first := p.last - p.steps + 1
	if at = step - first; at >= 0 && at < p.steps {
		return at, true, false
	}
	at += p.before()
	return at, false, at >= 0 && at < p.steps
}

// begin is when a step of the period begins.
func (p Period) begin(at int64) time.Time {
	return time.Unix((p.last-p.steps+1+at)*p.width*3600, 0).UTC()
}
