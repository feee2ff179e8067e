package core

import (
	"math"
	"strconv"
	"time"
)

// Periods are how many days a dashboard can look back.
var Periods = []int{1, 7, 30, 90, 365}

// usual is the period that a dashboard shows before somebody chose one.
const usual = 30

// Period is a stretch of time up to now, cut into steps, with as much before it
// to compare it with. Days begin when they do for the reader now; what lies beyond a
// change to or from summer time is an hour off.
type Period struct {
	Days  int
	shift int64 // hours by which the reader's clock is ahead of UTC
	width int64 // hours of a step
	last  int64 // the step that now is in
	steps int64
	now   time.Time
}

// PeriodOf is the period of so many days, in the time zone of now; what is not
// offered is the usual one.
func PeriodOf(days string, now time.Time) Period {
	n, _ := strconv.Atoi(days)
	_, ahead := now.Zone()
	p := Period{Days: usual, width: 24, shift: int64(math.Floor(float64(ahead) / 3600)), now: now}
	for _, d := range Periods {
		if d == n {
			p.Days = d
		}
	}
	p.steps = int64(p.Days)
	switch p.Days {
	case 1:
		p.width, p.steps = 1, (hourOf(now)+p.shift)%24+1
	case 365:
		p.width, p.steps = 7*24, 52
	}
	p.last = (hourOf(now) + p.shift) / p.width
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

// since is the first hour that is looked at, of UTC.
func (p Period) since() int64 { return (p.last-p.steps-p.before()+1)*p.width - p.shift }

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
	return time.Unix(((p.last-p.steps+1+at)*p.width-p.shift)*3600, 0).UTC()
}
