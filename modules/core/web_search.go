package core

import (
	"cmp"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core/coreapi"
)

// visitor is whom a page is looked up for.
type visitor struct {
	audience web.AudienceName
	platform tenant.PlatformID
	grants   auth.Grants
	granted  func(feature string) bool
	words    i18n.Words
}

// pages are the entries of the menu, and the settings of modules, whose name has
// all the words of a query, as far as the visitor may open them.
func (m *Module) pages(v visitor, query string) []coreapi.Result {
	if m.modules == nil {
		return nil
	}
	var items []module.MenuItem
	var out []coreapi.Result
	on := m.on(v.platform)
	for _, d := range m.modules() {
		if !on(d.Code) {
			continue
		}
		for _, i := range d.Menu {
			if i.Audience == v.audience && (i.Need.Code == "" || v.grants.Has(i.Need)) && (i.Feature == "" || v.granted(i.Feature)) && has(v.words.T(i.Label), query) {
				items = append(items, i)
			}
		}
		name := v.words.T("modules." + d.Code)
		if v.audience == web.StorePages && d.Config.Defaults != nil && v.grants.Has(PermEditSettings) && has(name+" "+v.words.T("core.settings"), query) {
			out = append(out, coreapi.Result{Kind: v.words.T("core.settings"), Title: name, Link: "/settings/" + d.Code, Icon: "sliders-horizontal"})
		}
	}
	slices.SortStableFunc(items, func(a, b module.MenuItem) int { return cmp.Compare(a.Order, b.Order) })
	found := make([]coreapi.Result, len(items))
	for i, item := range items {
		kind := "core.page"
		if item.Act {
			kind = "core.act"
		}
		found[i] = coreapi.Result{Kind: v.words.T(kind), Title: v.words.T(item.Label), Link: item.Path, Icon: item.Icon}
	}
	return append(found, out...)
}

// has tells that a text has all words of a query in it, whatever their case.
func has(text, query string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
