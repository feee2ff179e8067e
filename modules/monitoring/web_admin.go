package monitoring

import (
	"strconv"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
)

type adminCtx = *web.Ctx[web.Admin]

func (m *Module) adminRoutes(mux *web.Mux[web.Admin]) {
	m.jobRoutes(mux)
	m.eventRoutes(mux)
	m.logRoutes(mux)
	m.capacityRoutes(mux)
	m.speedRoutes(mux)
}

func reachOf(c adminCtx) Reach { return c.As.Platforms }

func request(c adminCtx) page.Request { return page.Request{After: c.Query("after")} }

// goBack leads to the list where somebody did something, with its filters.
func goBack(c adminCtx, path, back string) error {
	if strings.HasPrefix(back, path+"?") {
		return c.Redirect(back)
	}
	return c.Redirect(path)
}

// platformOptions are the platforms within the reader's reach.
func (m *Module) platformOptions(c adminCtx) []ui.Option {
	var out []ui.Option
	for _, p := range m.need.Platforms() {
		if reachOf(c).has(p.Platform) {
			out = append(out, ui.Option{Value: p.Platform.String(), Label: p.Name})
		}
	}
	return out
}

// platformName is what people call a platform, and its identifier once it is gone.
func (m *Module) platformName(p tenant.PlatformID) string {
	for _, known := range m.need.Platforms() {
		if known.Platform == p {
			return known.Name
		}
	}
	return p.String()
}

// storeName is what people call a store, and its identifier once it is gone.
func (m *Module) storeName(s tenant.StoreID) string {
	if _, name, ok := m.need.Store(s); ok {
		return name
	}
	return s.String()
}

// whose says whom something is for: a store, a platform, or the whole program.
func (m *Module) whose(w i18n.Words, s tenant.StoreID, p tenant.PlatformID) string {
	switch {
	case !s.IsZero():
		return m.storeName(s)
	case !p.IsZero():
		return m.platformName(p)
	}
	return w.T("monitoring.program")
}

// moduleName is what people call a module, or another part of the program that
// has jobs, else its code.
func moduleName(w i18n.Words, code string) string {
	for _, key := range []string{"modules." + code, "monitoring.part_" + code} {
		if w.Has(key) {
			return w.T(key)
		}
	}
	return code
}

// lasting says a length of time by its largest unit.
func lasting(w i18n.Words, d time.Duration) string {
	switch {
	case d < time.Second:
		return w.T("monitoring.milliseconds", "n", strconv.FormatInt(d.Milliseconds(), 10))
	case d < time.Minute:
		return w.N("monitoring.seconds", int(d/time.Second))
	case d < time.Hour:
		return w.N("monitoring.minutes", int(d/time.Minute))
	case d < 48*time.Hour:
		return w.N("monitoring.hours", int(d/time.Hour))
	}
	return w.N("monitoring.days", int(d/(24*time.Hour)))
}
