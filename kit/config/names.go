package config

import (
	"fmt"
	"strings"
)

// canonical makes the spellings of a key in file, environment and flags equal:
// smtp.host, ORION_SMTP_HOST, --smtp-host.
func canonical(name string) string {
	return strings.NewReplacer(".", "_", "-", "_").Replace(strings.ToLower(name))
}

// env is the name of the variable of a setting.
func (s setting) env() string { return envPrefix + strings.ToUpper(canonical(s.key)) }

func findKey(name string) (setting, bool) {
	for _, s := range settings {
		if canonical(s.key) == canonical(name) {
			return s, true
		}
	}
	return setting{}, false
}

func findEnv(name string) (setting, bool) { return findKey(strings.TrimPrefix(name, envPrefix)) }

func unknownKey(name string) error {
	return fmt.Errorf("there is no setting %q; did you mean %q?", name, nearest(name).key)
}

func unknownEnv(name string) error {
	return fmt.Errorf("there is no such setting; did you mean %s?", nearest(strings.TrimPrefix(name, envPrefix)).env())
}

// nearest is the setting whose name takes the fewest edits to get to. A name that
// was cut short counts as one edit.
func nearest(name string) setting {
	best, least := settings[0], len(name)+100
	for _, s := range settings {
		d := distance(canonical(name), canonical(s.key))
		if strings.HasPrefix(canonical(s.key), canonical(name)) {
			d = min(d, 1)
		}
		if d < least {
			best, least = s, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
