package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConsentCookie(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("x", pseudonym)
	for text, want := range map[string]Consent{
		"":                    {},
		"1":                   {},
		"1..P":                {},
		"1.short.PSM":         {},
		"1." + id + ".":       {ID: id},
		"1." + id + ".P":      {ID: id, Allowed: []Purpose{ForPreferences}},
		"1." + id + ".Psm":    {ID: id, Allowed: []Purpose{ForPreferences}, Refused: []Purpose{ForStatistics, ForMarketing}},
		"1." + id + ".zzz":    {ID: id},
		"0." + id + ".PSM":    {ID: id}, // about another text
		"1." + id + "\x00.P":  {},
		"1." + id[1:] + "<.P": {},
	} {
		if d := cmp.Diff(want, parseConsent(text)); d != "" {
			t.Errorf("%q:\n%s", text, d)
		}
	}
	decided := Consent{ID: id, Allowed: []Purpose{ForMarketing}, Refused: []Purpose{ForPreferences, ForStatistics}}
	if d := cmp.Diff(decided, parseConsent(decided.String())); d != "" {
		t.Errorf("what was written is read as something else:\n%s", d)
	}
}
