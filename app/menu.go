package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/ui/icon"
	"orion/kit/ui/layout"
	"orion/kit/web"
)

// reader is whom a menu is for: somebody who may do something, at an address of
// an audience's pages.
type reader struct {
	audience web.AudienceName
	place    web.Place
	granted  func(feature string) bool
	arranged module.Arrangement
	may      func(auth.Permission) bool
	words    i18n.Words
	at       string
}

// menu collects the entries of the enabled modules that the reader may open, by
// section. Nobody sees an entry that ends in "forbidden".
func (f *frames) menu(ctx context.Context, r reader) []layout.Section {
	items := f.entries(r)
	current := ""
	for _, m := range items {
		if under(r.at, m.Path) && len(m.Path) > len(current) {
			current = m.Path
		}
	}
	var out []layout.Section
	for _, m := range items {
		title := ""
		if m.Section != "" {
			title = r.words.T(m.Section)
		}
		at := slices.IndexFunc(out, func(s layout.Section) bool { return s.Title == title })
		if at < 0 {
			out = append(out, layout.Section{Title: title})
			at = len(out) - 1
		}
		out[at].Items = append(out[at].Items, layout.Item{
			Label: r.words.T(m.Label), Href: m.Path, Icon: icon.ByName(m.Icon), Active: m.Path == current, Count: r.count(ctx, m),
		})
	}
	return out
}

// count is how many things wait below an entry; one that cannot say counts nothing.
func (r reader) count(ctx context.Context, m module.MenuItem) string {
	if m.Count == nil || r.audience != web.StorePages {
		return ""
	}
	n, err := m.Count(ctx, r.place.In)
	if err != nil || n == 0 {
		return ""
	}
	if n > 99 {
		return "99+"
	}
	return strconv.FormatInt(n, 10)
}

func (f *frames) entries(r reader) []module.MenuItem {
	var out []module.MenuItem
	for _, d := range f.registry.All() {
		if !f.enabled(r.place, d.Code) {
			continue
		}
		for _, m := range d.Menu {
			if m.Audience == r.audience && !m.Act && (m.Need.Code == "" || r.may(m.Need)) && (m.Feature == "" || r.granted(m.Feature)) {
				out = append(out, m)
			}
		}
	}
	module.SortMenu(out)
	return r.arranged.Arrange(out)
}

func under(path, root string) bool {
	return path == root || strings.HasPrefix(path, strings.TrimSuffix(root, "/")+"/")
}
