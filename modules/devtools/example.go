package devtools

import (
	"regexp"
	"slices"
	"strings"
)

const (
	maxExamples = 6
	maxExample  = 40 // lines
)

// begun is where a template or function begins.
var begun = regexp.MustCompile(`(?m)^(?:templ|func) (\w+)\(`)

// templateAt is the name of the last template that begins in a text.
func templateAt(text string) string {
	all := begun.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1][1]
}

// used is a component as templates write it.
var used = regexp.MustCompile(`\bui\.([A-Z]\w*)(\[\w+\])?([{(])`)

// examples finds how a template of the gallery uses components, each with the
// children that it has there. What is too long to be read is left out.
func (l *library) examples(text string) {
	for _, m := range used.FindAllStringSubmatchIndex(text, -1) {
		c := l.at[text[m[2]:m[3]]]
		if c == nil {
			continue
		}
		if place := templateAt(text[:m[0]]); place != "" && !slices.Contains(c.Places, place) {
			c.Places = append(c.Places, place)
		}
		from, end := m[0], closing(text, m[6])
		if from >= 2 && text[from-2:from] == "@(" {
			from, end = from-2, end+1 // the bracket around it
		} else if from >= 1 && text[from-1] == '@' {
			from--
		}
		if strings.HasPrefix(text[min(end, len(text)):], " {\n") && text[from] == '@' {
			end = closing(text, end+1)
		}
		found := outdent(text, from, min(end, len(text)))
		if strings.Count(found, "\n") >= maxExample || slices.ContainsFunc(c.Examples, func(e Example) bool { return e.Text == found }) {
			continue
		}
		c.Examples = append(c.Examples, Example{Text: found})
		if len(c.Examples) > maxExamples {
			c.Examples = slices.DeleteFunc(c.Examples, longest(c.Examples))
		}
	}
}

// longest finds the first of the longest examples.
func longest(all []Example) func(Example) bool {
	most := slices.MaxFunc(all, func(a, b Example) int { return len(a.Text) - len(b.Text) })
	return func(e Example) bool { return e == most }
}

// closing is the place behind the bracket that closes the one at a place; what
// stands in quotes is passed over.
func closing(text string, at int) int {
	depth := 0
	for i := at; i < len(text); i++ {
		switch text[i] {
		case '{', '(', '[':
			depth++
		case '}', ')', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '`':
			quote := text[i]
			for i++; i < len(text) && text[i] != quote; i++ {
				if text[i] == '\\' && quote == '"' {
					i++
				}
			}
		}
	}
	return len(text)
}

// outdent is a part of a text without what its first line is moved in by.
func outdent(text string, from, to int) string {
	line := strings.LastIndexByte(text[:from], '\n') + 1
	margin := text[line : line+len(text[line:])-len(strings.TrimLeft(text[line:], "\t"))]
	return strings.ReplaceAll(text[from:to], "\n"+margin, "\n")
}
