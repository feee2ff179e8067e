package paymentsui

import (
	"context"

	"orion/kit/ui"
)

// reason is a stable code in words, or what somebody wrote.
func reason(ctx context.Context, code string) string {
	if w := ui.Words(ctx); code != "" && w.Has("payments.reason."+code) {
		return w.T("payments.reason." + code)
	}
	return code
}

func (v List) chips(ctx context.Context) []ui.Chip {
	label := ui.Words(ctx).T("payments.method")
	for _, o := range v.Methods {
		if o.Value == v.Method {
			return []ui.Chip{{Label: label, Value: o.Label, Remove: v.With("method", "")}}
		}
	}
	return []ui.Chip{{Label: label, Options: v.Methods, Href: func(code string) string { return v.With("method", code) }}}
}
