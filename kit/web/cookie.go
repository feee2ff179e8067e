package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// The cookies. Each audience has its own session cookie on its own path, so
// that one never reaches another.
const (
	cookiePrefix = "orion_"
	langCookie   = "lang"
	themeCookie  = "theme"
	flashCookie  = "orion_flash"
)

// Flash is a message for the next page: a kind (ok, bad, info) and a
// translation key with arguments.
type Flash struct {
	Kind string         `json:"k"`
	Key  string         `json:"m"`
	Args map[string]any `json:"a,omitempty"`
	N    int            `json:"n,omitempty"` // how many it is about, of a key with plural forms
	Undo string         `json:"u,omitempty"` // path inside the audience to post to, which takes it back
}

// Flash leaves a message for the next page; kv are pairs of argument name and
// value.
func (c *Ctx[A]) Flash(kind, key string, kv ...any) {
	c.LeaveFlash(Flash{Kind: kind, Key: key}, kv...)
}

// FlashUndo is Flash with a button that posts to a path, which takes back what
// was done.
func (c *Ctx[A]) FlashUndo(undo, key string, kv ...any) {
	c.LeaveFlash(Flash{Kind: "ok", Key: key, Undo: undo}, kv...)
}

// LeaveFlash is Flash for a message about many things, or one with a way back.
func (c *Ctx[A]) LeaveFlash(f Flash, kv ...any) {
	for i := 0; i+1 < len(kv); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[fmt.Sprint(kv[i])] = kv[i+1]
	}
	text, err := json.Marshal([]Flash{f})
	if err != nil {
		return
	}
	c.SetCookie(flashCookie, base64.RawURLEncoding.EncodeToString(text), time.Minute)
}

// Flashes are the messages that were left for this page. Who asks for them shows
// them, so they are gone then; what a page fetches besides leaves them to the next.
func (c *Ctx[A]) Flashes() []Flash {
	text := c.Cookie(flashCookie)
	if text == "" || c.R.Method != http.MethodGet {
		return nil
	}
	c.SetCookie(flashCookie, "", -1)
	var out []Flash
	if raw, err := base64.RawURLEncoding.DecodeString(text); err != nil || json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}

// Cookie is a cookie's value, or empty.
func (c *Ctx[A]) Cookie(name string) string {
	ck, err := c.R.Cookie(name)
	if err != nil {
		return ""
	}
	return ck.Value
}

// SetCookie sets a cookie on the audience's path that scripts cannot read; a
// negative age removes it.
func (c *Ctx[A]) SetCookie(name, value string, age time.Duration) {
	seconds := int(age.Seconds())
	if age < 0 {
		seconds = -1
	}
	http.SetCookie(c.W, &http.Cookie{
		Name: name, Value: value, Path: c.base() + "/", MaxAge: seconds,
		HttpOnly: true, Secure: c.scheme == "https", SameSite: http.SameSiteLaxMode,
	})
}

// SignIn hands the reader the session's token.
func (c *Ctx[A]) SignIn(token string, age time.Duration) {
	c.SetCookie(cookiePrefix+string(c.hub.name), token, age)
}

// SignOut takes the session's token away; ending the session is the caller's.
func (c *Ctx[A]) SignOut() { c.SetCookie(cookiePrefix+string(c.hub.name), "", -1) }

// SessionToken is the reader's session token, or empty.
func (c *Ctx[A]) SessionToken() string { return c.Cookie(cookiePrefix + string(c.hub.name)) }

// Theme is the reader's choice: light, dark, or empty for the system's.
func (c *Ctx[A]) Theme() string {
	if t := c.Cookie(themeCookie); t == "light" || t == "dark" {
		return t
	}
	return ""
}
