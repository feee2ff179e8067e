package i18n

import (
	"maps"
	"testing"
	"time"
)

// A day begins when the reader's clock says so, and is an hour shorter in spring.
func TestDaySpan(t *testing.T) {
	t.Parallel()
	w := Words{}.Zone(ZoneOf("LU"))
	from, until := w.DaySpan("2026-03-29")
	if !from.Equal(time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC)) || until.Sub(from) != 23*time.Hour {
		t.Errorf("the day is %v to %v", from, until)
	}
	if from, until := (Words{}).DaySpan("2026-03-29"); from.Hour() != 0 || until.Sub(from) != 24*time.Hour {
		t.Errorf("without a zone it is %v to %v", from, until)
	}
	for _, none := range []string{"", "2026-02-30", "today"} {
		if from, until := w.DaySpan(none); !from.IsZero() || !until.IsZero() {
			t.Errorf("%q is %v to %v", none, from, until)
		}
	}
}

// Every country that is listed has its zone; in summer Luxembourg is two hours
// ahead, and Portugal one.
func TestZoneOf(t *testing.T) {
	t.Parallel()
	summer := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, list := range []map[string]string{zones, elsewhere} {
		for country := range maps.Keys(list) {
			if ZoneOf(country) == nil {
				t.Errorf("%s has no zone", country)
			}
		}
	}
	for country, want := range map[string]string{"LU": "14:00", "PT": "13:00", "CY": "15:00", "": "12:00", "XX": "12:00"} {
		for range 2 { // the second time from memory
			if got := (Words{}).Zone(ZoneOf(country)).Time(summer); got != want {
				t.Errorf("noon in %q is %s, want %s", country, got, want)
			}
		}
	}
}
