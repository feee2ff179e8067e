package orders

import (
	"slices"
	"time"
)

// holidays are the days on which nothing is delivered in a country, Sundays and
// Saturdays apart: days of the year as month*100+day, and days after Easter.
type holidays struct{ fixed, easter []int }

var holidaysOf = map[string]holidays{
	"AT": {[]int{101, 106, 501, 815, 1026, 1101, 1208, 1225, 1226}, []int{1, 39, 50, 60}},
	"BE": {[]int{101, 501, 721, 815, 1101, 1111, 1225}, []int{1, 39, 50}},
	"DE": {[]int{101, 501, 1003, 1225, 1226}, []int{-2, 1, 39, 50}},
	"FR": {[]int{101, 501, 508, 714, 815, 1101, 1111, 1225}, []int{1, 39, 50}},
	"LU": {[]int{101, 501, 509, 623, 815, 1101, 1225, 1226}, []int{1, 39, 50}},
	"NL": {[]int{101, 427, 1225, 1226}, []int{1, 39, 50}},
}

// elsewhere are holidays that most countries of Europe have.
var elsewhere = holidays{fixed: []int{101, 501, 1225, 1226}, easter: []int{1}}

// eastmost is how far the clocks of buyers may be ahead of ours: a day that has
// begun for them counts as begun.
const eastmost = 2 * time.Hour

// hours are what decides whether an order is worked on today. The zero value has
// no hour from which it is not.
type hours struct {
	zone   *time.Location // of the store; nil is that of the eastmost buyers
	cutoff time.Duration  // since midnight; zero is never
}

// day is the one on which work on an order begins, and until when that holds,
// which is zero where it does not depend on the hour.
func (h hours) day(at time.Time, countries ...string) (day, before time.Time) {
	local := at.UTC().Add(eastmost)
	if h.zone != nil {
		local = at.In(h.zone)
	}
	y, m, d := local.Date()
	day = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if h.cutoff == 0 {
		return day, time.Time{}
	}
	before = time.Date(y, m, d, 0, int(h.cutoff/time.Minute), 0, 0, local.Location())
	if isWorkday(day, countries) && local.Before(before) {
		return day, before
	}
	return onward(day, 1, countries), time.Time{}
}

// workdays is the day n working days after at, in all of the countries.
func workdays(at time.Time, n int64, countries ...string) time.Time {
	day, _ := hours{}.day(at)
	return onward(day, n, countries)
}

func onward(day time.Time, n int64, countries []string) time.Time {
	for n > 0 {
		if day = day.AddDate(0, 0, 1); isWorkday(day, countries) {
			n--
		}
	}
	return day
}

func isWorkday(day time.Time, countries []string) bool {
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	after := int(day.Sub(easter(day.Year())) / (24 * time.Hour))
	for _, c := range countries {
		h, ok := holidaysOf[c]
		if !ok {
			h = elsewhere
		}
		if slices.Contains(h.fixed, int(day.Month())*100+day.Day()) || slices.Contains(h.easter, after) {
			return false
		}
	}
	return true
}

// easter is the Sunday of Easter, by the Gregorian calendar.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	e := (32 + 2*(b%4) + 2*(c/4) - d - c%4) % 7
	f := d + e - 7*((a+11*d+22*e)/451) + 114
	return time.Date(year, time.Month(f/31), f%31+1, 0, 0, 0, 0, time.UTC)
}
