package cms

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/menusapi"
)

// Entry is a link of a menu as shoppers see it; one without a path is a heading.
type Entry struct {
	Label string
	Path  string // of the storefront, or an address
	Items []Entry
}

// menuTargets are the kinds of things that the program's modules bring. They are asked
// once, since they do not change while it runs.
type menuTargets struct {
	kinds *kinds
	once  sync.Once
	known []menusapi.Target
}

func (t *menuTargets) all() []menusapi.Target {
	t.once.Do(func() { t.known = slot.Collect(context.Background(), t.kinds.slots, menusapi.Targets, struct{}{}, nil) })
	return t.known
}

func (t *menuTargets) on(p tenant.PlatformID, of menusapi.Target) bool {
	return t.kinds.enabled == nil || t.kinds.enabled(p, of.Module)
}

// here are the kinds that a store on a platform can have.
func (t *menuTargets) here(p tenant.PlatformID) []menusapi.Target {
	return slices.DeleteFunc(slices.Clone(t.all()), func(of menusapi.Target) bool { return !t.on(p, of) })
}

func (t *menuTargets) named(name string) (menusapi.Target, bool) {
	i := slices.IndexFunc(t.all(), func(of menusapi.Target) bool { return of.Name() == name })
	if i < 0 {
		return menusapi.Target{}, false
	}
	return t.all()[i], true
}

// led is an entry with where it leads.
type led struct {
	MenuItem
	menusapi.Place
}

// Why an entry is not shown, as keys of words.
const (
	whyGone   = "cms.menu_gone"
	whyDraft  = "cms.menu_unpublished"
	whyOff    = "cms.menu_off"
	whyHolder = "cms.menu_holder"
	whyEmpty  = "cms.menu_nothing_below"
	whyUnread = "cms.menu_unread"
)

// lead finds where entries lead, and why those that shoppers do not see are not
// shown: from memory.
func (m *Module) lead(ctx context.Context, at At, items []MenuItem) []led {
	out := make([]led, 0, len(items))
	keys := map[string][]string{}
	for _, i := range items {
		if !i.Gone {
			out = append(out, led{MenuItem: i})
			keys[i.Kind] = append(keys[i.Kind], i.To)
		}
	}
	places := map[string]map[string]menusapi.Place{}
	for kind, of := range keys {
		places[kind] = m.placesFor(ctx, at, kind, of)
	}
	for n := range out {
		i := &out[n]
		switch i.Kind {
		case asHeading:
		case asAddress:
			i.Path = i.To
		default:
			place, ok := places[i.Kind][i.To]
			if i.Place = place; !ok {
				i.Why = whyGone
			}
		}
	}
	below(out)
	return out
}

// below has entries share the fate of what they stand below.
func below(all []led) {
	holder := -1
	shown := map[int]int{}
	for n := range all {
		switch {
		case !all[n].Sub:
			holder = n
		case holder >= 0 && all[holder].Why != "":
			all[n].Why = cmp.Or(all[n].Why, whyHolder)
		case all[n].Why == "":
			shown[holder]++
		}
	}
	for n := range all {
		if all[n].Kind == asHeading && all[n].Why == "" && shown[n] == 0 {
			all[n].Why = whyEmpty
		}
	}
}

// placesFor are those of a kind that some keys name. When they cannot be read, none
// of them is shown until they can.
func (m *Module) placesFor(ctx context.Context, at At, kind string, keys []string) map[string]menusapi.Place {
	out := map[string]menusapi.Place{}
	why := ""
	switch of, ok := m.targets.named(kind); {
	case kind == asHeading || kind == asAddress:
	case kind == asPage:
		links, err := m.Links(ctx, at)
		if err != nil {
			why = whyUnread
			break
		}
		for _, key := range keys {
			if l, ok := linked(links, key); ok {
				out[key] = menusapi.Place{Path: l.Path(), Title: l.Title}
			}
		}
	case !ok || !m.targets.on(at.Store.Platform(), of):
		why = whyOff
	default:
		found, err := of.Find(ctx, at.Store, keys)
		if err == nil {
			return found
		}
		if ctx.Err() == nil {
			m.need.Kit.Log.WarnContext(ctx, "entries of a menu are left out, because what they lead to cannot be read", "store", at.Store.ID().String(), "kind", kind, "error", err.Error())
		}
		why = whyUnread
	}
	if why != "" {
		for _, key := range keys {
			out[key] = menusapi.Place{Why: why}
		}
	}
	return out
}

