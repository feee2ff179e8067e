package inventory

import (
	"context"
	"net/http"
	"time"

	"orion/kit/auth"
	"orion/kit/page"
	"orion/kit/web"
)

// stockOut is a level in the REST interface.
type stockOut struct {
	Variant      string `json:"variant" example:"var_0e2q8k3m5h7ra"`
	SKU          string `json:"sku" example:"MK-CUP-01"`
	Title        string `json:"title" example:"Stoneware cup"`
	Location     string `json:"location" example:"loc_0e2q8k3m5h7rb"`
	LocationName string `json:"location_name" example:"Strassen warehouse"`
	Bin          string `json:"bin" example:"SA-10-02"`
	OnHand       int64  `json:"on_hand" example:"12"`
	Reserved     int64  `json:"reserved" example:"2"`
	Free         int64  `json:"free" example:"10"`
	Low          bool   `json:"low"`
}

// movementOut is a movement in the REST interface.
type movementOut struct {
	ID            MovementID   `json:"id"`
	Location      string       `json:"location"`
	Kind          MovementKind `json:"kind" example:"receive"`
	OnHand        int64        `json:"on_hand" doc:"The change" example:"12"`
	Reserved      int64        `json:"reserved" doc:"The change" example:"0"`
	OnHandAfter   int64        `json:"on_hand_after" example:"24"`
	ReservedAfter int64        `json:"reserved_after" example:"2"`
	Reason        string       `json:"reason" example:"Delivery note 77"`
	Cause         string       `json:"cause" example:"1048"`
	Actor         string       `json:"actor" example:"Léa Schmit"`
	At            time.Time    `json:"at"`
}

type listOut[T any] struct {
	Body struct {
		Items []T    `json:"items"`
		Next  string `json:"next,omitempty"`
	}
}

func (m *Module) apiRoutes(a *web.API) {
	web.Handle(a, web.Op{Method: http.MethodGet, Path: "/stock", ID: "listStock", Summary: "Stock by variant and location", Need: web.Need(View)}, m.apiStock)
	web.Handle(a, web.Op{
		Method: http.MethodPost, Path: "/stock/{variant}/adjust", ID: "adjustStock", Summary: "Correct how much is on hand", Need: web.Need(MayAdjust),
		Example: Level{Bin: "SA-10-02", OnHand: 12, Reserved: 2},
	}, m.apiAdjust)
	web.Handle(a, web.Op{
		Method: http.MethodGet, Path: "/stock/{variant}/movements", ID: "listStockMovements", Summary: "Everything that changed a variant's stock", Need: web.Need(View),
	}, m.apiMovements)
}

type stockIn struct {
	Search   string `query:"q" doc:"Part of a title, SKU or barcode"`
	Location string `query:"location" doc:"Only this location"`
	Low      bool   `query:"low" doc:"Only what runs low"`
	After    string `query:"after" doc:"The next value of the page before"`
	Limit    int    `query:"limit" minimum:"0" maximum:"100"`
}

func (m *Module) apiStock(ctx context.Context, as web.Store, in *stockIn) (*listOut[stockOut], error) {
	at, err := parseLocation(in.Location)
	if err != nil {
		return nil, err
	}
	q := StockQuery{Text: in.Search, Location: at, LowOnly: in.Low}
	rows, err := m.Stock(ctx, as.In, web.WordsOf(ctx).Lang(), q, page.Request{After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &listOut[stockOut]{}
	out.Body.Items, out.Body.Next = []stockOut{}, rows.Next
	for _, r := range rows.Items {
		out.Body.Items = append(out.Body.Items, stockOut{
			Variant: r.Variant.String(), SKU: r.Ref.SKU, Title: named(r.Ref), Location: r.Location.String(), LocationName: r.Name,
			Bin: r.Bin, OnHand: r.OnHand, Reserved: r.Reserved, Free: r.Free(), Low: r.Low(),
		})
	}
	return out, nil
}

type adjustIn struct {
	Variant string `path:"variant"`
	Body    struct {
		Location string `json:"location" doc:"Identifier of the location"`
		Mode     Mode   `json:"mode" enum:"by,to" doc:"by: so many more or fewer; to: as counted"`
		Quantity int64  `json:"quantity" example:"12"`
		Reason   string `json:"reason" maxLength:"200" example:"Counted"`
	}
}

type levelOut struct{ Body Level }

func (m *Module) apiAdjust(ctx context.Context, as web.Store, in *adjustIn) (*levelOut, error) {
	v, err := parseVariant(in.Variant)
	if err != nil {
		return nil, err
	}
	at, err := parseLocation(in.Body.Location)
	if err != nil {
		return nil, err
	}
	l, err := m.Adjust(ctx, as.In, auth.UserActor(as.User), Adjustment{Variant: v, Location: at, Mode: in.Body.Mode, Quantity: in.Body.Quantity, Reason: in.Body.Reason})
	return &levelOut{l}, err
}

type movementsIn struct {
	Variant string `path:"variant"`
	After   string `query:"after" doc:"The next value of the page before"`
	Limit   int    `query:"limit" minimum:"0" maximum:"100"`
}

func (m *Module) apiMovements(ctx context.Context, as web.Store, in *movementsIn) (*listOut[movementOut], error) {
	v, err := parseVariant(in.Variant)
	if err != nil {
		return nil, err
	}
	moves, err := m.History(ctx, as.In, v, page.Request{After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &listOut[movementOut]{}
	out.Body.Items, out.Body.Next = []movementOut{}, moves.Next
	for _, w := range moves.Items {
		out.Body.Items = append(out.Body.Items, movementOut{
			ID: w.ID, Location: w.Location.String(), Kind: w.Kind, OnHand: w.OnHand, Reserved: w.Reserved, OnHandAfter: w.OnHandAfter,
			ReservedAfter: w.ReservedAfter, Reason: w.Reason, Cause: w.Cause.Name, Actor: w.Actor, At: w.At,
		})
	}
	return out, nil
}
