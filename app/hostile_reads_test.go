package app

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/kit/modtest"
	"orion/kit/web"
)

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	fieldTag = regexp.MustCompile(`<(?:input|select|textarea|button)[^>]*>`)
	nameAttr = regexp.MustCompile(`\sname="([^"]+)"`)
	valAttr  = regexp.MustCompile(`\svalue="([^"]*)"`)
)

// readForms opens every page that the visitors may open and keeps its forms as
// they are shown.
func (f *forge) readForms() {
	for _, r := range f.a.site.Catalogue() {
		v, ok := f.visitors[caller(r)]
		if !ok || r.API || r.Method != http.MethodGet {
			continue
		}
		page := v.Ask(modtest.Ask{Method: http.MethodGet, Path: f.address(r)})
		for _, form := range formTag.FindAllStringSubmatch(page.Body, -1) {
			target, _, _ := strings.Cut(html.UnescapeString(form[1]), "?")
			target, ours := strings.CutPrefix(target, v.Base)
			if !ours {
				continue
			}
			values := url.Values{}
			for _, tag := range fieldTag.FindAllString(form[2], -1) {
				name := nameAttr.FindStringSubmatch(tag)
				if name == nil {
					continue
				}
				value := plain[name[1]]
				if shown := valAttr.FindStringSubmatch(tag); shown != nil && shown[1] != "" {
					value = html.UnescapeString(shown[1])
				}
				if strings.Contains(name[1], "password") {
					value = secretWord
				}
				values.Set(html.UnescapeString(name[1]), value)
			}
			f.forms[caller(r)+" "+target] = values
		}
	}
}

// forbids tells that nobody else's page may post to a route in the name of a
// reader who is signed in here.
func (f *forge) forbids(t *testing.T, r web.Route) {
	t.Helper()
	v := f.visitors[caller(r)]
	if v.Token != "" {
		return // what no browser sends by itself
	}
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		v.Header = map[string]string{name: value}
		if got := v.Ask(modtest.Ask{Method: r.Method, Path: f.address(r), Body: "name=x"}); got.Status != http.StatusForbidden {
			t.Errorf("%s takes what another site posts (%s): %v", nameOf(r), name, got)
		}
	}
}

// addresses asks every page with hostile words in path and query.
func (f *forge) addresses(t *testing.T) {
	t.Helper()
	words := []string{"%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "%0d%0aSet-Cookie:%20a=b", "-1", "99999999999999999999", "%27%20OR%201=1--", "%E2%80%AE", "[]"}
	for _, r := range f.a.site.Catalogue() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, word := range words {
			path := wildcard.ReplaceAllString(r.Pattern, word)
			query := url.Values{}
			for _, name := range []string{"q", "after", "page", "sort", "status", "from", "to", "limit", "min", "max", "next", "category", "lang", "token"} {
				query.Set(name, "*")
			}
			q := modtest.Ask{Method: http.MethodGet, Path: path + "?" + strings.ReplaceAll(query.Encode(), "%2A", word)}
			if _, ok := f.visitors[caller(r)]; ok {
				f.answers(t, r, word, q)
			}
		}
	}
}

// kept tells that the log neither speaks of a failure nor tells a secret.
func (f *forge) kept(t *testing.T) {
	t.Helper()
	told := f.log.text()
	secrets := []string{secretWord}
	for _, v := range f.visitors {
		if v.Token != "" {
			secrets = append(secrets, v.Token)
		}
		for _, c := range v.Cookies {
			secrets = append(secrets, c)
		}
	}
	for _, s := range secrets {
		if strings.Contains(told, s) {
			t.Errorf("the log tells %.6s…", s)
		}
	}
	shown := 0
	for line := range strings.Lines(told) {
		if (strings.Contains(line, "panicked") || strings.Contains(line, "request failed")) && shown < 40 {
			shown++
			t.Errorf("logged: %.600s", line)
		}
	}
}
