package app

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// script is a text that would run if any place took it for more than a text: in
// HTML, an attribute, a title, a text field, a script, an address. The letters at
// its end make a word that no line holds.
const script = `"'></title></textarea></script><img src=x onerror=window.__ran=1><svg onload=window.__ran=1>${window.__ran=1}{{window.__ran=1}}javascript:window.__ran=1` +
	`WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW`

// prose tells whether people wrote a text inside of JSON, in contrast to the
// codes, hashes and times there, which decide how a page works.
var prose = regexp.MustCompile(`^(\p{Lu}\p{Ll}{2,}|.*\p{L}+[ ,].*\p{L}.*)$`)

// codes are the columns of text, by table, that nobody writes freely: the program
// makes their values or chooses among a few, or it takes only what has a narrow
// shape. All others hold what people write. A new column is one of these or is put
// here, else TestStoredScripts fails.
var codes = map[string]string{
	"auth_sessions":           "hash audience",
	"auth_tokens":             "hash hint audience scopes created_by",
	"mail_messages":           "message_key status unsubscribe",
	"core_versions":           "name",
	"monitoring_snapshots":    "measure",
	"core_settings":           "module",
	"core_platform_settings":  "module",
	"core_merchant_settings":  "module",
	"core_figures":            "name currency",
	"core_views":              "list query",
	"core_menus":              "audience value previous",
	"core_settings_changes":   "module actor_kind actor_id",
	"tenancy_versions":        "name",
	"tenancy_users":           "role lang password",
	"tenancy_platforms":       "code lang picture",
	"tenancy_merchants":       "country",
	"tenancy_stores":          "code currency lang langs staff_lang country theme logo hero_image status",
	"tenancy_store_platforms": "subdomain",
	"tenancy_domains":         "domain proof trouble",
	"tenancy_modules":         "module",
	"tenancy_roles":           "preset permissions",
	"tenancy_invites":         "hash",
	"tenancy_audit":           "actor_kind actor_id action target hash told salt",
	"tenancy_acts":            "hash audience",
	"tenancy_deletions":       "kind",
	"tenancy_audit_heads":     "name hash seal",
	"tenancy_pictures":        "slot upload failed",
	"cms_pages":               "slug", "cms_platform_pages": "tier slug", "cms_posts": "slug words" /* for a search */, "cms_post_categories": "slug",
	"cms_media":       "kind upload drawn whole failed cut",
	"cms_media_waste": "upload drawn whole",
	"cms_designs":     "design", "cms_design_versions": "design", "cms_fittings": "kind", "cms_fitting_versions": "kind",
	"cms_texts": "lang area thing title known", "cms_text_imports": "blob lang status report" /* what jobs copy */, "cms_redirects": "path target",
	"customers_customers":     "email_key lang status password_hash",
	"customers_addresses":     "country",
	"customers_registrations": "email_key lang",
	"customers_decisions":     "visitor allowed refused",
	"customers_decision_days": "answer",
	"catalog_categories":      "slug",
	"catalog_products":        "slug status currency cover facets tax_class found_by unit images",
	"catalog_variants":        "tax_class image unit choice gtin",
	"catalog_redirects":       "slug",
	"catalog_choices":         "code value swatch",
	"catalog_imports":         "blob format status pictures",
	"catalog_uploads":         "upload",
	"catalog_bulk_changes":    "kind fields undone_by",
	"inventory_locations":     "code",
	"inventory_reservations":  "cause_kind cause_name status lines",
	"inventory_movements":     "kind cause_kind cause_name",
	"payments_payments":       "kind reference method status currency lang return_path",
	"payments_attempts":       "gateway status key external redirect",
	"payments_refunds":        "status key external",
	"payments_entries":        "kind account currency",
	"dev_tools_words":         "key lang forms", "payments_events": "gateway event kind charge dispute status",
	"payments_differences": "kind gateway external charge currency status", "payments_comparisons": "gateway status",
	"payments_accounts": "gateway umbrella key external status stopped",
	"payments_disputes": "gateway external currency reason status answer key problem",
	"payments_payers":   "gateway vault key external", "payments_methods": "gateway vault key setup external brand last4 fingerprint status",
	"payments_test_charges": "key currency status", "payments_test_refunds": "key",
	"orders_carts":          "secret",
	"orders_orders":         "number status lang currency taxes trace country method money",
	"orders_lines":          "image slug tax_class gtin",
	"orders_timeline":       "what before_status after_status",
	"orders_parcels":        "lines",
	"orders_requests":       "request_key fingerprint",
	"orders_wishlists":      "secret",
	"reviews_reviews":       "state lang",
	"messaging_threads":     "email_key lang state",
	"messaging_subscribers": "email_key lang state", "messaging_evidence": "act lang source",
}

// trusted are columns that hold HTML, which is cleaned when it is written, or that
// are made of others. The test writes them the way that everybody does.
var trusted = []string{
	"catalog_products.body", "catalog_products.words", "cms_pages.body", "cms_versions.body", "cms_platform_pages.body", "cms_platform_versions.body",
	"cms_posts.body", "cms_post_versions.body", "cms_pages.sections", "cms_versions.sections", "cms_platform_pages.sections", "cms_platform_versions.sections",
	"mail_messages.body_html",
}

