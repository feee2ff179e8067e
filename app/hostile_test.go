package app

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/modtest"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// seed chooses which values each field gets; every run takes a few of them.
var seed = flag.Uint64("hostile-seed", 1, "which of the hostile values the fields get")

// secretWord stands in every field for a password, and must stand in no log.
const secretWord = "hunter-2-and-a-half"

// nonsense are values that no honest reader types.
var nonsense = []string{
	"", " ", "null", "undefined", "-1", "0", "99999999999999999999999999", "-9223372036854775808", "9223372036854775807", "NaN", "1e309", "0x7f", "1.005",
	"9999-99-99", "0000-01-01T00:00:00Z", "\xff\xfe\xfa", "a\x00b", "\x1b[31m\x07", "\u202egnp.exe\u2066", "\u2028\u2029", "../../../../etc/passwd",
	"..\\..\\boot.ini", "' OR '1'='1'; DROP TABLE orders_orders; --", "%' ESCAPE '!_%", "{{7*7}}${7*7}<%= 7*7 %>", "\r\nBcc: everybody@example.com\r\n\r\nhello",
	"a@example.com\r\nBcc: b@example.com", "\"><script>window.__xss=1</script>", "javascript:alert(1)", "//evil.example/x", "[]", "{\"a\":1}", "true",
	strings.Repeat("🦀", 5000), strings.Repeat("x", 600_000), "İIıi", "\u0301\u0301\u0301", "=HYPERLINK(\"http://evil.example\")",
}

// perField is how many of them a field gets in one run.
const perField = 2

// forge is somebody of each audience who may do everything there, and sends
// nonsense.
type forge struct {
	attack
	log   *listened
	forms map[string]url.Values // by visitor and path, as the pages show them
	dice  *rand.Rand
}

