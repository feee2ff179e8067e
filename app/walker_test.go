package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/kit/web"
)

// walker goes where the links of pages lead, as one person.
type walker struct {
	*testing.T
	a      *App
	who    string
	me     modtest.Visitor
	at     web.AudienceName
	may    auth.Grants
	routes map[string]web.Route
	mux    *http.ServeMux // the routes of the audience, to know whose a path is
	queue  []string
	often  int            // pages of one route that are opened
	asked  map[string]int // by route and the names of its parameters
	done   map[string]bool
}

func newWalker(t *testing.T, a *App, who string, at web.AudienceName, me modtest.Visitor, may auth.Grants) *walker {
	t.Helper()
	w := &walker{T: t, a: a, who: who, me: me, at: at, may: may, routes: map[string]web.Route{}, mux: http.NewServeMux(), often: 2, asked: map[string]int{}, done: map[string]bool{}}
	for _, r := range a.site.Catalogue() {
		if r.Audience != at || r.API {
			continue
		}
		name := r.Method + " " + r.Pattern
		if r.Pattern == "/" {
			name += "{$}"
		}
		w.routes[name] = r
		w.mux.Handle(name, http.NotFoundHandler())
	}
	return w
}

// route is what answers a path of this person's audience.
func (w *walker) route(method, path string) (web.Route, bool) {
	path = strings.TrimPrefix(path, w.me.Base)
	if path == "" {
		path = "/"
	}
	_, pattern := w.mux.Handler(&http.Request{Method: method, URL: &url.URL{Path: path}, Host: "x"})
	r, ok := w.routes[pattern]
	return r, ok
}

// walk opens everything that can be reached, and tells how many pages that were.
func (w *walker) walk(from ...string) (pages int) {
	w.Helper()
	w.queue = from
	for len(w.queue) > 0 {
		path := w.queue[0]
		w.queue = w.queue[1:]
		if w.open(path) {
			pages++
		}
	}
	return pages
}

// open asks for a page of the person's own and puts its links into the queue.
func (w *walker) open(path string) bool {
	w.Helper()
	u, err := url.Parse(path)
	if err != nil {
		w.Errorf("%s: the link %q is no address", w.who, path)
		return false
	}
	r, _ := w.route(http.MethodGet, u.Path)
	key := r.Pattern
	for _, name := range slices.Sorted(keysOf(u.Query())) {
		key += " " + name
	}
	if w.asked[key]++; w.asked[key] > w.often || w.done[path] {
		return false
	}
	w.done[path] = true
	resp := w.ask(w.me, path)
	switch {
	case resp.Code >= 300 && resp.Code < 400:
		w.follow(path, resp.Header().Get("Location"))
		return false
	case resp.Code >= 400:
		w.Errorf("%s: %s answers %d", w.who, path, resp.Code)
		return false
	case !strings.HasPrefix(resp.Header().Get("Content-Type"), "text/html"):
		return false
	}
	root, err := html.Parse(resp.Body)
	if err != nil {
		w.Fatal(err)
	}
	w.links(path, root)
	return true
}

func (w *walker) ask(v modtest.Visitor, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://"+v.Host+path, nil)
	for name, value := range v.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp := httptest.NewRecorder()
	v.Handler.ServeHTTP(resp, r)
	return resp
}

// links looks at everything on a page that leads somewhere.
func (w *walker) links(page string, root *html.Node) {
	w.Helper()
	ids, seen := map[string]bool{}, map[string]bool{}
	for n := range root.Descendants() {
		ids[attribute(n, "id")] = true
	}
	method := http.MethodGet
	for n := range root.Descendants() {
		for _, name := range []string{"href", "action", "formaction", "hx-get", "data-src", "data-search", "data-refresh-url"} {
			to := attribute(n, name)
			switch {
			case to == "" || n.Data == "link" || n.Data == "base" || n.Data == "use" || seen[n.Data+name+to]:
				continue
			case strings.HasPrefix(to, "#"):
				if !ids[to[1:]] {
					w.Errorf("%s: %s has a link to %s, which is not on it", w.who, page, to)
				}
				continue
			}
			seen[n.Data+name+to] = true
			if name == "formaction" {
				if method = strings.ToUpper(attribute(n, "formmethod")); method == "" {
					method = http.MethodPost
				}
			}
			if posts := name == "action" && strings.EqualFold(attribute(n, "method"), "post") || name == "formaction" && method == http.MethodPost; posts {
				w.posts(page, to)
			} else {
				w.follow(page, to)
			}
		}
	}
}

