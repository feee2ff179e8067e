package app

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/modules/catalog"
	"orion/modules/messaging"
	"orion/modules/messaging/messagingapi"
)

// script is a text that would run if any place took it for more than a text: in
// HTML, an attribute, a title, a text field, a script, an address. The letters at
// its end make a word that no line holds.
const script = `"'></title></textarea></script><img src=x onerror=window.__ran=1><svg onload=window.__ran=1>${window.__ran=1}{{window.__ran=1}}javascript:window.__ran=1` +
	`WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW`

// prose tells whether people wrote a text, in contrast to codes, addresses,
// hashes and times, which decide how a page works.
var prose = regexp.MustCompile(`^(\p{Lu}\p{Ll}{2,}|.*\p{L}+[ ,].*\p{L}.*)$`)

// spoil makes people's texts in a value, or in JSON inside it, run scripts.
func spoil(v string) string {
	var inside any
	if strings.ContainsAny(v[:min(len(v), 1)], "{[") && json.Unmarshal([]byte(v), &inside) == nil {
		var walk func(any) any
		walk = func(v any) any {
			switch v := v.(type) {
			case map[string]any:
				for k := range v {
					v[k] = walk(v[k])
				}
			case []any:
				for i := range v {
					v[i] = walk(v[i])
				}
			case string:
				return spoil(v)
			}
			return v
		}
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		dec := json.NewDecoder(strings.NewReader(v))
		dec.UseNumber()
		if dec.Decode(&inside) != nil || enc.Encode(walk(inside)) != nil {
			return v
		}
		return strings.TrimSpace(out.String())
	}
	if !prose.MatchString(strings.ReplaceAll(v, "\n", " ")) {
		return v
	}
	return v + script
}

// trusted are columns that hold HTML, which is cleaned when it is written. The
// test writes them the way that everybody does.
var trusted = []string{"catalog_products.body", "catalog_products.words", "mail_messages.body_html"}

// quoted are texts of people that other people read; the demo and plough have each.
var quoted = []string{
	"catalog_products.title", "catalog_products.brand", "catalog_categories.name", "orders_orders.name", "orders_lines.title",
	"reviews_reviews.title", "reviews_reviews.body", "reviews_reviews.reply", "reviews_reviews.author",
	"messaging_threads.name", "messaging_threads.subject", "messaging_threads.excerpt", "messaging_messages.author", "messaging_messages.body", "messaging_evidence.wording",
	"customers_customers.name", "customers_customers.tags", "customers_tags.tag", "customers_notes.text", "customers_segments.name", "customers_addresses.line1",
	"core_views.name", "tenancy_stores.name", "tenancy_roles.name", "tenancy_users.name", "tenancy_merchants.name", "inventory_locations.name",
}

// textColumns are all columns of text of all tables of the modules.
func textColumns(t *testing.T, pool *sql.DB) [][2]string {
	t.Helper()
	columns, err := pairs(pool, `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'river%' AND m.name NOT LIKE 'event%' AND m.name NOT LIKE 'goose%'
		AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE '%\_fts%' ESCAPE '\' AND m.name NOT LIKE '%search\_%' ESCAPE '\' AND c.type IN ('TEXT', 'JSON')`)
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

// spoilAll does that to all of them, without asking a module, and tells how many
// values of which it changed.
func spoilAll(t *testing.T, pool *sql.DB) map[string]int {
	t.Helper()
	changed := map[string]int{}
	for _, c := range textColumns(t, pool) {
		table, column := c[0], c[1]
		if slices.Contains(trusted, table+"."+column) {
			continue
		}
		values, err := pairs(pool, fmt.Sprintf("SELECT DISTINCT %s, '' FROM %s WHERE %s <> ''", column, table, column))
		if err != nil {
			t.Fatal(table, column, err)
		}
		for _, v := range values {
			bad := spoil(v[0])
			if bad == v[0] {
				continue
			}
			// A rule of the table may refuse it, as it would anybody's.
			if _, err := pool.Exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE %s = ?", table, column, column), bad, v[0]); err == nil {
				changed[table+"."+column]++
			}
		}
	}
	return changed
}

