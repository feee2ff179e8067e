package payments

import (
	"context"
	"net/http"
	"time"

	"orion/kit/auth"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/payments/paymentsapi"
)

// paymentOut is a payment in the REST interface.
type paymentOut struct {
	ID        paymentsapi.PaymentID `json:"id"`
	Reference string                `json:"reference" example:"1048"`
	Method    string                `json:"method" example:"bank_transfer"`
	Status    paymentsapi.Status    `json:"status" example:"captured"`
	Amount    money.Amount          `json:"amount"`
	Captured  money.Amount          `json:"captured"`
	Refunded  money.Amount          `json:"refunded"`
	Disputed  money.Amount          `json:"disputed" doc:"Claimed by the payer's bank"`
	Lost      money.Amount          `json:"lost" doc:"Taken back by the payer's bank"`
	OpenedAt  time.Time             `json:"opened_at"`
}

type listOut struct {
	Body struct {
		Items []paymentOut `json:"items"`
		Next  string       `json:"next,omitempty"`
	}
}

type oneOut struct{ Body paymentOut }

func (m *Module) apiRoutes(a *web.API) {
	web.Handle(a, web.Op{Method: http.MethodGet, Path: "/payments", ID: "listPayments", Summary: "Payments, the newest first", Need: web.Need(View)}, m.apiList)
	web.Handle(a, web.Op{Method: http.MethodGet, Path: "/payments/{payment}", ID: "getPayment", Summary: "One payment", Need: web.Need(View)}, m.apiOne)
	web.Handle(a, web.Op{
		Method: http.MethodPost, Path: "/payments/{payment}/settle", ID: "settlePayment", Summary: "Record money that arrived outside a gateway", Need: web.Need(MaySettle),
	}, m.apiSettle)
	web.Handle(a, web.Op{
		Method: http.MethodPost, Path: "/payments/{payment}/capture", ID: "capturePayment", Summary: "Take what is held", Need: web.Need(MaySettle),
	}, m.apiCapture)
	web.Handle(a, web.Op{
		Method: http.MethodPost, Path: "/payments/{payment}/refund", ID: "refundPayment", Summary: "Give money back", Need: web.Need(MayRefund),
	}, m.apiRefund)
}

func out(p Listed) paymentOut {
	return paymentOut{p.ID, p.Reference, p.Method, p.Status, p.Amount, p.Captured, p.Refunded, p.Disputed, p.Lost, p.OpenedAt}
}

type listIn struct {
	Search string `query:"q" doc:"Part of a reference or e-mail address"`
	Status string `query:"status"`
	Method string `query:"method"`
	After  string `query:"after" doc:"The next value of the page before"`
	Limit  int    `query:"limit" minimum:"0" maximum:"100"`
}

func (m *Module) apiList(ctx context.Context, as web.Store, in *listIn) (*listOut, error) {
	w := Wanted{Text: in.Search, Status: paymentsapi.Status(in.Status), Method: in.Method}
	found, err := m.Payments(ctx, as.In, w, page.Request{After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	o := &listOut{}
	o.Body.Items, o.Body.Next = page.Map(found, out).Items, found.Next
	return o, nil
}

type oneIn struct {
	Payment string `path:"payment"`
}

func (m *Module) apiOne(ctx context.Context, as web.Store, in *oneIn) (*oneOut, error) {
	return m.apiRead(ctx, as, in.Payment)
}

func (m *Module) apiRead(ctx context.Context, as web.Store, number string) (*oneOut, error) {
	id, err := parsePayment(number)
	if err != nil {
		return nil, err
	}
	d, err := m.Detail(ctx, as.In, id)
	return &oneOut{out(d.Listed)}, err
}

type settleIn struct {
	oneIn
	Body struct {
		Note string `json:"note" maxLength:"200" example:"Statement 12/2026"`
	}
}

func (m *Module) apiSettle(ctx context.Context, as web.Store, in *settleIn) (*oneOut, error) {
	id, err := parsePayment(in.Payment)
	if err != nil {
		return nil, err
	}
	if err := m.SettleAs(ctx, as.In, auth.UserActor(as.User), id, in.Body.Note); err != nil {
		return nil, err
	}
	return m.apiRead(ctx, as, in.Payment)
}

func (m *Module) apiCapture(ctx context.Context, as web.Store, in *oneIn) (*oneOut, error) {
	id, err := parsePayment(in.Payment)
	if err != nil {
		return nil, err
	}
	if err := m.CaptureAs(ctx, as.In, auth.UserActor(as.User), id); err != nil {
		return nil, err
	}
	return m.apiRead(ctx, as, in.Payment)
}

type refundIn struct {
	oneIn
	Body struct {
		Amount money.Amount `json:"amount"`
		Reason string       `json:"reason" maxLength:"200" example:"Returned"`
	}
}

func (m *Module) apiRefund(ctx context.Context, as web.Store, in *refundIn) (*oneOut, error) {
	id, err := parsePayment(in.Payment)
	if err != nil {
		return nil, err
	}
	r := Return{Payment: id, Amount: in.Body.Amount, Reason: in.Body.Reason}
	if err := m.RefundAs(ctx, as.In, auth.UserActor(as.User), r); err != nil {
		return nil, err
	}
	return m.apiRead(ctx, as, in.Payment)
}
