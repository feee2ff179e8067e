// Package arch holds the project to its own rules: who may import whom, what a
// file may do by the prefix of its name, which tables a statement may name, how
// large things may grow, and that what is public is explained.
//
// The package is used by its test alone. A rule says why it exists whenever it
// is broken, and a rule that finds nothing to look at fails too, so that no rule
// outlives what it was for. What cannot be mended at once stands in ratchet.txt,
// which may only shrink.
package arch

import (
	"cmp"
	"fmt"
	"slices"
)

// Rule is one promise about the source tree.
type Rule struct {
	Name   string
	Reason string
	Check  func(*Tree, *Report)
}

// Finding is one place where a rule is broken.
type Finding struct {
	Rule    string
	Reason  string
	Path    string // slash separated, from the root of the tree
	Line    int    // 0 where the whole file or package is meant
	Subject string // what stays the same when lines move: a path, or path:name
	Measure int    // for rules with a limit: how large it is; else 0
	What    string
}

// String is the finding with its place and the reason of its rule.
func (f Finding) String() string {
	place := f.Path
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", f.Path, f.Line)
	}
	return fmt.Sprintf("%s: %s\n\t%s: %s", place, f.What, f.Rule, f.Reason)
}

// Report is what the rules found in a tree.
type Report struct {
	Findings []Finding
	Idle     []string // rules that had nothing to look at
	rule     Rule
	seen     int
}

// Check runs the rules over the tree.
func Check(t *Tree, rules ...Rule) *Report {
	r := &Report{}
	for _, rule := range rules {
		r.rule, r.seen = rule, 0
		rule.Check(t, r)
		if r.seen == 0 {
			r.Idle = append(r.Idle, rule.Name)
		}
	}
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return r
}

// saw notes that the rule had something to look at.
func (r *Report) saw() { r.seen++ }

// broken notes a violation in a file; the subject is the file and what it names.
func (r *Report) broken(path string, line int, about, what string, args ...any) {
	subject := path
	if about != "" {
		subject += ":" + about
	}
	r.add(Finding{Path: path, Line: line, Subject: subject, What: fmt.Sprintf(what, args...)})
}

// over notes something that measures more than it may.
func (r *Report) over(f Finding, limit int) {
	if f.Measure <= limit {
		return
	}
	f.What = fmt.Sprintf("%s: %d, at most %d", f.What, f.Measure, limit)
	r.add(f)
}

func (r *Report) add(f Finding) {
	f.Rule, f.Reason = r.rule.Name, r.rule.Reason
	r.Findings = append(r.Findings, f)
}

// Rules are all rules; libraries is the text of docs/adr/libraries.md.
func Rules(libraries string) []Rule {
	return slices.Concat(layerRules, moduleRules, roleRules, []Rule{libraryRule(libraries)}, tableRules, sizeRules, docRules)
}
