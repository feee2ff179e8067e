package layout

import (
	"context"

	"orion/kit/ui"
)

// t is the word of a key on this page.
func t(ctx context.Context, key string) string { return ui.Words(ctx).T(key) }

func (v StaffPage) title() string {
	if v.Brand.Name == "" {
		return v.Title
	}
	return v.Title + " · " + v.Brand.Name
}

func (b Brand) href() string {
	if b.Href == "" {
		return "/"
	}
	return b.Href
}

// value is what the form sends; the scheme of the device has a name there.
func (s Scheme) value() string {
	if s == System {
		return "system"
	}
	return string(s)
}

func noticeLabel(ctx context.Context, unread int) string {
	if unread == 0 {
		return t(ctx, "ui.notifications")
	}
	return ui.Words(ctx).N("ui.unread", unread)
}

func wishLabel(ctx context.Context, n int) string { return ui.Words(ctx).N("ui.wishes", n) }

func cartLabel(ctx context.Context, n int) string { return ui.Words(ctx).N("ui.cart_items", n) }