func newForge(t *testing.T, dsn string) *forge {
	t.Helper()
	log := &listened{}
	a := telling(t, dsn, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	f := &forge{attack: prepareAttack(t, a), log: log, forms: map[string]url.Values{}, dice: rand.New(rand.NewPCG(*seed, 7))}
	pw := "orion-demo"
	chief, err := a.modules.tenancy.SignInAdmin(t.Context(), tenancy.Credentials{Email: "admin@orion.example", Password: pw})
	chief = session(t, chief, err)
	merchant, err := a.modules.tenancy.SignInMerchant(t.Context(), a.gate.Platform(f.own.shop.Platform), tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
	merchant = session(t, merchant, err)
	host := f.own.shop.PlatformCode + ".localhost"
	if f.own.shop.PlatformCode == "main" {
		host = "localhost"
	}
	f.visitors["admin"] = modtest.Visitor{Handler: a.Handler(), Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": chief}}
	f.visitors["merchant"] = modtest.Visitor{Handler: a.Handler(), Host: host, Base: "/merchants", Cookies: map[string]string{"orion_merchant": merchant}}
	f.visitors["platform"] = modtest.Visitor{Handler: a.Handler(), Host: "localhost"}
	return f
}

// address is a path of a route that names the caller's own things.
func (f *forge) address(r web.Route) string {
	parts := strings.Split(r.Pattern, "/")
	for i, p := range parts {
		if !wildcard.MatchString(p) {
			continue
		}
		kind := kindBehind[parts[max(i-1, 0)]]
		switch {
		case p == "{act}":
			parts[i] = "close"
			continue
		case named[p] != "":
			parts[i] = named[p]
			continue
		case p == "{module}":
			parts[i] = "orders"
			continue
		case p == "{gateway}":
			parts[i] = "stripe"
			continue
		case p == "{token}" && kind == "ord":
			kind = "orders.order"
		case p == "{slug}" && kind == "pag" && r.Audience == web.PlatformPages:
			kind = "site slug"
		case p == "{slug}" && kind == "pag":
			kind = "page slug"
		case kind == "pag" && r.Audience == web.AdminPages && strings.Contains(r.Pattern, "/sections"):
			kind = "default pag"
		case kind == "pag" && r.Audience == web.AdminPages:
			kind = "site pag"
		case kind == "post" && p == "{slug}":
			kind = "post slug"
		case parts[1] == "blog" && kind == "cms.preview":
			kind = "post preview"
		case parts[1] == "blog" && p == "{slug}":
			kind = "topic slug"
		case kind == "cms.preview" && r.Audience == web.PlatformPages:
			kind = "site preview"
		case p == "{slug}" && kind == "prd":
			kind = "product slug"
		case p == "{slug}" && kind == "cat":
			kind = "category slug"
		}
		parts[i] = f.own.ids[kind]
	}
	return strings.Join(parts, "/")
}

// valid is a body that the route takes: the form as a page shows it, or else
// one that says everything.
func (f *forge) valid(r web.Route) url.Values {
	v, _ := url.ParseQuery(formOf(f.own.ids))
	for name, values := range f.forms[caller(r)+" "+f.address(r)] {
		v[name] = values
	}
	return v
}

// answers checks what everybody may expect of any answer.
func (f *forge) answers(t *testing.T, r web.Route, what string, q modtest.Ask) modtest.Answer {
	t.Helper()
	got := f.visitors[caller(r)].Ask(q)
	if got.Status >= http.StatusInternalServerError && got.Status != http.StatusBadGateway {
		t.Errorf("%s with %s: %v", nameOf(r), what, got)
	}
	if got.Status == http.StatusUnprocessableEntity && !strings.Contains(got.Body, "error") && !strings.Contains(got.Body, `"code"`) {
		t.Errorf("%s with %s says not what is wrong: %v", nameOf(r), what, got)
	}
	if strings.Contains(got.Location, "//evil.example") || strings.ContainsAny(got.Location, "\r\n") {
		t.Errorf("%s with %s leads away: %q", nameOf(r), what, got.Location)
	}
	return got
}

func (f *forge) form(t *testing.T, r web.Route) {
	t.Helper()
	good := f.valid(r)
	path := f.address(r)
	send := func(what string, v url.Values) {
		f.answers(t, r, what, modtest.Ask{Method: r.Method, Path: path, Body: v.Encode()})
	}
	for _, name := range f.named(r, good) {
		for range perField {
			v := cloneValues(good)
			bad := nonsense[f.dice.IntN(len(nonsense))]
			v.Set(name, bad)
			send(fmt.Sprintf("%s=%.40q", name, bad), v)
		}
		v := cloneValues(good)
		v[name] = append(v[name], "twice", "[]")
		send(name+" more than once", v)
		v.Del(name)
		send("no "+name, v)
	}
	many := url.Values{}
	for i := range 10_000 {
		many.Set(fmt.Sprint("f", i), "1")
	}
	send("ten thousand fields", many)
	f.bodies(t, r, path, good.Encode())
}

// named are the fields that a page shows for the route, or a few of all.
func (f *forge) named(r web.Route, good url.Values) []string {
	shown := f.forms[caller(r)+" "+f.address(r)]
	if len(shown) == 0 {
		shown = good
	}
	var out []string
	for name := range shown {
		out = append(out, name)
	}
	slices.Sort(out)
	if len(out) > 8 {
		f.dice.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		out = out[:8]
	}
	return out
}

// bodies sends what is no form and no JSON at all.
func (f *forge) bodies(t *testing.T, r web.Route, path, good string) {
	t.Helper()
	for what, q := range map[string]modtest.Ask{
		"a body cut off":             {Body: good[:len(good)/2] + "%"},
		"the wrong type":             {Type: "text/plain", Body: good},
		"a type that is none":        {Type: "///;;", Body: good},
		"JSON where a form is asked": {Type: "application/json", Body: `{"name":["x"]}`},
		"files without a boundary":   {Type: "multipart/form-data", Body: good},
		"files cut off":              {Type: "multipart/form-data; boundary=x", Body: "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\nabc"},
		"a deep body":                {Type: "application/json", Body: strings.Repeat(`{"a":[`, 20_000)},
		"a body of two megabytes":    {Body: "name=" + strings.Repeat("x", 2<<20)},
	} {
		q.Method, q.Path = r.Method, path
		f.answers(t, r, what, q)
	}
}

// json sends each field of a body of the REST interface as what it is not.
func (f *forge) json(t *testing.T, r web.Route) {
	t.Helper()
	kind, good := f.spec.bodyOf(r, f.own.ids)
	path := f.address(r)
	f.bodies(t, r, path, good)
	var body map[string]any
	if json.Unmarshal([]byte(good), &body) != nil {
		return
	}
	wrong := []any{nil, -1, 1e300, []any{[]any{}}, map[string]any{"a": 1}, true, "a\x00b", "\u202e", strings.Repeat("x", 100_000)}
	for _, name := range slices.Sorted(maps.Keys(body)) {
		for range perField {
			v := map[string]any{}
			for key, value := range body {
				v[key] = value
			}
			v[name] = wrong[f.dice.IntN(len(wrong))]
			raw, _ := json.Marshal(v)
			f.answers(t, r, fmt.Sprintf("%s=%.40q", name, fmt.Sprint(v[name])), modtest.Ask{Method: r.Method, Path: path, Type: kind, Body: string(raw)})
		}
	}
	f.answers(t, r, "null", modtest.Ask{Method: r.Method, Path: path, Type: kind, Body: "null"})
}

func cloneValues(v url.Values) url.Values {
	out := url.Values{}
	for name, values := range v {
		out[name] = slices.Clone(values)
	}
	return out
}

// fingerprint makes a stable order of routes with the same harm.
func fingerprint(r web.Route) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(nameOf(r)))
	return h.Sum32()
}

// TestHostileInput sends nonsense to every route that changes anything: no
// answer is a failure of ours, nothing secret is logged, and no row of another
// merchant's store changes.
func TestHostileInput(t *testing.T) {
	t.Parallel()
	run := func(t *testing.T, dsn string) {
		f := newForge(t, dsn)
		pool := owner(t, f.a)
		stranger := f.foreign[0]
		before := rowsOf(t, f.a, pool, stranger.in)
		f.readForms()
		routes := slices.DeleteFunc(f.a.site.Catalogue(), func(r web.Route) bool { return r.Method == http.MethodGet })
		slices.SortStableFunc(routes, func(r, s web.Route) int {
			if d := hostileOrder(r) - hostileOrder(s); d != 0 {
				return d
			}
			return int(fingerprint(r)>>1) - int(fingerprint(s)>>1)
		})
		for _, r := range routes {
			if _, ok := f.visitors[caller(r)]; !ok {
				t.Errorf("%s: nobody asks it", nameOf(r))
				continue
			}
			f.forbids(t, r)
			if r.API {
				f.json(t, r)
			} else {
				f.form(t, r)
			}
		}
		f.addresses(t)
		if d := cmp.Diff(before, rowsOf(t, f.a, pool, stranger.in)); d != "" {
			t.Errorf("rows of %s changed:\n%s", stranger.shop.Code, d)
		}
		f.kept(t)
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); run(t, sqliteDemo(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); run(t, postgresDemo(t)) })
}

// hostileOrder lets go last what signs the asker out or shuts the place.
func hostileOrder(r web.Route) int {
	n := harm(r)
	for _, word := range []string{"password", "logout", "login"} {
		if strings.Contains(r.Pattern, word) {
			n += 3
		}
	}
	return n
}
