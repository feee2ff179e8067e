package messaging

import (
	"net/url"
	"strings"

	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/messaging/messagingui"
)

func (m *Module) subscriberRoutes(mux *web.Mux[web.Store]) {
	mux.Get("/newsletter", web.Need(MayNewsletter), m.subscribersPage)
	mux.Get("/newsletter.csv", web.Need(MayNewsletter), m.subscribersFile)
	mux.Get("/newsletter/{id}", web.Need(MayNewsletter), m.subscriberPage)
	mux.Post("/newsletter/{id}/erase", web.Need(MayNewsletter), m.eraseSubscriber)
}

func (m *Module) subscribersPage(c staffer) error {
	q := SubscriberQuery{Request: page.Request{After: c.Query("after")}, Text: c.Query("q"), Step: Active}
	tab := c.Query("state")
	switch s := Step(tab); s {
	case Asked, Active, Left:
		q.Step = s
	default:
		tab = string(Active)
	}
	found, err := m.Subscribers(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	counts, err := m.Counts(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := messagingui.Subscribers{
		Fresh:  len(counts) == 0,
		Filter: ui.FilterBar{Action: "/newsletter", Query: q.Text, Placeholder: c.Words.T("ui.email"), Keep: map[string]string{"state": tab}},
	}
	for _, s := range Steps {
		v.Tabs = append(v.Tabs, ui.Tab{
			Label: c.Words.T("messaging.step_" + string(s)), Href: "/newsletter?state=" + string(s), Active: q.Step == s, Count: c.Words.Number(int(counts[s])),
		})
	}
	if q.Text != "" {
		v.Filter.Clear = "/newsletter?state=" + tab
	}
	for _, s := range found.Items {
		v.Rows = append(v.Rows, messagingui.SubscriberRow{ID: s.ID.String(), Email: s.Email, Lang: s.Lang.Name(), Step: string(s.Step), At: c.Words.DateTime(s.Changed)})
	}
	keep := url.Values{"state": {tab}}
	if q.Text != "" {
		keep.Set("q", q.Text)
	}
	if q.After != "" {
		v.First = "/newsletter?" + keep.Encode()
	}
	if found.Next != "" {
		keep.Set("after", found.Next)
		v.Next = "/newsletter?" + keep.Encode()
	}
	return c.Page(web.Head{Title: c.Words.T("messaging.newsletter"), Active: "/newsletter"}, messagingui.SubscribersPage(v))
}

func (m *Module) subscribersFile(c staffer) error {
	return m.WriteSubscribers(c.Context(), c.As.In, strings.TrimSuffix(c.ShopOrigin(), "/"), c.Download(c.As.Shop.Code+"-newsletter.csv", web.CSV))
}

// parseSubscriber reads an identifier; a malformed one is answered like an unknown one.
func parseSubscriber(c staffer) (SubscriberID, error) {
	s, err := id.Parse[subscriberKind](c.Param("id"))
	if err != nil {
		return 0, errNoSubscriber
	}
	return s, nil
}

func (m *Module) subscriberPage(c staffer) error {
	sid, err := parseSubscriber(c)
	if err != nil {
		return err
	}
	s, said, err := m.Subscriber(c.Context(), c.As.In, sid)
	if err != nil {
		return err
	}
	v := messagingui.SubscriberDetail{
		SubscriberRow: messagingui.SubscriberRow{ID: s.ID.String(), Email: s.Email, Lang: s.Lang.Name(), Step: string(s.Step), At: c.Words.DateTime(s.Changed)},
	}
	for _, e := range said {
		ev := ui.Event{Title: c.Words.T("messaging.act_" + e.Act), Detail: c.Words.DateTime(e.At) + " · " + c.Words.T("messaging.source_"+e.Source), Tone: ui.OK}
		if e.Wording != "" {
			ev.More = messagingui.Wording(e.Wording, string(e.Lang))
		}
		if e.Act == "left" {
			ev.Tone = ui.Neutral
		}
		v.Story = append([]ui.Event{ev}, v.Story...)
	}
	return c.Page(web.Head{Title: s.Email, Active: "/newsletter"}, messagingui.SubscriberPage(v))
}

func (m *Module) eraseSubscriber(c staffer) error {
	sid, err := parseSubscriber(c)
	if err != nil {
		return err
	}
	if err := m.EraseSubscriber(c.Context(), c.As.In, sid, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "messaging.done_erased_subscriber")
	return c.Redirect("/newsletter")
}
