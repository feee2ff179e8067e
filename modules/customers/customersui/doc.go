// Package customersui has the pages of customers: how shoppers come in and keep
// their account, and what staff see of them.
package customersui

import (
	"context"

	"orion/kit/ui"
	"orion/modules/customers/customersapi"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

// Address is a postal address with the name of its country.
type Address struct {
	customersapi.Address
	CountryName string
}

func (a Address) lines() []string {
	var out []string
	for _, s := range []string{a.Name, a.Company, a.Line1, a.Line2, a.Postal + " " + a.City, a.CountryName, a.Phone} {
		if s != "" && s != " " {
			out = append(out, s)
		}
	}
	return out
}
