package ordersui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// text is the field of a text of the method in one language.
func (v Method) text(ctx context.Context, name string, t i18n.Text) func(i18n.Lang) ui.Field {
	return func(l i18n.Lang) ui.Field {
		f := v.State.Field(ctx, name+"."+string(l), "orders.method_"+name, t[l])
		f.Required = name == "name" && l == v.Langs[0]
		return f
	}
}

// readyDays are after how many working days things can be collected, to choose from.
var readyDays = []string{"", "0", "1", "2", "3", "5"}

func readyOptions(w i18n.Words) []ui.Option {
	out := make([]ui.Option, len(readyDays))
	for i, d := range readyDays {
		out[i] = ui.Option{Value: d, Label: w.T("orders.ready_" + cmp.Or(d, "unsaid"))}
	}
	return out
}

func (v Method) countries(ctx context.Context, n int, z Zone) ui.Field {
	f := v.State.Field(ctx, zone(n, "countries"), "orders.zone_countries", "")
	f.HideLabel = true
	if v.State.Values == nil {
		f.Values = z.Countries
	}
	return f
}

// chosen are the names of a zone's countries.
func (v Method) chosen(ctx context.Context, n int, z Zone) string {
	codes := v.countries(ctx, n, z).Values
	var names []string
	for _, o := range v.Countries {
		if slices.Contains(codes, o.Value) {
			names = append(names, o.Label)
		}
	}
	if len(names) == 0 {
		return ui.Words(ctx).T("orders.zone_choose")
	}
	return strings.Join(names, ", ")
}

// more tells whether something of a zone's seldom needed fields is set, or wrong.
func (v Method) more(ctx context.Context, n int, z Zone) bool {
	if z.Postcodes != "" || z.MaxGrams != "" || z.ByWeight {
		return true
	}
	for k := range z.Rates {
		if k > 0 && z.Rates[k].Price != "" || v.State.Error(ctx, rate(n, k, "from")) != "" {
			return true
		}
	}
	return false
}

func rate(n, k int, field string) string { return zone(n, "rates."+itoa(k)+"."+field) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return ""
}
