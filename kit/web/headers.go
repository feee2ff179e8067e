package web

import (
	"net/http"
	"runtime/debug"
	"strings"

	"orion/kit/i18n"
)

// securityHeaders forbid what no page of ours does. Scripts and styles come
// from us, or carry the nonce of this one answer. Nothing is kept by anybody but
// the reader, whatever its handler writes, unless the handler says otherwise.
func securityHeaders(w http.ResponseWriter, nonce string) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'nonce-"+nonce+"'; style-src 'self' 'nonce-"+nonce+
		"'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("Cache-Control", "no-cache, private")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
}

// ShowsFrames lets this answer show other pages of the program inside it.
func (c *Ctx[A]) ShowsFrames() {
	c.policy("default-src 'none'", "default-src 'none'; frame-src 'self'")
}

// Framed lets pages of the program show this answer inside them.
func (c *Ctx[A]) Framed() {
	c.W.Header().Set("X-Frame-Options", "SAMEORIGIN")
	c.policy("frame-ancestors 'none'", "frame-ancestors 'self'")
}

// Outside are addresses of others that one answer uses, as a content security
// policy names them: "https://js.example.com".
type Outside struct {
	Scripts []string // loaded from there
	Frames  []string // shown inside the answer
	Calls   []string // asked by scripts
}

// Trusts lets this answer use what is outside; all else stays forbidden to it.
func (c *Ctx[A]) Trusts(o Outside) {
	add := func(directive string, sources []string) {
		if len(sources) > 0 {
			c.policy(directive+" 'self'", directive+" 'self' "+strings.Join(sources, " "))
		}
	}
	add("script-src", o.Scripts)
	add("connect-src", o.Calls)
	if len(o.Frames) > 0 {
		c.policy("default-src 'none'", "default-src 'none'; frame-src "+strings.Join(o.Frames, " "))
	}
}

func (c *Ctx[A]) policy(before, after string) {
	h := c.W.Header()
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), before, after, 1))
}

// client is the address that rate limits count by.
func (s *state) client() string { return s.clientAddr }

func stack() string { return string(debug.Stack()) }

// language picks the reader's language by the audience's rule: staff have a
// preference of their own once they are known, shoppers what the store sells in.
func language[A Audience](r *http.Request, p Place, as A) (i18n.Lang, []i18n.Lang) {
	langs := i18n.Langs
	fallback := i18n.Fr
	var preferred i18n.Lang
	negotiate := false
	switch v := any(as).(type) {
	case Admin:
		preferred, fallback, negotiate = v.User.Lang, i18n.En, true
	case Merchant:
		preferred, negotiate = v.User.Lang, true
	case Store:
		preferred = v.User.Lang
		if p.Shop != nil && p.Shop.StaffLang.Valid() {
			fallback = p.Shop.StaffLang
		}
	case Storefront:
		if p.Shop != nil {
			fallback, langs = p.Shop.Lang, p.Shop.Langs
		}
		if l, ok := asked(r, langs); ok {
			return l, langs
		}
		negotiate = true
	default:
		if p.Shop != nil { // it does not sell now, and says so
			fallback, langs = p.Shop.Lang, p.Shop.Langs
		}
		negotiate = true
	}
	if ck, err := r.Cookie(langCookie); err == nil {
		if l, ok := i18n.ParseLang(ck.Value); ok && contains(langs, l) {
			return l, langs
		}
	}
	if preferred.Valid() {
		return preferred, langs
	}
	if negotiate {
		return i18n.Match(r.Header.Get("Accept-Language"), langs, fallback), langs
	}
	return fallback, langs
}

// LangParam names the language of a storefront's page in its address, so that
// each language can be linked to and found.
const LangParam = "lang"

// asked is the language that the address names.
func asked(r *http.Request, langs []i18n.Lang) (i18n.Lang, bool) {
	if !strings.Contains(r.URL.RawQuery, LangParam+"=") {
		return "", false
	}
	l, ok := i18n.ParseLang(r.URL.Query().Get(LangParam))
	return l, ok && contains(langs, l)
}

func contains(ls []i18n.Lang, l i18n.Lang) bool {
	for _, x := range ls {
		if x == l {
			return true
		}
	}
	return false
}
