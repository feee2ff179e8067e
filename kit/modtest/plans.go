package modtest

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"

	"orion/kit/db"
)

// wholeTenant is a step that walks over all rows of one tenant, or of all.
var wholeTenant = regexp.MustCompile(`^(SCAN \w+$|SCAN \w+ USING|SEARCH \w+ USING .*\((store_id|merchant_id|platform_id)=\?\)$)`)

// listPlan asks SQLite how it would run a statement that takes a list, such as
// the variants of an order. One that walks over all rows of the tenant to find
// those of the list costs more with every product that a store has.
func listPlan(ctx context.Context, conn *sql.Conn, b db.Block, text string) (wrong []string) {
	if b.Scope != "" || !strings.Contains(text, "json_each(?") {
		return nil
	}
	text, _, _ = strings.Cut(text, "-- order")
	rows, err := conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, nulls(text)...)
	if err != nil {
		return []string{b.Name + ": " + err.Error()}
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return []string{b.Name + ": " + err.Error()}
		}
		if wholeTenant.MatchString(step) && !ours(text, step) {
			wrong = append(wrong, fmt.Sprintf("%s: takes a list and walks over a whole table for it: %s", b.Name, step))
		}
	}
	if err := rows.Err(); err != nil {
		wrong = append(wrong, b.Name+": "+err.Error())
	}
	return wrong
}

// ours tells that a step walks over the statement's own list, under the name
// that a WITH or AS gave it.
func ours(text, step string) bool {
	name := strings.Fields(step)[1]
	return name == "json_each" || regexp.MustCompile(`(?i)(WITH|,)\s+`+name+`\s+AS|\)\s+(AS\s+)?`+name+`\b`).MatchString(text)
}

var number = regexp.MustCompile(`\?(\d+)`)

// nulls are values for all parameters of a statement.
func nulls(text string) []any {
	most := 0
	for _, m := range number.FindAllStringSubmatch(text, -1) {
		n := 0
		_, _ = fmt.Sscan(m[1], &n)
		most = max(most, n)
	}
	return make([]any, most)
}