// pairs reads two columns of text.
func pairs(pool *sql.DB, query string) (out [][2]string, err error) {
	rows, err := pool.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s [2]string
		if err := rows.Scan(&s[0], &s[1]); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// TestStoredScripts puts scripts into every text that people write, past all
// checks, and opens every page of every frontend: nothing runs, not even to be
// stopped by the page's policy, and nothing is wider than a phone.
func TestStoredScripts(t *testing.T) {
	t.Parallel()
	dsn := sqliteDemo(t)
	before := still(t, dsn)
	g := sightsOf(t, before)
	all := append(g.sights, g.moments(t)...)
	pool := owner(t, before)
	var sent int64
	if err := pool.QueryRow("SELECT COALESCE(MAX(id), 0) FROM mail_messages").Scan(&sent); err != nil {
		t.Fatal(err)
	}
	spoilt, n := spoilAll(t, pool), 0
	for _, of := range spoilt {
		n += of
	}
	if n < 500 {
		t.Fatalf("only %d texts of the demo were spoilt", n)
	}
	for _, column := range quoted {
		if spoilt[column] == 0 {
			t.Errorf("no %s was spoilt, so nothing is known about the pages that quote it", column)
		}
	}

	a := start(t, dsn) // nothing of before is in its memory
	rich := fmt.Sprintf("slug,title,body,price\n%s,Rich,%q,1.00\n", g.own.ids["product slug"], "<p onclick='window.__ran=1'>Hello <a href='javascript:window.__ran=1'>there</a>"+strings.ReplaceAll(script, `"`, `""`))
	rich = strings.ReplaceAll(rich, `\"`, `""`)
	if r, err := a.modules.catalog.Import(t.Context(), g.own.in, strings.NewReader(rich), catalog.Options{Lang: g.own.shop.Lang, Currency: g.own.shop.Currency}); err != nil || r.Failed != 0 {
		t.Fatal(r, err)
	}
	e := openEye(t, a)
	e.wear(how{width: 390})
	quotes := 0
	for _, s := range all {
		e.at(s, "")
		if eval[bool](e.browser, "document.body.innerText.includes('window.__ran')") {
			quotes++
		}
		if eval[bool](e.browser, "window.__ran !== undefined") {
			t.Errorf("%s: a script ran", s.name)
		}
		for _, w := range append(eval[[]string](e.browser, faults), e.heard()...) {
			t.Errorf("%s: %s", s.name, w)
		}
	}

	if quotes < len(all)/2 {
		t.Errorf("%d of %d pages quote what people wrote", quotes, len(all))
	}

	t.Run("mails", func(t *testing.T) {
		var thread messagingapi.ThreadID
		if err := thread.UnmarshalText([]byte(g.own.ids["thr"])); err != nil {
			t.Fatal(err)
		}
		answer := messaging.Answer{Ticket: 1 << 21, Body: "We open at nine " + script, By: auth.SystemActor}
		if err := a.modules.messaging.Answer(t.Context(), g.own.in, thread, answer, messaging.Letterhead{Shop: "Shop" + script, Footer: "Foot" + script}); err != nil {
			t.Fatal(err)
		}
		var mails [][2]string
		for end := time.Now().Add(30 * time.Second); len(mails) == 0 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			var err error
			mails, err = pairs(pool, fmt.Sprintf("SELECT subject, body_html FROM mail_messages WHERE id > %d AND body_html LIKE '%%__ran%%'", sent))
			if err != nil {
				t.Fatal(err)
			}
		}
		if len(mails) == 0 {
			t.Fatal("no mail quotes what people wrote")
		}
		for _, m := range mails {
			e.open("about:blank") // where no policy stops a script
			eval[bool](e.browser, fmt.Sprintf("(() => { document.documentElement.innerHTML = %q; return true })()", m[1]))
			time.Sleep(200 * time.Millisecond)
			if eval[bool](e.browser, "window.__ran !== undefined") {
				t.Errorf("%s: a script ran in the mail", m[0])
			}
		}
	})
	t.Run("exports", func(t *testing.T) {
		v, exports := g.visitors["store"], 0
		v.Handler = a.Handler()
		for _, f := range g.files {
			name, kind, _ := strings.Cut(f, ": ")
			path, mine := strings.CutPrefix(name, "store GET ")
			if !mine || wildcard.MatchString(path) || !strings.HasPrefix(kind, "text/csv") {
				continue
			}
			exports++
			rows, err := csv.NewReader(strings.NewReader(v.Ask(modtest.Ask{Path: path}).Body)).ReadAll()
			if err != nil || len(rows) == 0 {
				t.Errorf("%s: %d rows, %v", path, len(rows), err)
			}
			for _, cell := range slices.Concat(rows...) {
				if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) {
					t.Errorf("%s: a spreadsheet takes %.40q for a formula", path, cell)
				}
			}
		}
		if exports < 2 {
			t.Errorf("%d exports were looked at", exports)
		}
	})
}
