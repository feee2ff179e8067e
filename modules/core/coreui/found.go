package coreui

import (
	"context"

	"github.com/a-h/templ"

	"orion/kit/ui"
	"orion/modules/core/coreapi"
)

func foundTable(ctx context.Context, rows []coreapi.Result) ui.Table[coreapi.Result] {
	return ui.Table[coreapi.Result]{
		Label: t(ctx, "ui.search"), Rows: rows, Href: func(r coreapi.Result) string { return r.Link },
		Columns: []ui.Column[coreapi.Result]{
			{Title: t(ctx, "ui.name"), Cell: func(r coreapi.Result) templ.Component { return ui.TwoLine(r.Title, r.Sub) }},
			{Title: t(ctx, "core.kind"), Shrink: true, Mute: true, Cell: func(r coreapi.Result) templ.Component { return ui.Text(r.Kind) }},
		},
	}
}
