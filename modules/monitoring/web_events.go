package monitoring

import (
	"strconv"
	"strings"

	"orion/kit/event"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/monitoring/monitoringui"
)

func (m *Module) eventRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/events", web.Need(MayViewJobs), m.eventsPage)
	mux.Post("/events", web.Need(MayRunJobs), m.replayMany)
	mux.Get("/events/{delivery}", web.Need(MayViewJobs), m.deliveryPage)
	mux.Post("/events/{delivery}/replay", web.Need(MayRunJobs), m.replay)
}

func (m *Module) eventsPage(c adminCtx) error {
	f := EventFilter{Failing: c.Query("failing") == "true", Query: c.Query("q"), Request: request(c)}
	found, err := m.Events(c.Context(), reachOf(c), f)
	if err != nil {
		return err
	}
	v := monitoringui.Events{Paging: ui.PagingOf("/events", found.Next, c.Query, "q", "failing"), Failing: f.Failing, Run: c.As.Grants.Has(MayRunJobs)}
	for _, d := range found.Items {
		v.Rows = append(v.Rows, monitoringui.EventRow{
			ID: deliveryOf(d).String(), Event: d.Name, Subscriber: d.Subscriber, Whose: m.storeName(d.Store), Error: d.Error,
			Attempts: strconv.FormatInt(d.Attempts, 10), When: m.failedWhen(c.Words, d, f.Failing),
		})
	}
	return c.Page(web.Head{Title: c.Words.T("monitoring.events"), Active: "/events"}, monitoringui.EventsPage(v))
}

func deliveryOf(d event.Dead) Delivery { return Delivery{Event: d.Event, Subscriber: d.Subscriber} }

func (m *Module) failedWhen(w i18n.Words, d event.Dead, failing bool) string {
	if failing {
		return w.T("monitoring.due_at", "time", w.DateTime(d.Due))
	}
	return w.Ago(d.At, m.db.Clock().Now())
}

func readDelivery(text string) (Delivery, error) {
	number, subscriber, ok := strings.Cut(text, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || id <= 0 || subscriber == "" {
		return Delivery{}, errUnknown
	}
	return Delivery{Event: id, Subscriber: subscriber}, nil
}

func (m *Module) deliveryPage(c adminCtx) error {
	name, err := readDelivery(c.Param("delivery"))
	if err != nil {
		return err
	}
	d, failing, err := m.Failed(c.Context(), reachOf(c), name)
	if err != nil {
		return err
	}
	w := c.Words
	v := monitoringui.Delivery{
		ID: name.String(), Event: d.Name, Error: d.Error, State: ui.Badge{Label: w.T("monitoring.events_dead"), Tone: ui.Bad},
		Replay: !failing && c.As.Grants.Has(MayRunJobs),
		Facts: []ui.Fact{
			{Label: w.T("monitoring.subscriber"), Text: d.Subscriber},
			{Label: w.T("monitoring.module"), Text: moduleName(w, ofModule(d.Subscriber))},
			{Label: w.T("monitoring.whose"), Text: m.storeName(d.Store)},
			{Label: w.T("monitoring.entity"), Text: strconv.FormatInt(d.Entity, 10)},
			{Label: w.T("monitoring.attempts"), Text: strconv.FormatInt(d.Attempts, 10)},
			{Label: w.T("monitoring.last_attempt"), Text: w.DateTime(d.At)},
		},
	}
	if failing {
		v.State = ui.Badge{Label: w.T("monitoring.events_failing"), Tone: ui.Warn}
		v.Facts = append(v.Facts, ui.Fact{Label: w.T("monitoring.next_attempt"), Text: w.DateTime(d.Due)})
	}
	return c.Page(web.Head{Title: d.Name, Active: "/events"}, monitoringui.DeliveryPage(v))
}

func (m *Module) replay(c adminCtx) error {
	name, err := readDelivery(c.Param("delivery"))
	if err != nil {
		return err
	}
	err = m.Replay(c.Context(), reachOf(c), c.Actor(), name)
	if err == nil {
		c.LeaveFlash(web.Flash{Kind: "ok", Key: "monitoring.many_replayed", N: 1})
		return c.Redirect("/events")
	}
	if e := fault.As(err); e.Kind == fault.Conflict {
		c.Flash("bad", e.Code)
		return c.Redirect("/events/" + c.Param("delivery"))
	}
	return err
}

// replayMany tries the chosen deliveries anew.
func (m *Module) replayMany(c adminCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	var all []Delivery
	for _, text := range f.All("id") {
		if d, err := readDelivery(text); err == nil && len(all) < mostChosen {
			all = append(all, d)
		}
	}
	n, err := m.ReplayAll(c.Context(), reachOf(c), c.Actor(), all)
	if err != nil {
		return err
	}
	if n == 0 {
		c.Flash("info", "monitoring.nothing_done")
	} else {
		c.LeaveFlash(web.Flash{Kind: "ok", Key: "monitoring.many_replayed", N: n})
	}
	return goBack(c, "/events", f.Raw("back"))
}
