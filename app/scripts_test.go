package app

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/modules/catalog"
	"orion/modules/core"
	"orion/modules/customers"
)

// leads finds an address that would run a script if somebody followed it.
const leads = `[...document.querySelectorAll("[href],[src],[action],[formaction],[data],[srcdoc]")]
	.flatMap((e) => [e.href, e.src, e.action, e.formAction, e.data, e.getAttribute("srcdoc")])
	.find((a) => typeof a === "string" && (/^\s*(javascript|data:text|vbscript)/i.test(a))) || ""`

// infected is the program with a script in every text of its database.
type infected struct {
	t      *testing.T
	a      *App
	g      *gaze
	eye    *eye
	texts  *spoiler
	places map[string][]string // in which a column was seen
	sent   int64               // the last mail before
	email  string              // of the buyer, as it was
}

// look notes which columns' texts are in what somebody gets to see.
func (x *infected) look(where, text string) {
	for _, column := range x.texts.seen(text) {
		x.places[column] = append(x.places[column], where)
	}
}

// TestStoredScripts puts scripts into every text that people write, past all
// checks, and opens every page of every frontend, every file and every mail: nothing
// runs, not even to be stopped by the page's policy, and nothing is wider than a
// phone. Every column that people write is seen in one of them.
func TestStoredScripts(t *testing.T) {
	t.Parallel()
	dsn := sqliteDemo(t)
	before := still(t, dsn)
	x := &infected{t: t, g: sightsOf(t, before), places: map[string][]string{}}
	all := append(x.g.sights, x.g.moments(t)...)
	pool := owner(t, before)
	x.a = before
	x.prepare()
	if err := pool.QueryRow("SELECT COALESCE(MAX(id), 0) FROM mail_messages").Scan(&x.sent); err != nil {
		t.Fatal(err)
	}
	x.texts = spoilAll(t, pool)
	x.a = start(t, dsn) // nothing of before is in its memory
	x.enrich()
	x.eye = openEye(t, x.a)
	x.eye.wear(how{width: 390})
	for _, s := range all {
		x.page(s)
	}
	x.papers()
	x.problem(all)
	x.write()
	x.mails()
	x.texts.missing(t, x.places)
}

// prepare makes what the demo has no text in.
func (x *infected) prepare() {
	own, m := x.g.own, x.a.modules
	for _, o := range []core.Owner{core.OfPlatform(own.shop.Platform), core.OfMerchant(own.shop.Merchant, own.shop.Platform), core.OfStore(own.in)} {
		for _, name := range []string{"Somebody ", "Nobody "} {
			v := json.RawMessage(fmt.Sprintf(`{"account_holder":%q,"iban":"LU280019400644750000","test":true}`, name+string(o.Level)))
			if err := m.core.SaveFor(x.t.Context(), o, auth.SystemActor, "payments", v); err != nil {
				x.t.Fatal(err)
			}
		}
	}
	if _, err := owner(x.t, x.a).Exec("INSERT INTO tenancy_acts SELECT 'x', MIN(id), MAX(id), 'store', 1, 'The printer fails', 0, 0, NULL FROM tenancy_users"); err != nil {
		x.t.Fatal(err)
	}
	buyer, err := m.customers.Customer(x.t.Context(), own.in, own.buyer)
	if err != nil {
		x.t.Fatal(err)
	}
	x.email = buyer.Email
	if err := m.customers.Register(x.t.Context(), own.in, customers.Registration{Email: "soon@example.com", Name: "Soon"}, customers.Letterhead{}); err != nil {
		x.t.Fatal(err)
	}
}

// enrich writes what is HTML the way that everybody does.
func (x *infected) enrich() {
	own := x.g.own
	text := "<p onclick='window.__ran=1'>Hello <a href='javascript:window.__ran=1'>there</a>" + script
	rich := fmt.Sprintf("slug,title,body,price,status,options\n%s,Rich,\"%s\",1.00,active,[]\n", own.ids["product slug"], strings.ReplaceAll(text, `"`, `""`))
	r, err := x.a.modules.catalog.Import(x.t.Context(), own.in, strings.NewReader(rich), catalog.Options{Lang: own.shop.Lang, Currency: own.shop.Currency})
	if err != nil || r.Failed != 0 {
		x.t.Fatal(r, err)
	}
}