// nowhere are columns of people's texts that no page, mail or file shows, each with
// its reason.
var nowhere = map[string]string{
	"cms_media.words":              "a search looks at them",
	"cms_media.alt":                "the only file is a document, which has none; the module's TestStaffEditMedia and TestPagesShowPictures show hostile ones",
	"cms_posts.due_by":             noneWaits,
	"cms_pages.due_by":             noneWaits,
	"cms_platform_pages.due_by":    noneWaits,
	"orders_orders.payment":        "pages name the way to pay by its code, in the reader's language; this is shown where that has no words any more",
	"customers_registrations.name": "it is the customer's once the link was followed",
	"orders_orders.reason":         inStory,
	"orders_refunds.reason":        inStory,
	"tenancy_acts.reason":          "pages have it from the audit log, tenancy_audit.after",
	"auth_sessions.agent":          "pages say which of the browsers that we know it is",
	"auth_tokens.name":             "programs' tokens are made and listed by the command line",
	"mail_messages.recipient":      inMail,
	"mail_messages.recipient_name": inMail,
	"mail_messages.sender_name":    inMail,
	"mail_messages.reply_to":       inMail,
	"mail_messages.subject":        inMail,
	"mail_messages.body_text":      inMail,
	"mail_messages.error":          inMail,
}

const (
	noneWaits = "it stands beside a time of publication, for which none of the demo's pages waits"
	inStory   = "the page has it from the order's story, orders_timeline.detail"
	inMail    = "a mail that was sent stands on no page"
)

// spoiler makes people's texts run scripts. Each column has a mark, by which its texts are known.
type spoiler struct {
	marks   map[string]string // by column
	changed map[string]int    // values, by column
}

var marked = regexp.MustCompile(`zq\d+qz`)

// spoilt is the text of a column with a script in it.
func (s *spoiler) spoilt(column, v string) string {
	if s.marks[column] == "" {
		s.marks[column] = fmt.Sprintf("zq%dqz", 100+len(s.marks))
	}
	return v + script + s.marks[column]
}

// value spoils a text, or what people wrote in the JSON that it is.
func (s *spoiler) value(column, v string, isJSON bool) string {
	if more, ok := samples[column]; ok && len(v) <= len("null") {
		v = more
	}
	var inside any
	if !strings.ContainsAny(v[:min(len(v), 1)], "{[") || json.Unmarshal([]byte(v), &inside) != nil {
		if isJSON {
			return v
		}
		return s.spoilt(column, v)
	}
	words := strings.HasSuffix(column, ".tags")
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
			if strings.ContainsAny(v[:min(len(v), 1)], "{[") {
				return s.value(column, v, true)
			}
			if words || prose.MatchString(strings.ReplaceAll(v, "\n", " ")) {
				return s.spoilt(column, v)
			}
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

// spoilAll puts scripts into every text that people write, without asking a module,
// also where the demo has left it empty.
func spoilAll(t *testing.T, pool *sql.DB) *spoiler {
	t.Helper()
	s := &spoiler{marks: map[string]string{}, changed: map[string]int{}}
	known := map[string]bool{}
	for _, c := range textColumns(t, pool) {
		table, name := c[0], c[1]
		column := table + "." + name
		known[column] = true
		if slices.Contains(trusted, column) || slices.Contains(strings.Fields(codes[table]), name) {
			continue
		}
		values, err := pairs(pool, fmt.Sprintf("SELECT DISTINCT COALESCE(%s, ''), (SELECT type FROM pragma_table_info('%s') WHERE name = '%s') FROM %s", name, table, name, table))
		if err != nil {
			t.Fatal(column, err)
		}
		for _, v := range values {
			bad := s.value(column, v[0], v[1] == "JSON")
			if bad == v[0] {
				continue
			}
			// A rule of the table may refuse it, as it would anybody's.
			if _, err := pool.Exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE COALESCE(%s, '') = ?", table, name, name), bad, v[0]); err == nil {
				s.changed[column]++
			}
		}
		if s.changed[column] == 0 {
			t.Errorf("no %s was spoilt: let plough write one, or name it in codes when nobody writes it freely", column)
		}
	}
	for table, columns := range codes {
		for column := range strings.FieldsSeq(columns) {
			if !known[table+"."+column] {
				t.Errorf("codes names %s.%s, which there is not", table, column)
			}
		}
	}
	return s
}

// seen tells which columns' texts a page, mail or file has.
func (s *spoiler) seen(in string) []string {
	var out []string
	for _, m := range marked.FindAllString(in, -1) {
		for column, mark := range s.marks {
			if mark == m && !slices.Contains(out, column) {
				out = append(out, column)
			}
		}
	}
	return out
}

// missing holds the test to having seen every column somewhere.
func (s *spoiler) missing(t *testing.T, places map[string][]string) {
	t.Helper()
	for _, column := range slices.Sorted(maps.Keys(s.marks)) {
		why, excused := nowhere[column]
		switch seen := len(places[column]) > 0; {
		case !seen && !excused:
			t.Errorf("no page, mail or file that was looked at shows %s: open one that does, or give a reason in nowhere", column)
		case seen && excused:
			t.Errorf("%s is shown by %s, so it is not true that %s", column, places[column][0], why)
		}
	}
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
