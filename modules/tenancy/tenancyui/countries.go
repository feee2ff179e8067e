package tenancyui

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// countryOptions are the countries to choose from, with the one that is chosen.
func countryOptions(ctx context.Context, chosen string) []ui.Option {
	out := []ui.Option{}
	if chosen == "" {
		out = append(out, ui.Option{Label: "–"})
	}
	for _, c := range i18n.Countries(ui.Words(ctx).Lang(), chosen) {
		out = append(out, ui.Option{Value: c.Code, Label: c.Name})
	}
	return out
}
