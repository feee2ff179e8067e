package tenancy_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// filterAudit looks at the operator's log through each filter.
func (w *world) filterAudit(admin *browser) {
	admin.t.Helper()
	today := w.Clock.Now()
	day := func(back int) string { return today.AddDate(0, 0, -back).Format(time.DateOnly) }
	for query, want := range map[string]bool{
		"q=kids": true, "q=" + w.kids.String(): true, "q=nobody": false,
		"kind=system": true, "kind=customer": false,
		"area=tenancy": true, "area=orders": false,
		"action=tenancy.store_created": true, "action=tenancy.store": false,
		"target=" + w.kids.String(): true, "target=" + w.bikes.String(): false,
		"platform=" + w.main.String(): true, "platform=" + w.oms.String(): false,
		"store=" + w.kids.String(): true, "store=" + w.bikes.String(): false,
		"from=" + day(0): true, "until=" + day(1): false, "from=" + day(1) + "&until=" + day(0): true, "from=rubbish&store=rubbish": true,
	} {
		for path, mark := range map[string]string{"/admin/audit?": "Store created: kids", "/admin/audit.csv?": "tenancy.store_created," + w.kids.String()} {
			if body := admin.see(path+query, 200); strings.Contains(body, mark) != want {
				admin.t.Errorf("%s%s shows the store: %v", path, query, !want)
			}
		}
	}
}

// The file has every entry of the page's filter and no other, with its place in
// the chain, and nothing that a spreadsheet would run.
func TestAuditFile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if _, err := w.m.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
		owner := w.browse(t, w.site(t), "maison.localhost")
		owner.send("/store/login", signIn("owner@kirchberg.example"), 303)
		for i := range 120 { // more than a page of a list has
			owner.send("/store/team/roles", map[string][]string{"name": {fmt.Sprint("=1+1 ", i)}, "permissions": {"orders.view"}}, 303)
		}
		rec := owner.do(http.MethodGet, "/store/audit.csv?action=tenancy.role_created", nil)
		rows, err := csv.NewReader(rec.Body).ReadAll()
		must(t, err)
		if len(rows) != 121 || rows[0][0] != "at" || !strings.HasPrefix(rows[1][8], "'=1+1") {
			t.Errorf("the file has %d rows, the second is %v", len(rows), rows[1])
		}
		rec = owner.do(http.MethodGet, "/store/audit.csv?action=tenancy.store_created", nil)
		rows, err = csv.NewReader(rec.Body).ReadAll()
		must(t, err)
		if len(rows) != 2 || rows[1][2] != w.maison.String() || len(rows[1][12]) != 64 {
			t.Errorf("of the store itself it says %v", rows)
		}
	})
}
