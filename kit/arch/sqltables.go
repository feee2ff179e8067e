package arch

import (
	"regexp"
	"slices"
	"strings"
)

// word is one token of a statement.
type word struct {
	text string
	line int
}

// sqlWord is a string, a comment, a name, a parameter, a line break or a sign.
var sqlWord = regexp.MustCompile(`'(?:[^']|'')*'|--[^\n]*|"[^"]*"|:?[A-Za-z_][A-Za-z0-9_.]*|\n|\S`)

// tablesNamed finds the tables that statements read or write. It knows the
// shape of SQL well enough for that: common table expressions, functions that
// return rows and sub-queries are no tables, nor is what follows FROM in
// IS DISTINCT FROM or inside EXTRACT.
func tablesNamed(text string) []mention {
	var found []mention
	words := split(text)
	local := locals(words)
	for at := 0; at < len(words); at++ {
		if !introduces(words, at) {
			continue
		}
		for at++; at < len(words); at++ {
			if w := words[at]; isTable(words, at) && !slices.Contains(local, strings.ToLower(w.text)) {
				found = append(found, mention{name: strings.ToLower(strings.Trim(w.text, `"`)), line: w.line})
			}
			next := comma(words, at)
			if next < 0 {
				break
			}
			at = next
		}
	}
	return found
}

// introduces reports whether table names follow this word.
func introduces(words []word, at int) bool {
	before := ""
	if at > 0 {
		before = strings.ToUpper(words[at-1].text)
	}
	switch strings.ToUpper(words[at].text) {
	case "JOIN", "INTO", "USING":
		return !strings.EqualFold(following(words, at), "(")
	case "FROM":
		return before != "DISTINCT" && !inCall(words, at)
	case "UPDATE":
		return before != "DO" && before != "FOR" && before != "KEY" && before != "ON"
	}
	return false
}

// inCall reports whether a FROM stands in a call such as EXTRACT(day FROM t):
// between it and the opening bracket there is no SELECT or DELETE.
func inCall(words []word, at int) bool {
	depth := 0
	for i := at - 1; i >= 0; i-- {
		switch strings.ToUpper(words[i].text) {
		case ")":
			depth++
		case "(":
			if depth == 0 {
				return true
			}
			depth--
		case "SELECT", "DELETE", "UPDATE", "SET":
			if depth == 0 {
				return false
			}
		case ";":
			return false
		}
	}
	return false
}

func isTable(words []word, at int) bool {
	first := words[at].text[0]
	letter := first == '_' || first == '"' || first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z'
	return letter && following(words, at) != "(" && !keyword(words[at].text) ||
		letter && at > 0 && strings.EqualFold(words[at-1].text, "INTO")
}

// comma is the position of the comma that leads to a further table of the same
// list, or -1. It passes over an alias or a bracket.
func comma(words []word, at int) int {
	depth := 0
	for i := at; i < len(words); i++ {
		text := words[i].text
		switch {
		case text == "(":
			depth++
		case text == ")":
			depth--
		}
		if depth < 0 || depth == 0 && (text == ";" || keyword(text)) {
			return -1
		}
		if depth == 0 && text == "," {
			return i
		}
	}
	return -1
}

func keyword(text string) bool {
	return slices.Contains([]string{
		"WHERE", "JOIN", "LEFT", "INNER", "CROSS", "ON", "SET", "GROUP", "ORDER", "LIMIT", "UNION", "SELECT",
		"VALUES", "HAVING", "RETURNING", "LATERAL", "ONLY", "FOR", "EXCEPT", "INTERSECT", "USING", "OFFSET", "WITH",
	}, strings.ToUpper(text))
}

// locals are the names of common table expressions: name AS (, name (a, b) AS (.
func locals(words []word) []string {
	var found []string
	for at := range words {
		if strings.EqualFold(words[at].text, "AS") && at > 0 && (following(words, at) == "(" || strings.EqualFold(following(words, at), "MATERIALIZED")) {
			from := at - 1
			if words[from].text == ")" {
				for from > 0 && words[from].text != "(" {
					from--
				}
				from--
			}
			if from >= 0 {
				found = append(found, strings.ToLower(words[from].text))
			}
		}
	}
	return found
}

func following(words []word, at int) string {
	if at+1 < len(words) {
		return words[at+1].text
	}
	return ""
}

// split cuts SQL into words, leaving out comments. A block's name line ends the
// statement before it.
func split(text string) []word {
	var words []word
	line := 1
	for _, w := range sqlWord.FindAllString(text, -1) {
		switch {
		case w == "\n":
			line++
		case strings.HasPrefix(w, "-- name:"):
			words = append(words, word{";", line})
		case strings.HasPrefix(w, "--"):
		default:
			words = append(words, word{w, line})
			line += strings.Count(w, "\n")
		}
	}
	return words
}
