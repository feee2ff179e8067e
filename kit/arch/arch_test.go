package arch_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"orion/kit/arch"
)

// unfinished are the rules that may have nothing to look at, because what they
// are about is not built yet. A rule that has found its subject must be taken
// out of here.
var unfinished []string

func TestProject(t *testing.T) {
	t.Parallel()
	const root = "../.."
	tree, err := arch.Load(os.DirFS(root), "orion")
	if err != nil {
		t.Fatal(err)
	}
	report := arch.Check(tree, arch.Rules(read(t, root+"/docs/adr/libraries.md"))...)
	left, stale := arch.ReadRatchet(read(t, "ratchet.txt")).Apply(report.Findings)
	for _, f := range left {
		t.Error(f)
	}
	for _, line := range stale {
		t.Errorf("ratchet.txt allows what is no longer there, remove or lower: %s", line)
	}
	for _, rule := range report.Idle {
		if !slices.Contains(unfinished, rule) {
			t.Errorf("rule %q found nothing to look at: remove it, or mend what it looks for", rule)
		}
	}
	for _, rule := range unfinished {
		if !slices.Contains(report.Idle, rule) {
			t.Errorf("rule %q has found its subject: take it out of unfinished", rule)
		}
	}
}

// TestLibraryVersions compares the versions in the table with go.mod.
func TestLibraryVersions(t *testing.T) {
	t.Parallel()
	required := read(t, "../../go.mod")
	for line := range strings.Lines(read(t, "../../docs/adr/libraries.md")) {
		cells := strings.Split(line, "|")
		if len(cells) < 6 || !strings.Contains(cells[1], "`") {
			continue
		}
		if want := strings.Trim(cells[1], " `") + " v" + strings.TrimSpace(cells[2]); !strings.Contains(required, want) {
			t.Errorf("go.mod does not require %s", want)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
