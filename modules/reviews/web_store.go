package reviews

import (
	"net/url"
	"strconv"

	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/reviews/reviewsui"
)

type staffer = *web.Ctx[web.Store]

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	mux.Get("/reviews", web.Need(MayView), m.listPage)
	mux.Post("/reviews/bulk", web.Need(MayModerate), m.bulkPost)
	mux.Get("/reviews/{id}", web.Need(MayView), m.detailPage)
	mux.Post("/reviews/{id}/approve", web.Need(MayModerate), m.decidePost(Approved, "reviews.done_approved"))
	mux.Post("/reviews/{id}/hide", web.Need(MayModerate), m.decidePost(Hidden, "reviews.done_hidden"))
	mux.Post("/reviews/{id}/answer", web.Need(MayModerate), m.answerPost)
}

// allTab is the tab with every state; without a choice the list has those that wait.
const allTab = "all"

func (m *Module) listPage(c staffer) error {
	q := Query{Request: page.Request{After: c.Query("after")}, Text: c.Query("q"), State: Waiting}
	tab := c.Query("state")
	switch s := State(tab); s {
	case Waiting, Approved, Hidden:
		q.State = s
	case allTab:
		q.State = ""
	default:
		tab = string(Waiting)
	}
	if n, err := strconv.ParseInt(c.Query("stars"), 10, 64); err == nil && n >= 1 && n <= 5 {
		q.Stars = n
	}
	found, err := m.Reviews(c.Context(), c.As.In, c.Words.Lang(), q)
	if err != nil {
		return err
	}
	waiting, err := m.Waiting(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	bare := len(found.Items) == 0 && q.Text == "" && q.Stars == 0 && q.After == ""
	v := reviewsui.List{
		May: c.As.Grants.Has(MayModerate), Fresh: bare && tab == allTab, Done: bare && q.State == Waiting,
		Filter: ui.FilterBar{
			Action: "/reviews", Query: q.Text, Placeholder: c.Words.T("reviews.search"), Keep: map[string]string{"state": tab},
			Chips: []ui.Chip{starsChip(c, q.Stars)},
		},
	}
	for _, s := range append([]State{}, States...) {
		tab := ui.Tab{Label: c.Words.T("reviews.tab_" + string(s)), Href: with(c, "state", string(s)), Active: q.State == s}
		if s == Waiting {
			tab.Count = waitingText(waiting)
		}
		v.Tabs = append(v.Tabs, tab)
	}
	v.Tabs = append(v.Tabs, ui.Tab{Label: c.Words.T("reviews.tab_all"), Href: with(c, "state", allTab), Active: q.State == ""})
	if q.Stars > 0 {
		v.Filter.Keep["stars"] = strconv.FormatInt(q.Stars, 10)
	}
	if q.Text != "" || q.Stars > 0 {
		v.Filter.Clear = "/reviews?state=" + tab
	}
	for _, r := range found.Items {
		v.Rows = append(v.Rows, rowView(c, r))
	}
	if found.Next != "" {
		v.Next = with(c, "after", found.Next)
	}
	if q.After != "" {
		v.First = with(c, "after", "")
	}
	return c.Page(web.Head{Title: c.Words.T("reviews.menu"), Active: "/reviews"}, reviewsui.ListPage(v))
}

func waitingText(n int64) string {
	switch {
	case n == 0:
		return ""
	case n >= MostWaiting:
		return strconv.Itoa(MostWaiting-1) + "+"
	}
	return strconv.FormatInt(n, 10)
}

func rowView(c staffer, n Named) reviewsui.Row {
	v := reviewsui.Row{Review: reviewView(n.Review, c.Words), Product: titleOf(n, c.Words), State: string(n.State)}
	v.At = c.Words.Date(n.At)
	return v
}

func starsChip(c staffer, now int64) ui.Chip {
	chip := ui.Chip{Label: c.Words.T("reviews.stars"), Remove: with(c, "stars", ""), Href: func(value string) string { return with(c, "stars", value) }}
	for n := 5; n >= 1; n-- {
		chip.Options = append(chip.Options, ui.Option{Value: strconv.Itoa(n), Label: c.Words.N("reviews.n_stars", n)})
	}
	if now > 0 {
		chip.Value = c.Words.N("reviews.n_stars", int(now))
	}
	return chip
}

// with is the list's address with one parameter changed; an empty one goes, and
// so does the place in the list.
func with(c staffer, key, value string) string {
	q := url.Values{}
	for k, v := range c.R.URL.Query() {
		if k != "after" {
			q[k] = v
		}
	}
	q.Set(key, value)
	if value == "" {
		q.Del(key)
	}
	if len(q) == 0 {
		return "/reviews"
	}
	return "/reviews?" + q.Encode()
}

func (m *Module) detailPage(c staffer) error {
	rid, err := parseReview(c.Param("id"))
	if err != nil {
		return err
	}
	return m.showDetail(c, 200, rid, ui.Form{})
}

func (m *Module) showDetail(c staffer, status int, rid reviewsapi.ReviewID, state ui.Form) error {
	n, err := m.Review(c.Context(), c.As.In, c.Words.Lang(), rid)
	if err != nil {
		return err
	}
	v := reviewsui.Detail{
		Row: rowView(c, n), Changed: c.Words.DateTime(n.Changed), LangName: n.Lang.Name(),
		State: string(n.State), May: c.As.Grants.Has(MayModerate), Form: state,
	}
	if c.As.Grants.HasCode("customers.view") {
		v.Customer = "/customers/" + n.Customer.String()
	}
	v.At = c.Words.DateTime(n.At)
	if len(n.About.Variants) > 0 {
		v.Page = "~" + c.ShopURL(productPath(n.About.Slug)+"/reviews")
	}
	return c.PageStatus(status, web.Head{Title: n.Title, Active: "/reviews"}, reviewsui.DetailPage(v))
}

func (m *Module) decidePost(to State, said string) web.Handler[web.Store] {
	return func(c staffer) error {
		rid, err := parseReview(c.Param("id"))
		if err != nil {
			return err
		}
		if _, err := m.Review(c.Context(), c.As.In, c.Words.Lang(), rid); err != nil {
			return err
		}
		if _, err := m.Decide(c.Context(), c.As.In, []reviewsapi.ReviewID{rid}, to, c.Actor()); err != nil {
			return err
		}
		c.Flash("ok", said)
		return c.Redirect("/reviews/" + rid.String())
	}
}

func (m *Module) bulkPost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	var ids []reviewsapi.ReviewID
	for _, s := range f.All("id") {
		if rid, err := parseReview(s); err == nil && len(ids) < page.MaxLimit {
			ids = append(ids, rid)
		}
	}
	n, err := m.Decide(c.Context(), c.As.In, ids, State(f.Choice("act", string(Approved), string(Hidden))), c.Actor())
	if err != nil {
		return err
	}
	c.Flash("ok", "reviews.done_many", "n", n)
	return c.Redirect("/reviews")
}

func (m *Module) answerPost(c staffer) error {
	rid, err := parseReview(c.Param("id"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	text := f.Long("answer", maxReply)
	if !f.OK() {
		return m.showDetail(c, 422, rid, f.State())
	}
	if err := m.Answer(c.Context(), c.As.In, rid, text, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "reviews.done_answered")
	return c.Redirect("/reviews/" + rid.String())
}