// posts holds the form of a page to a route that this person may call.
func (w *walker) posts(page, to string) {
	w.Helper()
	u := w.resolve(page, to)
	if u == nil || w.elsewhere(u) || u.Path == web.PreferencesPath || strings.HasSuffix(u.Path, web.PreferencesPath) {
		return
	}
	r, ok := w.route(http.MethodPost, u.Path)
	if !ok {
		w.Errorf("%s: the form of %s is sent to %s, where nothing takes it", w.who, page, u.Path)
		return
	}
	w.allowed(page, r)
}

func (w *walker) allowed(page string, r web.Route) {
	w.Helper()
	need := r.Access.Permission()
	if need.Code == "" || w.may.Has(need) {
		return
	}
	path, _, _ := strings.Cut(page, "?")
	from, _ := w.route(http.MethodGet, path)
	if said := "offers " + from.Pattern + r.Method + r.Pattern; !w.done[said] {
		w.done[said] = true
		w.Errorf("%s: %s offers %s %s, which needs %s", w.who, page, r.Method, r.Pattern, need.Code)
	}
}

// follow puts a link into the queue, or asks there at once where it leads to
// another frontend, or to another host of ours.
func (w *walker) follow(page, to string) {
	w.Helper()
	u := w.resolve(page, to)
	if u == nil {
		return
	}
	if !w.elsewhere(u) {
		r, ok := w.route(http.MethodGet, u.Path)
		if ok {
			w.allowed(page, r)
		}
		w.queue = append(w.queue, u.RequestURI())
		return
	}
	if u.Hostname() != "localhost" && !strings.HasSuffix(u.Hostname(), ".localhost") {
		return // of somebody else
	}
	v := w.me
	v.Host = u.Hostname()
	if v.Host != w.me.Host {
		v.Cookies = nil
	}
	if key := v.Host + u.RequestURI(); !w.done[key] {
		w.done[key] = true
		if resp := w.ask(v, u.RequestURI()); resp.Code >= 400 {
			w.Errorf("%s: %s leads to %s, which answers %d", w.who, page, u, resp.Code)
		}
	}
}

// resolve is where a link leads, nil when it is no page.
func (w *walker) resolve(page, to string) *url.URL {
	w.Helper()
	base := &url.URL{Scheme: "http", Host: w.me.Host}
	at, err := base.Parse(page)
	if err == nil {
		at, err = at.Parse(to)
	}
	if err != nil {
		w.Errorf("%s: the link %q of %s is no address", w.who, to, page)
		return nil
	}
	if at.Scheme != "http" && at.Scheme != "https" {
		return nil // mail, telephone
	}
	at.Fragment = ""
	return at
}

// elsewhere tells whether an address is outside the person's own frontend.
func (w *walker) elsewhere(u *url.URL) bool {
	if u.Hostname() != w.me.Host {
		return true
	}
	if w.me.Base != "" {
		return u.Path != w.me.Base && !strings.HasPrefix(u.Path, w.me.Base+"/")
	}
	for _, other := range []string{"/assets/", "/media/", "/store", "/admin", "/merchants", "/api/"} {
		if strings.HasPrefix(u.Path, other) {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func keysOf(v url.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range v {
			if !yield(k) {
				return
			}
		}
	}
}

// palette opens what the command palette offers this person.
func (w *walker) palette() {
	w.Helper()
	for _, query := range []string{"or", "pro", "set", "new", "sto", "cus", "rev", "team", "1095"} {
		r := httptest.NewRequest(http.MethodGet, "http://"+w.me.Host+w.me.Base+"/search?q="+query, nil)
		r.Header.Set("Accept", "application/json")
		for name, value := range w.me.Cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		resp := httptest.NewRecorder()
		w.me.Handler.ServeHTTP(resp, r)
		var hits []struct{ Href string }
		if err := json.Unmarshal(resp.Body.Bytes(), &hits); err != nil {
			w.Errorf("%s: the palette answers %d for %q", w.who, resp.Code, query)
		}
		for _, hit := range hits {
			w.follow("/", hit.Href)
		}
	}
}
