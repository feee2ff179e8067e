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
// to look up each number of a list: on PostgreSQL = ANY with an array, since it
// would join a subselect by walking over the table. Quoted text and casts (::)
// are left alone.
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
			if !list {
				out.WriteString(placeholder(n, d))
				i = end
				continue
			}
			before, ok := strings.CutSuffix(out.String(), "IN (")
			if !ok || strings.HasSuffix(before, "NOT ") {
				return c, fmt.Errorf("a list is written as column IN (:%s...)", text[i+1:end])
			}
			end += 3
			out.Reset()
			out.WriteString(before + listed(n, d))
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

func placeholder(n int, d Dialect) string {
	if d == Postgres {
		return "$" + strconv.Itoa(n)
	}
	return "?" + strconv.Itoa(n)
}

// listed is what stands instead of "IN (" and the list.
func listed(n int, d Dialect) string {
	if d == Postgres {
		return "= ANY (CAST(" + placeholder(n, d) + " AS BIGINT[])"
	}
	return "IN (SELECT value FROM json_each(" + placeholder(n, d) + ")"
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
