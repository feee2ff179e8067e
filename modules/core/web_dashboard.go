package core

import (
	"slices"
	"strconv"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/core/coreapi"
	"orion/modules/core/coreui"
)

func storeReader(c *web.Ctx[web.Store]) coreapi.StoreReader {
	return coreapi.StoreReader{In: c.As.In, Currency: c.As.Shop.Currency, Shop: c.ShopURL(""), User: c.As.User, Grants: c.As.Grants, Words: c.Words}
}

func merchantReader(c *web.Ctx[web.Merchant]) coreapi.MerchantReader {
	return coreapi.MerchantReader{In: c.As.In, User: c.As.User, Grants: c.As.Grants, Words: c.Words}
}

func adminReader(c *web.Ctx[web.Admin]) coreapi.AdminReader {
	return coreapi.AdminReader{In: c.As.In, Platforms: c.As.Platforms, User: c.As.User, Grants: c.As.Grants, Words: c.Words}
}

// board is what the dashboards have in common.
func board[A web.Audience](m *Module, c *web.Ctx[A], name string) (coreui.Dashboard, Period) {
	v := coreui.Dashboard{Title: c.Words.T("core.dashboard"), Sub: c.Words.T("core.hello", "name", name)}
	p := PeriodOf(c.Query("days"), c.Words.Local(m.clock.Now()))
	for _, days := range Periods {
		tab := ui.Tab{Label: periodName(c.Words, days), Href: "/?days=" + strconv.Itoa(days), Active: days == p.Days}
		if days == usual {
			tab.Href = "/"
		}
		v.Periods = append(v.Periods, tab)
	}
	return v, p
}

func periodName(w i18n.Words, days int) string {
	switch days {
	case 1:
		return w.T("core.period_today")
	case 365:
		return w.T("core.period_year")
	}
	return w.N("core.period_days", days)
}

// storeDashboard shows figures to those who may see them; everybody else is
// greeted.
func (m *Module) storeDashboard(c *web.Ctx[web.Store]) error {
	v, p := board(m, c, c.As.User.Name)
	if !c.As.Grants.Has(PermViewDashboard) {
		v.Periods = nil
		return c.Page(dashboardHead(c), coreui.DashboardPage(v))
	}
	on, r := m.on(c.As.In.Platform()), storeReader(c)
	all, err := m.Figures(c.Context(), c.As.In, r.Currency, p)
	if err != nil {
		return err
	}
	look := chart{words: c.Words, period: p, currency: r.Currency, orders: "/orders"}
	v.Stats, v.Chart = look.stats(all), look.draw(all)
	v.Counts = flat(slot.Collect(c.Context(), m.slots, coreapi.StoreStats, r, on))
	v.Tasks = flat(slot.Collect(c.Context(), m.slots, coreapi.StoreTasks, r, on))
	v.Widgets = flat(slot.Collect(c.Context(), m.slots, coreapi.StoreWidgets, r, on))
	v.MayDismiss = c.As.Grants.Has(PermEditSettings)
	if !m.dismissed(c.As.In) {
		v.Steps = flat(slot.Collect(c.Context(), m.slots, coreapi.StoreSteps, r, on))
	}
	return c.Page(dashboardHead(c), coreui.DashboardPage(v))
}

// merchantDashboard adds up the merchant's open stores, and shows each.
func (m *Module) merchantDashboard(c *web.Ctx[web.Merchant]) error {
	v, p := board(m, c, c.As.User.Name)
	on, r := m.on(c.As.In.Platform()), merchantReader(c)
	shops := m.shops(c.As.In.ID())
	ids := make([]tenant.StoreID, len(shops))
	for i, s := range shops {
		ids[i] = s.ID
	}
	by, sums, err := m.FiguresOf(c.Context(), ids, p)
	if err != nil {
		return err
	}
	m.total(&v, sums, chart{words: c.Words, period: p})
	for _, s := range shops {
		look := chart{words: c.Words, period: p, currency: s.Currency}
		v.Stores = append(v.Stores, look.store(s.Name, by[s.ID]))
	}
	v.Counts = flat(slot.Collect(c.Context(), m.slots, coreapi.MerchantStats, r, on))
	v.Widgets = flat(slot.Collect(c.Context(), m.slots, coreapi.MerchantWidgets, r, on))
	return c.Page(dashboardHead(c), coreui.DashboardPage(v))
}

// adminDashboard adds up all stores that the reader is responsible for.
func (m *Module) adminDashboard(c *web.Ctx[web.Admin]) error {
	v, p := board(m, c, c.As.User.Name)
	r := adminReader(c)
	var ids []tenant.StoreID
	if r.Platforms != nil {
		ids = m.reach(r.Platforms)
	}
	_, sums, err := m.FiguresOf(c.Context(), ids, p)
	if err != nil {
		return err
	}
	m.total(&v, sums, chart{words: c.Words, period: p})
	v.Tasks = flat(slot.Collect(c.Context(), m.slots, coreapi.AdminTasks, r, nil))
	v.Counts = flat(slot.Collect(c.Context(), m.slots, coreapi.AdminStats, r, nil))
	v.Widgets = flat(slot.Collect(c.Context(), m.slots, coreapi.AdminWidgets, r, nil))
	return c.Page(dashboardHead(c), coreui.DashboardPage(v))
}

// total shows the sums of many stores: each currency by itself, the one with
// the most orders first and as a chart.
func (m *Module) total(v *coreui.Dashboard, sums map[money.Currency]Courses, look chart) {
	var all []money.Currency
	for c := range sums {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b money.Currency) int {
		if d := sums[b].of(coreapi.Sold, look.period).SumN - sums[a].of(coreapi.Sold, look.period).SumN; d != 0 {
			return int(d)
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	for i, c := range all {
		look.currency = c
		if i == 0 {
			v.Stats, v.Chart = look.stats(sums[c]), look.draw(sums[c])
			continue
		}
		v.Stats = append(v.Stats, look.sold(sums[c]))
	}
}

func dashboardHead[A web.Audience](c *web.Ctx[A]) web.Head {
	return web.Head{Title: c.Words.T("core.dashboard"), Active: "/"}
}

func flat[T any](in [][]T) []T {
	var out []T
	for _, some := range in {
		out = append(out, some...)
	}
	return out
}
