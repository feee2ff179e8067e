// Package tenancyui has the pages of tenancy: signing in, the operator's lists
// of platforms, merchants, stores and users, a store's team, roles and profile,
// the audit log, and the home page of a platform.
package tenancyui

import (
	"context"

	"github.com/a-h/templ"

	"orion/kit/ui"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

func activeBadge(ctx context.Context, on bool) ui.Badge {
	if on {
		return ui.Badge{Label: t(ctx, "tenancy.active"), Tone: ui.OK}
	}
	return ui.Badge{Label: t(ctx, "tenancy.inactive"), Tone: ui.Neutral}
}

func statusBadge(ctx context.Context, status string) ui.Badge {
	tone := map[string]ui.Tone{"open": ui.OK, "maintenance": ui.Warn}[status]
	return ui.Badge{Label: t(ctx, "tenancy.status_"+status), Tone: tone}
}

func text(s string) templ.Component { return ui.Text(s) }
