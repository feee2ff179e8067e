package i18n

import (
	"maps"
	"testing"
	"time"
)

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
