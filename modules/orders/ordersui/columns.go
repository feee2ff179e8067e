package ordersui

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"orion/kit/money"
	"orion/kit/ui"
)

type (
	translate func(key string, kv ...any) string
	price     func(money.Amount) string
)

func badges(r Row) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return badgeRow(r.Badges).Render(ctx, w)
	})
}

// historyColumns are what a customer sees of their orders.
func historyColumns(t translate, amount price) []ui.Column[Row] {
	return []ui.Column[Row]{
		{Title: t("orders.number"), Cell: func(r Row) templ.Component { return ui.Strong(r.Number) }},
		{Title: t("orders.date"), Cell: func(r Row) templ.Component { return ui.Text(r.At) }, Mute: true},
		{Title: t("orders.state"), Cell: badges},
		{Title: t("orders.total"), Cell: func(r Row) templ.Component { return ui.Text(amount(r.Total)) }, Num: true},
	}
}

// listColumns are what the staff see of orders.
func listColumns(t translate, amount price) []ui.Column[Row] {
	return []ui.Column[Row]{
		{Title: t("orders.number"), Cell: func(r Row) templ.Component { return numbered(r) }, Shrink: true},
		{Title: t("orders.date"), Cell: func(r Row) templ.Component { return ui.When{At: r.Placed, Now: r.Now} }, Mute: true, Shrink: true, Narrow: true},
		{Title: t("orders.buyer"), Cell: func(r Row) templ.Component { return ui.Text(r.Name) }, Narrow: true},
		{Title: t("orders.state"), Cell: badges},
		{Title: t("orders.delivery"), Cell: func(r Row) templ.Component { return ui.Text(r.Goes) }, Mute: true, Narrow: true},
		{Title: t("orders.pieces"), Cell: func(r Row) templ.Component { return ui.Text(strconv.FormatInt(r.Pieces, 10)) }, Num: true, Narrow: true},
		{Title: t("orders.total"), Cell: func(r Row) templ.Component { return ui.Text(amount(r.Total)) }, Num: true},
	}
}

func methodColumns(t translate) []ui.Column[MethodRow] {
	return []ui.Column[MethodRow]{
		{Title: t("orders.method_name"), Cell: func(r MethodRow) templ.Component { return ui.TwoLine(r.Name, r.Promise) }},
		{Title: t("orders.method_where"), Cell: func(r MethodRow) templ.Component { return ui.Text(r.Where) }},
		{Title: t("orders.method_price"), Cell: func(r MethodRow) templ.Component { return ui.Text(r.Price) }, Num: true},
		{Title: t("orders.state"), Cell: func(r MethodRow) templ.Component {
			if r.Active {
				return ui.Badge{Label: t("orders.method_active"), Tone: ui.OK}
			}
			return ui.Badge{Label: t("orders.method_inactive")}
		}},
	}
}

func lineColumns(t translate, amount price) []ui.Column[Line] {
	return []ui.Column[Line]{
		{Title: t("orders.item"), Cell: func(l Line) templ.Component { return ui.Thumb{Image: l.Image, Title: l.Title, Detail: l.Detail} }},
		{Title: t("orders.quantity"), Cell: func(l Line) templ.Component { return ui.Text(itoa(l.Quantity) + " × " + amount(l.Unit)) }, Num: true},
		{Title: t("orders.to_ship"), Cell: func(l Line) templ.Component { return ui.Text(itoa(l.Open)) }, Num: true, Narrow: true},
		{Title: t("orders.total"), Cell: func(l Line) templ.Component { return ui.Text(amount(l.Total)) }, Num: true},
	}
}
