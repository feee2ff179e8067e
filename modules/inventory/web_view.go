package inventory

import (
	"orion/kit/id"
	"orion/kit/ui"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryui"
)

func parseVariant(s string) (catalogapi.VariantID, error) {
	var v catalogapi.VariantID
	if err := v.UnmarshalText([]byte(s)); err != nil || v.IsZero() {
		return 0, errNotKept
	}
	return v, nil
}

// parseLocation reads a location's public identifier; empty is none.
func parseLocation(s string) (LocationID, error) {
	if s == "" {
		return 0, nil
	}
	l, err := id.Parse[locationKind](s)
	if err != nil {
		return 0, errNoLocation
	}
	return l, nil
}

func named(r catalogapi.Reference) string {
	switch {
	case r.Title == "":
		return r.Variant.String()
	case r.Options == "":
		return r.Title
	}
	return r.Title + ", " + r.Options
}

func rowView(r Row) inventoryui.Row {
	return inventoryui.Row{
		Variant: r.Variant.String(), Location: r.Location.String(), LocationName: r.Name, Bin: r.Bin, Title: named(r.Ref), SKU: r.Ref.SKU,
		OnHand: r.OnHand, Reserved: r.Reserved, Free: r.Free(), LowAt: r.LowAt, Low: r.Low(),
	}
}

func choices(places []Location) []ui.Option {
	var out []ui.Option
	for _, l := range places {
		if l.Active {
			out = append(out, ui.Option{Value: l.ID.String(), Label: l.Name})
		}
	}
	return out
}