func (x *infected) page(s sight) {
	v := modtest.Visitor{Handler: x.a.Handler(), Host: s.host, Cookies: s.cookies}
	if status, _, _ := look(v, s.path); status != s.status {
		x.t.Errorf("%s answers %d, want %d", s.name, status, s.status)
	}
	x.eye.at(s, "")
	x.look(s.name, eval[string](x.eye.browser, "document.documentElement.outerHTML"))
	if bad := eval[string](x.eye.browser, leads); bad != "" {
		x.t.Errorf("%s: an address runs a script: %s", s.name, bad)
	}
	if eval[bool](x.eye.browser, "window.__ran !== undefined") {
		x.t.Errorf("%s: a script ran", s.name)
	}
	for _, w := range append(eval[[]string](x.eye.browser, faults), x.eye.heard()...) {
		x.t.Errorf("%s: %s", s.name, w)
	}
}

// problem shows what is wrong with a file, once nobody works on the file any more.
func (x *infected) problem(all []sight) {
	pool, id := owner(x.t, x.a), x.g.own.ids["imp"]
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		open, err := pairs(pool, "SELECT status, '' FROM catalog_imports WHERE status NOT IN ('done', 'failed')")
		if err != nil || time.Now().After(end) {
			x.t.Fatal(open, err)
		}
		if len(open) == 0 {
			break
		}
	}
	const column = "catalog_imports.problems"
	if _, err := pool.Exec("UPDATE catalog_imports SET problems = ?", x.texts.value(column, samples[column], true)); err != nil {
		x.t.Fatal(err)
	}
	for _, s := range all {
		if strings.HasSuffix(s.path, id) {
			x.page(s)
		}
	}
}

// papers reads what is no page: no browser may take it for one, and no spreadsheet
// finds a formula in it.
func (x *infected) papers() {
	sheets := 0
	for _, p := range x.g.papers {
		p.who.Handler = x.a.Handler()
		got := p.who.Ask(modtest.Ask{Method: http.MethodGet, Path: p.path})
		x.look(p.route, got.Body)
		switch kind, _, _ := strings.Cut(p.kind, ";"); kind {
		case "text/html": // a part of a page, which is put into one
			x.eye.open("about:blank")
			x.unwrap(p.route, got.Body)
		case "text/csv":
			sheets++
			x.sheet(p.route, got.Body)
		case "application/atom+xml":
			x.feed(p.route, got.Body)
		case "application/json", "application/xml", "text/plain", "application/problem+json":
		case "application/pdf": // a file of the media library, which is downloaded
		default:
			x.t.Errorf("%s is a %s, of which this test does not know whether a browser runs it", p.route, p.kind)
		}
	}
	if sheets < 2 {
		x.t.Errorf("%d spreadsheets were looked at", sheets)
	}
}

// feed holds a feed to elements of its own kind: of others, a browser that shows it might
// run one.
func (x *infected) feed(name, body string) {
	const atom = "http://www.w3.org/2005/Atom"
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		part, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			x.t.Errorf("%s: %v", name, err)
			return
		}
		if e, ok := part.(xml.StartElement); ok && e.Name.Space != atom {
			x.t.Errorf("%s has an element <%s> of %q", name, e.Name.Local, e.Name.Space)
		}
	}
}

func (x *infected) sheet(name, body string) {
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) == 0 {
		x.t.Errorf("%s: %d rows, %v", name, len(rows), err)
	}
	for _, cell := range slices.Concat(rows...) {
		if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) {
			x.t.Errorf("%s: a spreadsheet takes %.40q for a formula", name, cell)
		}
	}
}

// unwrap shows HTML where no policy stops a script.
func (x *infected) unwrap(name, body string) {
	eval[bool](x.eye.browser, fmt.Sprintf("(() => { document.documentElement.innerHTML = %q; return true })()", body))
	time.Sleep(100 * time.Millisecond)
	if eval[bool](x.eye.browser, "window.__ran !== undefined") {
		x.t.Errorf("%s: a script ran", name)
	}
}
