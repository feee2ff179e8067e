package payments

import (
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/payments/paymentsui"
)

// events is the page of what gateways told a store.
const events = connections + "/events"

func (m *Module) showEvents(c *ctx) error {
	s := Sought{Text: c.Query("q"), Status: c.Query("status")}
	found, err := m.Events(c.Context(), c.As.In, s, page.Request{After: c.Query("after")})
	if err != nil {
		return err
	}
	v := paymentsui.Events{Base: events, Back: connections, Text: s.Text, Status: s.Status}
	for _, e := range found.Items {
		one := paymentsui.Event{ID: e.ID.String(), Event: e.Event, Kind: e.Kind, Charge: e.Charge, Status: e.Status, At: e.ReceivedAt}
		if !e.Payment.IsZero() {
			one.Payment, one.Reference = e.Payment.String(), e.Reference
		}
		v.Rows = append(v.Rows, one)
	}
	if c.Query("after") != "" {
		v.First = v.With("", "")
	}
	if found.Next != "" {
		v.Next = v.With("after", found.Next)
	}
	return c.Page(web.Head{Title: c.Words.T("payments.events"), Active: connections}, paymentsui.EventsPage(v))
}

func (m *Module) postReplay(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	var number EventID
	if err := number.UnmarshalText([]byte(f.Raw("event"))); err != nil || number.IsZero() {
		return errNoEvent
	}
	if err := m.ReplayAs(c.Context(), c.As.In, c.Actor(), number); err != nil {
		return err
	}
	c.Flash("ok", "payments.event_replayed")
	return c.Redirect(events)
}
