package web

import (
	"net/http"
	"time"

	"orion/kit/i18n"
)

// PreferencesPath takes the reader's choice of language ("lang") and scheme
// ("scheme": light, dark or system) in every audience, and leads back to the
// page that "back" names.
const PreferencesPath = "/preferences"

const yearLong = 365 * 24 * time.Hour

func preferences[A Audience](c *Ctx[A]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if l, ok := i18n.ParseLang(f.Raw("lang")); ok && contains(c.langs, l) {
		c.SetCookie(langCookie, string(l), yearLong)
	}
	switch f.Raw("scheme") {
	case "light", "dark":
		c.SetCookie(themeCookie, f.Raw("scheme"), yearLong)
	case "system":
		c.SetCookie(themeCookie, "", -1)
	}
	back := f.Raw("back")
	if back == "" {
		back = c.URL("/")
	}
	return c.RedirectTo(back)
}

func (h *hub[A]) ownRoutes() {
	h.mux.HandleFunc("POST "+PreferencesPath, func(w http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(ctxKey{}).(*Ctx[A]); ok {
			c.W, c.R, c.route = w, r, routeName{"web", http.MethodPost, PreferencesPath}
			c.finish(preferences(c))
		}
	})
	h.mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(ctxKey{}).(*Ctx[A]); ok {
			c.finish(errUnknown)
		}
	})
}
