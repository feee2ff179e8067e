package tenancy

import (
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func langOf(s string) i18n.Lang {
	l, ok := i18n.ParseLang(s)
	if !ok {
		return ""
	}
	return l
}

func when(w i18n.Words, t time.Time) string {
	if t.IsZero() {
		return w.T("tenancy.never")
	}
	return w.DateTime(t)
}

func roleName(w i18n.Words, r Role) string {
	if r.Preset != "" {
		return w.T("tenancy.preset_" + r.Preset)
	}
	return r.Name
}

func roleDetail(w i18n.Words, r Role) string {
	if r.Preset != "" {
		return w.T("tenancy.preset_" + r.Preset + "_text")
	}
	return w.N("tenancy.permissions_n", len(r.Permissions))
}

// groupName is what people call a module: the word "modules." plus its code,
// else the code.
func groupName(w i18n.Words, module string) string {
	module = strings.ReplaceAll(module, "_", "-") // as permissions and actions write the code
	if key := "modules." + module; w.Has(key) {
		return w.T(key)
	}
	return module
}

func memberRow(w i18n.Words, m Member) tenancyui.MemberRow {
	return tenancyui.MemberRow{
		ID: m.User.String(), Name: m.Name, Email: m.Email, Role: roleName(w, m.Role), SignedIn: when(w, m.SignedIn),
		Active: m.Active, Waiting: m.Accepted.IsZero(),
	}
}

func request[A web.Audience](c *web.Ctx[A]) page.Request {
	return page.Request{After: c.Query("after")}
}

// actionName says an action in words; modules bring them as "audit." plus the
// action.
func actionName(w i18n.Words, action string) string {
	for _, key := range []string{"audit." + action, "permissions." + action} {
		if w.Has(key) {
			return w.T(key)
		}
	}
	return action
}
