package customers

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web/form"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customersui"
)

func addressView(a customersapi.Address, l i18n.Lang) customersui.Address {
	return customersui.Address{Address: a, CountryName: countryName(a.Country, l)}
}

func addressRows(all []Saved, l i18n.Lang) []customersui.AddressRow {
	out := make([]customersui.AddressRow, len(all))
	for i, a := range all {
		out[i] = customersui.AddressRow{Address: addressView(a.Address, l), ID: a.ID.String(), Default: a.Default}
	}
	return out
}

func (m *Module) addressesPage(c *shopCtx) error {
	all, err := m.SavedAddresses(c.Context(), c.As.In, c.As.Customer.ID)
	if err != nil {
		return err
	}
	return c.Page(head(c, "customers.addresses"), customersui.AddressesPage(customersui.Addresses{
		Account: m.account(c, "customers.addresses", "/account/addresses"), Rows: addressRows(all, c.Words.Lang()),
	}))
}

// addressForm is the form of the address in the path, or of a new one.
func (m *Module) addressForm(c *shopCtx) (customersui.AddressForm, error) {
	v := customersui.AddressForm{
		Account:   m.account(c, "customers.add_address", "/account/addresses"),
		Countries: countryOptions(c.Words.Lang()),
		Address:   customersapi.Address{Name: c.As.Customer.Name, Country: c.As.Shop.Country},
	}
	if c.Param("id") == "" {
		return v, nil
	}
	aid, err := parseAddress(c.Param("id"))
	if err != nil {
		return v, err
	}
	all, err := m.SavedAddresses(c.Context(), c.As.In, c.As.Customer.ID)
	if err != nil {
		return v, err
	}
	at := slices.IndexFunc(all, func(a Saved) bool { return a.ID == aid })
	if at < 0 {
		return v, errUnknown
	}
	v.Account.Title, v.ID, v.Address, v.Default = "customers.edit_address", aid.String(), all[at].Address, all[at].Default
	return v, nil
}

func (m *Module) addressPage(c *shopCtx) error {
	v, err := m.addressForm(c)
	if err != nil {
		return err
	}
	return c.Page(head(c, v.Account.Title), customersui.AddressPage(v))
}

func (m *Module) saveAddress(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	a := Saved{Address: addressOf(f), Default: f.Bool("default")}
	if c.Param("id") != "" {
		if a.ID, err = parseAddress(c.Param("id")); err != nil {
			return err
		}
	}
	if _, err := m.SaveAddress(c.Context(), c.As.In, c.As.Customer.ID, a); err != nil {
		if !f.Take(err) {
			return err
		}
		v, err := m.addressForm(c)
		if err != nil {
			return err
		}
		v.State = f.State()
		return c.PageStatus(422, head(c, v.Account.Title), customersui.AddressPage(v))
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/account/addresses")
}

func addressOf(f *form.Form) customersapi.Address {
	return customersapi.Address{
		Name: f.Text("name"), Company: f.Text("company"), Line1: f.Text("line1"), Line2: f.Text("line2"),
		Postal: f.Text("postal"), City: f.Text("city"), Country: f.Text("country"), Phone: f.Text("phone"),
	}
}

func (m *Module) preferAddress(c *shopCtx) error {
	aid, err := parseAddress(c.Param("id"))
	if err != nil {
		return err
	}
	if err := m.PreferAddress(c.Context(), c.As.In, c.As.Customer.ID, aid); err != nil {
		return err
	}
	return c.Redirect("/account/addresses")
}

func (m *Module) removeAddress(c *shopCtx) error {
	aid, err := parseAddress(c.Param("id"))
	if err != nil {
		return err
	}
	if err := m.RemoveAddress(c.Context(), c.As.In, c.As.Customer.ID, aid); err != nil {
		return err
	}
	c.Flash("ok", "customers.address_removed")
	return c.Redirect("/account/addresses")
}

// countries are those that parcels from Europe go to most; others can be typed
// on the checkout of a store that delivers there.
var countries = strings.Fields("AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FO FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM TR UA VA AU BR CA CN HK IL IN JP KR MA MX NZ SG TN TW US ZA")

func countryName(code string, l i18n.Lang) string { return i18n.CountryName(code, l) }

func countryOptions(l i18n.Lang) []ui.Option {
	out := make([]ui.Option, len(countries))
	for i, c := range countries {
		out[i] = ui.Option{Value: c, Label: countryName(c, l)}
	}
	order := collate.New(language.Make(string(l)))
	slices.SortFunc(out, func(a, b ui.Option) int { return order.CompareString(a.Label, b.Label) })
	return out
}
