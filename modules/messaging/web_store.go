package messaging

import (
	"net/url"
	"strings"

	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/messaging/messagingapi"
	"orion/modules/messaging/messagingui"
)

type staffer = *web.Ctx[web.Store]

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	mux.Get("/messages", web.Need(MayView), m.listPage)
	mux.Get("/messages/{id}", web.Need(MayView), m.talkPage)
	mux.Post("/messages/{id}/answer", web.Need(MayAnswer), m.answerPost)
	mux.Post("/messages/{id}/close", web.Need(MayAnswer), m.movePost(Closed, "messaging.done_closed"))
	mux.Post("/messages/{id}/open", web.Need(MayAnswer), m.movePost(Open, "messaging.done_opened"))
	mux.Post("/messages/{id}/unread", web.Need(MayAnswer), m.unreadPost)
	mux.Post("/messages/{id}/erase", web.Need(MayAnswer), m.erasePost)
	m.subscriberRoutes(mux)
}

// parseThread reads an identifier; a malformed one is answered like an unknown one.
func parseThread(c staffer) (messagingapi.ThreadID, error) {
	t, err := id.Parse[messagingapi.ThreadKind](c.Param("id"))
	if err != nil {
		return 0, errUnknown
	}
	return t, nil
}

// allTab is the tab with every state; without a choice the list has what is open.
const allTab = "all"

func (m *Module) listPage(c staffer) error {
	q := Query{Request: page.Request{After: c.Query("after")}, Text: c.Query("q"), State: Open}
	tab := c.Query("state")
	switch s := State(tab); s {
	case Open, Answered, Closed:
		q.State = s
	case allTab:
		q.State = ""
	default:
		tab = string(Open)
	}
	found, err := m.Threads(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	bare := len(found.Items) == 0 && q.Text == "" && q.After == ""
	v := messagingui.Inbox{
		Fresh: bare && tab == allTab, Done: bare && q.State == Open,
		Filter: ui.FilterBar{Action: "/messages", Query: q.Text, Placeholder: c.Words.T("messaging.search"), Keep: map[string]string{"state": tab}},
	}
	for _, s := range States {
		v.Tabs = append(v.Tabs, ui.Tab{Label: c.Words.T("messaging.tab_" + string(s)), Href: with(c, "state", string(s)), Active: q.State == s})
	}
	v.Tabs = append(v.Tabs, ui.Tab{Label: c.Words.T("messaging.tab_all"), Href: with(c, "state", allTab), Active: q.State == ""})
	if q.Text != "" {
		v.Filter.Clear = "/messages?state=" + tab
	}
	for _, t := range found.Items {
		v.Rows = append(v.Rows, row(c.Words, t))
	}
	if found.Next != "" {
		v.Next = with(c, "after", found.Next)
	}
	if q.After != "" {
		v.First = with(c, "after", "")
	}
	return c.Page(web.Head{Title: c.Words.T("messaging.menu"), Active: "/messages"}, messagingui.InboxPage(v))
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
		return "/messages"
	}
	return "/messages?" + q.Encode()
}

func row(w i18n.Words, t Thread) messagingui.Row {
	return messagingui.Row{
		ID: t.ID.String(), Name: t.Name, Email: t.Email, Subject: t.Subject, Excerpt: t.Excerpt, State: string(t.State), Unread: t.Unread, At: w.DateTime(t.Changed),
	}
}

// said is what was written, for a page.
func said(w i18n.Words, t Talk, shop string) []messagingui.Said {
	out := make([]messagingui.Said, len(t.All))
	for i, msg := range t.All {
		out[i] = messagingui.Said{Author: msg.Author, Store: msg.Store, Body: msg.Body, At: w.DateTime(msg.At)}
		if msg.Store && shop != "" {
			out[i].Author = shop
		}
	}
	return out
}

func (m *Module) talkPage(c staffer) error {
	t, err := parseThread(c)
	if err != nil {
		return err
	}
	return m.showTalk(c, 200, t, ui.Form{})
}

// showTalk shows a conversation, which is read by that.
func (m *Module) showTalk(c staffer, status int, t messagingapi.ThreadID, state ui.Form) error {
	talk, err := m.Talk(c.Context(), c.As.In, t)
	if err != nil {
		return err
	}
	may := c.As.Grants.Has(MayAnswer)
	if talk.Unread && may {
		if err := m.Mark(c.Context(), c.As.In, t, false); err != nil {
			return err
		}
	}
	v := messagingui.Talk{
		Row: row(c.Words, talk.Thread), Said: said(c.Words, talk, ""), LangName: talk.Lang.Name(), Lang: string(talk.Lang), Order: talk.Order,
		Begun: c.Words.DateTime(talk.Created), May: may, Full: talk.Messages >= maxMessages, Form: state, Ticket: m.NewTicket(c.As.In),
	}
	if !talk.Customer.IsZero() {
		v.Customer = "/customers/" + talk.Customer.String()
	}
	if talk.Order != "" {
		v.Orders = "/orders?q=" + url.QueryEscape(talk.Order)
	}
	return c.PageStatus(status, web.Head{Title: talk.Subject, Active: "/messages"}, messagingui.TalkPage(v))
}

func (m *Module) answerPost(c staffer) error {
	t, err := parseThread(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if _, err := m.Talk(c.Context(), c.As.In, t); err != nil {
		return err
	}
	n, err := m.need.Kit.Sign.Open(ticketPurpose, int64(c.As.In.ID()), f.Raw("ticket"))
	if err != nil {
		f.Fail("body", errOldForm.Code)
	}
	if f.OK() {
		a := Answer{Ticket: Ticket(n), Body: f.Raw("body"), Close: f.Raw("act") == "close", By: c.Actor()}
		if err = m.Answer(c.Context(), c.As.In, t, a, m.staffLetterhead(c)); err == nil {
			c.Flash("ok", "messaging.done_answered")
			return c.Redirect("/messages/" + t.String())
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return m.showTalk(c, 422, t, f.State())
}

func (m *Module) staffLetterhead(c staffer) Letterhead {
	shop := c.As.Shop
	return Letterhead{Shop: shop.Name, Email: shop.Email, Origin: strings.TrimSuffix(c.ShopOrigin(), "/"), Lang: shop.StaffLang, Footer: foot(shop)}
}

func (m *Module) movePost(to State, done string) web.Handler[web.Store] {
	return func(c staffer) error {
		t, err := parseThread(c)
		if err != nil {
			return err
		}
		if err := m.Move(c.Context(), c.As.In, t, to, c.Actor()); err != nil {
			return err
		}
		c.Flash("ok", done)
		return c.Redirect("/messages/" + t.String())
	}
}

func (m *Module) unreadPost(c staffer) error {
	t, err := parseThread(c)
	if err != nil {
		return err
	}
	if err := m.Mark(c.Context(), c.As.In, t, true); err != nil {
		return err
	}
	return c.Redirect("/messages")
}

func (m *Module) erasePost(c staffer) error {
	t, err := parseThread(c)
	if err != nil {
		return err
	}
	if err := m.Erase(c.Context(), c.As.In, t, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "messaging.done_erased")
	return c.Redirect("/messages")
}
