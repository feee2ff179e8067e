// Package monitoringui has the operator's pages about how the program works.
package monitoringui

import (
	"context"

	"github.com/a-h/templ"

	"orion/kit/ui"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

func text(s string) templ.Component { return ui.Text(s) }