// linked is the page that an entry leads to: the store's own by its identifier, which
// stays, else what stands at an address.
func linked(links []Link, key string) (Link, bool) {
	i := slices.IndexFunc(links, func(l Link) bool { return l.Slug == key || l.Tier == Own && l.ID.String() == key })
	if i < 0 {
		return Link{}, false
	}
	return links[i], true
}

// called is what an entry is called for a reader of l: by its own label in that
// language, else by the name of what it leads to.
func (i led) called(l i18n.Lang) string {
	return cmp.Or(i.Label[l], i.Title[l], i.Label.In(l), i.Title.In(l))
}

// entriesOf are those of a menu that shoppers see.
func entriesOf(all []led, l i18n.Lang) []Entry {
	var out []Entry
	for _, i := range all {
		e := Entry{Label: i.called(l), Path: i.Path}
		switch {
		case i.Why != "" || e.Label == "":
		case i.Sub && len(out) > 0:
			out[len(out)-1].Items = append(out[len(out)-1].Items, e)
		default:
			out = append(out, e)
		}
	}
	return out
}

// begun are the entries of a menu that nobody arranged, as its draft begins.
func (m *Module) begun(ctx context.Context, at At, kind FittingKind) (Menu, error) {
	var out Menu
	add := func(kind, to string) { _ = out.put(MenuItem{Kind: kind, To: to}) } // a full menu has enough
	if kind == HeaderMenu {
		for _, t := range m.targets.here(at.Store.Platform()) {
			if t.Begin == nil {
				continue
			}
			keys, err := t.Begin(ctx, at.Store)
			if err != nil {
				return Menu{}, err
			}
			for _, key := range keys {
				add(t.Name(), key)
			}
		}
	}
	links, err := m.Links(ctx, at)
	for _, l := range links {
		if kind == HeaderMenu && l.Header || kind == FooterMenu && l.Footer {
			add(asPage, keyOf(l))
		}
	}
	return out, err
}

// keyOf is how entries name a page.
func keyOf(l Link) string {
	if l.Tier == Own && l.Slug != HomeSlug {
		return l.ID.String()
	}
	return l.Slug
}

// choices are what staff choose from for an entry of a kind; others have none.
func (m *Module) choices(ctx context.Context, at At, kind string, a menusapi.Asked) ([]cmsapi.Option, error) {
	if kind == asPage {
		return m.pageChoices(ctx, at, a.Lang)
	}
	t, ok := m.targets.named(kind)
	if !ok || !m.targets.on(at.Store.Platform(), t) {
		return nil, nil
	}
	return t.Choices(ctx, at.Store, a)
}

// pagesOf are all pages of a store without what they say: two statements at most.
func (m *Module) pagesOf(ctx context.Context, in tenant.Store) ([]Page, error) {
	var out []Page
	for after := ""; ; {
		some, err := m.Stores.List(ctx, in, Query{Request: page.Request{After: after, Limit: page.MaxLimit}})
		if out = append(out, some.Items...); err != nil || some.Next == "" {
			return out, err
		}
		after = some.Next
	}
}

// pageChoices are the pages that readers see, and those that are being written.
func (m *Module) pageChoices(ctx context.Context, at At, l i18n.Lang) ([]cmsapi.Option, error) {
	links, err := m.Links(ctx, at)
	if err != nil {
		return nil, err
	}
	var out []cmsapi.Option
	for _, link := range links {
		if link.Slug != HomeSlug { // which is at an address that everybody knows
			out = append(out, cmsapi.Option{Value: keyOf(link), Label: link.Title.In(l)})
		}
	}
	all, err := m.pagesOf(ctx, at.Store)
	for _, p := range all {
		if p.Live == 0 && !p.IsHome() && !slices.ContainsFunc(out, func(o cmsapi.Option) bool { return o.Value == p.ID.String() }) {
			out = append(out, cmsapi.Option{Value: p.ID.String(), Label: p.Title.In(l)})
		}
	}
	return out, err
}
