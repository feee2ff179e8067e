package app

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"orion/kit/i18n"
)

// acts finds what modules write into the audit log: the name of an action as it
// stands there, or the permission that allowed it.
var acts = regexp.MustCompile(`(?:Action|Audit): +(?:"([a-z_.]+)"|(\w+)(?:\.Code)?)`)

// permits finds the permissions of a module by their names in Go.
var permits = regexp.MustCompile(`(\w+) += auth\.Permit\("([a-z_.]+)"\)`)

// The audit log says what was done in a sentence of its own, and not by the
// permission that would allow more.
func TestAuditNamesWhatWasDone(t *testing.T) {
	t.Parallel()
	bundle, err := words()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("../modules/*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, folder := range folders {
		codes := map[string]string{}
		var names []string
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, m := range permits.FindAllStringSubmatch(string(text), -1) {
				codes[m[1]] = m[2]
			}
			for _, m := range acts.FindAllStringSubmatch(string(text), -1) {
				names = append(names, m[1]+m[2])
			}
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			action := name
			if code, ok := codes[name]; ok {
				action = code
			}
			if !strings.Contains(action, ".") || strings.HasSuffix(action, ".") {
				continue // a variable, which holds one of the others, or the beginning of several
			}
			found++
			for _, l := range i18n.Langs {
				if w := bundle.In(l); !w.Has("audit." + action) {
					t.Errorf("%s: no word for %s in %s", filepath.Base(folder), "audit."+action, l)
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d actions were found: the patterns no longer match", found)
	}
}
