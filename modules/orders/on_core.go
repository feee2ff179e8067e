package orders

import (
	"context"

	"orion/kit/mail"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/core/coreapi"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

// fills are what orders add to the pages that belong to no single module.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{
		mail.Samples.Fill(ordersapi.Code, 30, m.samples),
		customersapi.AccountMenu.Fill(ordersapi.Code, 10, m.accountLink),
		customersapi.AccountMenu.Fill(ordersapi.Code, 15, m.wishLink),
		customersapi.Export.Fill(ordersapi.Code, 15, m.exportWishes),
		customersapi.Erase.Fill(ordersapi.Code, 10, func(context.Context, tenant.Store) (customersapi.Eraser, error) { return m.forgetBuyer, nil }),
		customersapi.Account.Fill(ordersapi.Code, 10, m.accountSection),
		customersapi.Detail.Fill(ordersapi.Code, 10, m.customerSection),
		customersapi.Timeline.Fill(ordersapi.Code, 10, m.happenings),
		coreapi.StoreTasks.Fill(ordersapi.Code, 10, m.tasks),
		coreapi.StoreWidgets.Fill(ordersapi.Code, 10, m.widgets),
		coreapi.StoreSteps.Fill(ordersapi.Code, 30, m.firstSteps),
		coreapi.StoreResults.Fill(ordersapi.Code, 10, m.results),
	}
}

// tasks are the orders that wait for somebody.
func (m *Module) tasks(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Task, error) {
	if !r.Grants.Has(MayView) {
		return nil, nil
	}
	n, err := m.Counts(ctx, r.In, r.Currency)
	var out []coreapi.Task
	if n.ToShip > 0 {
		out = append(out, coreapi.Task{Label: r.Words.N("orders.task_ship", int(n.ToShip), "most", most(n.ToShip)), Link: "/orders?view=to_ship", Icon: "truck"})
	}
	if n.Pending > 0 {
		out = append(out, coreapi.Task{Label: r.Words.N("orders.task_pending", int(n.Pending), "most", most(n.Pending)), Link: "/orders?status=pending", Icon: "clock"})
	}
	return out, err
}

// onDashboard is how many orders the dashboard shows.
const onDashboard = 8

func (m *Module) widgets(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Widget, error) {
	if !r.Grants.Has(MayView) {
		return nil, nil
	}
	list, err := m.Latest(ctx, r.In, Query{Request: page.Request{Limit: onDashboard}})
	if err != nil || len(list.Items) == 0 {
		return nil, err
	}
	rows := make([]ordersui.Row, len(list.Items))
	for i, o := range list.Items {
		rows[i] = m.deskRow(o, "/orders/"+o.ID.String(), list.Methods, r.Words)
	}
	return []coreapi.Widget{{Title: r.Words.T("orders.latest"), Link: "/orders", Body: ordersui.Newest(rows), Wide: true, Flush: true}}, nil
}

func (m *Module) firstSteps(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Step, error) {
	if !r.Grants.Has(MaySet) {
		return nil, nil
	}
	all, err := m.Methods(ctx, r.In)
	if err != nil {
		return nil, err
	}
	first, err := m.Orders(ctx, r.In, Query{Request: page.Request{Limit: 1}})
	w := r.Words
	return []coreapi.Step{{
		Title: w.T("orders.step_delivery"), Text: w.T("orders.no_methods_text"), Link: "/delivery/new", Label: w.T("orders.new_method"), Done: len(all) > 0,
	}, {
		Title: w.T("orders.step_test"), Text: w.T("orders.step_test_text"), Link: "~" + r.Shop + "/", Label: w.T("orders.step_test_link"), Done: len(first.Items) > 0,
	}}, err
}

func (m *Module) results(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r := s.Reader
	if !r.Grants.Has(MayView) {
		return nil, nil
	}
	found, err := m.Orders(ctx, r.In, Query{Text: s.Query, Request: page.Request{Limit: s.Limit}})
	var out []coreapi.Result
	for _, o := range found.Items {
		out = append(out, coreapi.Result{
			Kind: r.Words.T("orders.number"), Title: o.Number, Sub: joined(o.Name, r.Words.Money(o.Total)), Link: "/orders/" + o.ID.String(), Icon: "shopping-bag",
		})
	}
	return out, err
}
