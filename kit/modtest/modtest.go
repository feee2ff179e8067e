// Package modtest is the suite that every module runs: words in all languages,
// statements that stay in their scope on both databases, well-named
// migrations, and a README. A rule that a module could break by accident
// stands here, once.
package modtest

import (
	"os"
	"path/filepath"
	"testing"

	"orion/kit/db/migrate"
	"orion/kit/i18n"
	"orion/kit/module"
)

// Subject is the module under test.
type Subject struct {
	Definition module.Definition
	Plan       migrate.Plan // the module's line behind the lines that it needs
	Dir        string       // the module's folder; "" is the test's own
}

// Conform runs the suite.
func Conform(t *testing.T, s Subject) {
	t.Helper()
	if s.Dir == "" {
		s.Dir = "."
	}
	t.Run("words are complete", func(t *testing.T) {
		t.Parallel()
		report(t, Words(s))
	})
	t.Run("faults have words", func(t *testing.T) {
		t.Parallel()
		report(t, Faults(s))
	})
	t.Run("migrations are well named", func(t *testing.T) {
		t.Parallel()
		if err := migrate.CheckNames(migrate.Line{Module: s.Definition.Code, Files: s.Definition.Files}); err != nil {
			t.Error(err)
		}
	})
	t.Run("there is a README", func(t *testing.T) {
		t.Parallel()
		if info, err := os.Stat(filepath.Join(s.Dir, "README.md")); err != nil || info.Size() < 500 {
			t.Error("README.md is missing or says next to nothing")
		}
	})
	t.Run("registry accepts it", func(t *testing.T) {
		t.Parallel()
		alone := s.Definition
		alone.Requires, alone.Observes = nil, nil
		if _, err := module.NewRegistry(alone); err != nil {
			t.Error(err)
		}
	})
	t.Run("statements stay in scope", func(t *testing.T) {
		t.Parallel()
		statements(t, s)
	})
}

func report(t *testing.T, wrong []string) {
	t.Helper()
	for _, w := range wrong {
		t.Error(w)
	}
}

// Words tells which words of a module are missing: in one of the languages,
// for a permission, a feature, or a menu entry.
func Words(s Subject) (wrong []string) {
	bundle, err := i18n.Load(s.Definition.Files)
	if err != nil {
		return []string{err.Error()}
	}
	for _, gap := range bundle.Missing() {
		wrong = append(wrong, "no word for "+gap.Key+" in "+string(gap.Lang))
	}
	for _, gap := range bundle.Mismatched() {
		wrong = append(wrong, "other arguments than in English: "+gap.Key+" in "+string(gap.Lang))
	}
	words := bundle.In(i18n.En)
	need := func(key string) {
		if !words.Has(key) {
			wrong = append(wrong, "no word for "+key)
		}
	}
	for _, p := range s.Definition.Permissions {
		need("permissions." + p.Code)
	}
	for _, f := range s.Definition.Features {
		need("features." + f.Code)
		if f.Limited {
			need(module.FullCode(f.Code))
		}
	}
	for _, m := range s.Definition.Menu {
		need(m.Label)
		if m.Section != "" {
			need(m.Section)
		}
	}
	return wrong
}
