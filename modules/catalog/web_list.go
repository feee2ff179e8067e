package catalog

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

const listLimit = 24

// queryOf reads a list's filters from an address.
func queryOf(v url.Values) Query {
	q := Query{Sort: Sort(v.Get("sort")), Page: page.Request{After: v.Get("after"), Limit: listLimit}}
	q.Text = sought(v.Get("q"))
	q.Filter = Filter{Brands: limited(v["b"]), Tags: limited(v["t"]), InStock: v.Get("stock") == "1", Options: map[string][]string{}}
	for key, values := range v {
		if code, ok := strings.CutPrefix(key, "o."); ok && code != "" && len(q.Filter.Options) < maxOptions {
			q.Filter.Options[code] = limited(values)
		}
	}
	if from, to, ok := strings.Cut(v.Get("p"), "-"); ok {
		q.Filter.From, _ = strconv.ParseInt(from, 10, 64)
		q.Filter.To, _ = strconv.ParseInt(to, 10, 64)
	}
	return q
}

// limited keeps an address from asking for an endless list of values.
func limited(values []string) []string { return values[:min(len(values), maxFacetValues)] }

func (m *Module) showAll(c shopCtx) error { return m.showList(c, "/products", "") }

func (m *Module) showCategory(c shopCtx) error {
	return m.showList(c, "/categories/"+url.PathEscape(c.Param("slug")), c.Param("slug"))
}

func (m *Module) showSearch(c shopCtx) error { return m.showList(c, "/search", "") }

func (m *Module) showList(c shopCtx, path, category string) error {
	l, values := c.Words.Lang(), c.R.URL.Query()
	q := queryOf(values)
	if path != "/search" {
		q.Text = ""
	}
	view := catalogui.List{Search: path == "/search", Query: q.Text, Title: c.Words.T("catalog.all_products")}
	head := web.Head{Canonical: path, NoIndex: values.Has("after")} // what is narrowed or sorted is the same list
	var list Listing
	if path != "/search" || q.Text != "" {
		q.Category = category
		var err error
		if list, err = m.Browse(c.Context(), c.As.In, l, q); err != nil {
			return err
		}
	}
	switch {
	case view.Search:
		view.Title, head.NoIndex = c.Words.T("catalog.search"), true
	case list.Category != nil:
		view.Title, view.About = list.Category.Name.In(l), list.Category.About.In(l)
		view.Crumbs = crumbs(list.Path[:len(list.Path)-1], l)
		head.JSONLD = []any{breadcrumbs(c, list.Path)}
	}
	if !view.Search && len(list.Items) > 0 {
		head.JSONLD = append(head.JSONLD, itemList(c, view.Title, list.Items))
	}
	head.Title, head.Description = view.Title, view.About
	if list.Meant != "" {
		view.Meant = c.Words.T("catalog.meant", "typed", q.Text, "meant", list.Meant)
	}
	a := address{path: path, values: values}
	view.Products, view.Total = m.cardViews(c, list.Items, 4), list.Total
	view.Facets, view.Chips = facetViews(c, a, list.Facets)
	if view.Search && list.Total == 0 && len(view.Chips) == 0 {
		if err := m.waysOut(c, &view); err != nil {
			return err
		}
	}
	view.Clear, view.Sorts = a.cleared(), a.sorts(c, q.Sort)
	if list.Next != "" {
		view.Next = a.with("after", list.Next)
	}
	if q.Page.After != "" {
		view.First = a.with("after", "")
	}
	return c.Page(head, view)
}

// address is a list's own address, from which its links differ.
type address struct {
	path   string
	values url.Values
}

func (a address) clone() url.Values {
	out := make(url.Values, len(a.values))
	for k, v := range a.values {
		if k != "after" {
			out[k] = slices.Clone(v)
		}
	}
	return out
}

func (a address) join(v url.Values) string {
	if len(v) == 0 {
		return a.path
	}
	return a.path + "?" + v.Encode()
}

// with is the address with one parameter changed, or without it.
func (a address) with(key, value string) string {
	v := a.clone()
	if value == "" {
		v.Del(key)
	} else {
		v.Set(key, value)
	}
	return a.join(v)
}

// toggled is the address with a value of a parameter added or taken away.
func (a address) toggled(key, value string) string {
	v := a.clone()
	if i := slices.Index(v[key], value); i >= 0 {
		v[key] = slices.Delete(v[key], i, i+1)
	} else {
		v[key] = append(v[key], value)
	}
	if len(v[key]) == 0 {
		v.Del(key)
	}
	return a.join(v)
}

func (a address) cleared() string {
	v := url.Values{}
	for _, keep := range []string{"q", "sort"} {
		if s := a.values.Get(keep); s != "" {
			v.Set(keep, s)
		}
	}
	return a.join(v)
}

func (a address) sorts(c shopCtx, now Sort) []catalogui.Link {
	if !slices.Contains(Sorts, now) {
		now = Best
	}
	out := make([]catalogui.Link, len(Sorts))
	for i, s := range Sorts {
		value := string(s)
		if s == Best {
			value = ""
		}
		out[i] = catalogui.Link{Label: c.Words.T("catalog.sort_" + sortWord[s]), Href: a.with("sort", value), On: s == now}
	}
	return out
}

var sortWord = map[Sort]string{Best: "best", Newest: "newest", PriceUp: "price_up", PriceDown: "price_down"}

// facetViews are the facets as links, and the choices in force.
func facetViews(c shopCtx, a address, facets []Facet) (views []catalogui.Facet, chips []catalogui.Link) {
	for i, f := range facets {
		view := catalogui.Facet{Open: i < 2, Title: f.Name}
		if f.Kind != ByOption {
			view.Title = c.Words.T("catalog.facet_" + string(f.Kind))
		}
		for _, v := range f.Values {
			link := facetLink(c, a, f, v)
			if link.On {
				view.Open = true
				chips = append(chips, link)
			}
			view.Links = append(view.Links, link)
		}
		views = append(views, view)
	}
	return views, chips
}

func facetLink(c shopCtx, a address, f Facet, v FacetValue) catalogui.Link {
	link := catalogui.Link{Label: v.Name, Count: v.Count, On: v.On, Swatch: v.Swatch}
	switch f.Kind {
	case ByCategory:
		link.Href = address{"/categories/" + v.Value, a.values}.with("q", "")
	case ByBrand:
		link.Href = a.toggled("b", v.Value)
	case ByTag:
		link.Href = a.toggled("t", v.Value)
	case ByOption:
		link.Href = a.toggled(axisName(f.Code), v.Value)
	case ByPrice:
		link.Label, link.Href = priceWords(c, v), a.with("p", v.Value)
		if v.On {
			link.Href = a.with("p", "")
		}
	case ByStock:
		link.Label, link.Href = c.Words.T("catalog.in_stock_only"), a.with("stock", "1")
		if v.On {
			link.Href = a.with("stock", "")
		}
	}
	return link
}

func priceWords(c shopCtx, v FacetValue) string {
	cur := c.As.Shop.Currency
	from, to := c.Words.Money(money.New(v.From, cur)), c.Words.Money(money.New(v.To, cur))
	switch {
	case v.From == 0:
		return c.Words.T("catalog.price_below", "to", to)
	case v.To == 0:
		return c.Words.T("catalog.price_above", "from", from)
	}
	return c.Words.T("catalog.price_between", "from", from, "to", to)
}
