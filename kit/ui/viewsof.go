package ui

import (
	"net/url"

	"orion/kit/page"
)

// ViewsOf are the own tabs of a list with the views behind them that its reader
// saved. list is its path, such as "products"; query is the address of now: where
// no view has it, it can be saved.
func ViewsOf(list string, own []Tab, saved []page.View, query url.Values) SavedViews {
	now := page.ViewQuery(query)
	v := SavedViews{Save: "/views?list=" + list, Query: now}
	for _, t := range own {
		v.Views = append(v.Views, SavedView{Tab: t})
	}
	for _, s := range saved {
		active := s.Query == now
		if active {
			v.Query = ""
			for i := range own {
				v.Views[i].Tab.Active = false
			}
		}
		v.Views = append(v.Views, SavedView{
			Tab: Tab{Label: s.Name, Href: "/" + list + "?" + s.Query, Active: active}, Remove: "/views/" + s.ID + "/remove",
		})
	}
	return v
}
