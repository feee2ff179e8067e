package db

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// compiled is a statement text with numbered parameters.
type compiled struct {
	text   string
	params []string // in the order of their numbers
	lists  []bool   // which of them are lists
}

// compile turns :name into ?1 or $1, and IN (:name...) into the dialect's way
// to unfold a list. Quoted text and casts (::) are left alone.
func compile(text string, d Dialect) (compiled, error) {
	var out strings.Builder
	var c compiled
	for i := 0; i < len(text); {
		ch := text[i]
		switch {
		case ch == '\'' || ch == '"':
			end := strings.IndexByte(text[i+1:], ch)
			if end < 0 {
				return c, fmt.Errorf("unclosed quote at %d", i)
			}
			out.WriteString(text[i : i+end+2])
			i += end + 2
		case ch == ':' && i+1 < len(text) && text[i+1] == ':':
			out.WriteString("::")
			i += 2
		case ch == ':' && i+1 < len(text) && isName(text[i+1]):
			end := i + 1
			for end < len(text) && isName(text[end]) {
				end++
			}
			list := strings.HasPrefix(text[end:], "...")
			n := c.number(text[i+1:end], list)
			if list {
				end += 3
			}
			out.WriteString(placeholder(n, list, d))
			i = end
		default:
			out.WriteByte(ch)
			i++
		}
	}
	c.text = out.String()
	return c, nil
}

func (c *compiled) number(name string, list bool) int {
	if at := slices.Index(c.params, name); at >= 0 {
		return at + 1
	}
	c.params = append(c.params, name)
	c.lists = append(c.lists, list)
	return len(c.params)
}

func placeholder(n int, list bool, d Dialect) string {
	num := strconv.Itoa(n)
	switch {
	case list && d == Postgres:
		return "SELECT CAST(json_array_elements_text(CAST($" + num + " AS json)) AS BIGINT)"
	case list:
		return "SELECT value FROM json_each(?" + num + ")"
	case d == Postgres:
		return "$" + num
	}
	return "?" + num
}

func isName(b byte) bool {
	return b == '_' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

// reads tells that a text cannot change a row.
func reads(text string) bool {
	up := strings.ToUpper(text)
	first, _, _ := strings.Cut(strings.TrimSpace(up), " ")
	if f := strings.Fields(up); len(f) > 0 {
		first = f[0]
	}
	if first != "SELECT" && first != "WITH" {
		return false
	}
	for _, w := range strings.FieldsFunc(up, func(r rune) bool { return !isName(byte(min(r, 127))) }) {
		switch w {
		case "INSERT", "UPDATE", "DELETE":
			return false
		}
	}
	return true
}
