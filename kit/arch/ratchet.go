package arch

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Ratchet are the violations that are still allowed, one a line:
//
//	rule | subject | measure
//
// The measure is left out where the rule has no limit. A line may be taken out
// or its measure lowered, nothing else.
type Ratchet []string

// ReadRatchet reads the lines of a ratchet file; # begins a comment.
func ReadRatchet(text string) Ratchet {
	var lines Ratchet
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// Apply takes the allowed findings out. Left over are the findings that are not
// allowed and the lines that are no longer needed or allow too much.
func (a Ratchet) Apply(found []Finding) (left []Finding, stale []string) {
	used := make([]bool, len(a))
	for _, f := range found {
		at := slices.IndexFunc(a, f.allowedBy)
		if at < 0 {
			left = append(left, f)
			continue
		}
		used[at] = true
		if line := f.line(); line != a[at] {
			stale = append(stale, fmt.Sprintf("%s  (is now: %s)", a[at], line))
		}
	}
	for i, line := range a {
		if !used[i] {
			stale = append(stale, line)
		}
	}
	return left, stale
}

// line is the finding as a line of the ratchet file.
func (f Finding) line() string {
	if f.Measure == 0 {
		return f.Rule + " | " + f.Subject
	}
	return f.Rule + " | " + f.Subject + " | " + strconv.Itoa(f.Measure)
}

func (f Finding) allowedBy(line string) bool {
	cells := strings.Split(line, " | ")
	if len(cells) < 2 || cells[0] != f.Rule || cells[1] != f.Subject {
		return false
	}
	if f.Measure == 0 {
		return true
	}
	if len(cells) < 3 {
		return false
	}
	most, err := strconv.Atoi(cells[2])
	return err == nil && f.Measure <= most
}
