package db

import (
	"strconv"
	"strings"
)

// shift numbers the placeholders of a condition after the n that the statement
// already has. The builder writes ? for SQLite and $1, $2, … for PostgreSQL,
// and values never stand in the text.
func shift(sql string, n int, d Dialect) string {
	var out strings.Builder
	for i := 0; i < len(sql); i++ {
		switch {
		case d == SQLite && sql[i] == '?':
			n++
			out.WriteString("?" + strconv.Itoa(n))
		case d == Postgres && sql[i] == '$':
			end := i + 1
			for end < len(sql) && sql[end] >= '0' && sql[end] <= '9' {
				end++
			}
			k, _ := strconv.Atoi(sql[i+1 : end])
			out.WriteString("$" + strconv.Itoa(n+k))
			i = end - 1
		default:
			out.WriteByte(sql[i])
		}
	}
	return out.String()
}
