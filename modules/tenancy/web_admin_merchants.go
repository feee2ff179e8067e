package tenancy

import (
	"context"
	"strings"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) adminMerchantRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/merchants", web.Need(PermViewStores), m.merchantsPage)
	mux.Get("/merchants/new", web.Need(PermManageMerchants), func(c *web.Ctx[web.Admin]) error {
		return m.merchantForm(c, 200, MerchantRow{}, ui.Form{})
	})
	mux.Post("/merchants", web.Need(PermManageMerchants), m.createMerchant)
	mux.Get("/merchants/{merchant}", web.Need(PermViewStores), m.merchantPage)
	mux.Get("/merchants/{merchant}/edit", web.Need(PermManageMerchants), func(c *web.Ctx[web.Admin]) error {
		r, err := m.merchantOf(c)
		if err != nil {
			return err
		}
		return m.merchantForm(c, 200, r, ui.Form{})
	})
	mux.Post("/merchants/{merchant}", web.Need(PermManageMerchants), m.editMerchant)
}

func merchantRow(r MerchantRow) tenancyui.MerchantRow {
	return tenancyui.MerchantRow{ID: r.ID.String(), Name: r.Name, Email: r.Email, Owner: r.OwnerName, Active: r.Active}
}

func (m *Module) merchantsPage(c *web.Ctx[web.Admin]) error {
	list, err := m.Merchants(c.Context(), reachOf(c), MerchantFilter{Query: c.Query("q"), Request: request(c)})
	if err != nil {
		return err
	}
	v := tenancyui.Merchants{Paging: ui.PagingOf("/merchants", list.Next, c.Query, "q"), Edit: c.As.Grants.Has(PermManageMerchants)}
	for _, r := range list.Items {
		v.Rows = append(v.Rows, merchantRow(r))
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.merchants"), Active: "/merchants"}, tenancyui.MerchantsPage(v))
}

func (m *Module) merchantOf(c *web.Ctx[web.Admin]) (MerchantRow, error) {
	var id tenant.MerchantID
	if id.UnmarshalText([]byte(c.Param("merchant"))) != nil {
		return MerchantRow{}, errUnknown
	}
	return m.Merchant(c.Context(), reachOf(c), id)
}

func (m *Module) merchantPage(c *web.Ctx[web.Admin]) error {
	r, err := m.merchantOf(c)
	if err != nil {
		return err
	}
	f := StoreFilter{Merchant: r.ID}
	f.Limit = 100
	stores, err := m.Stores(c.Context(), reachOf(c), f)
	if err != nil {
		return err
	}
	v := tenancyui.MerchantView{
		MerchantRow: merchantRow(r), Phone: r.Phone, VATNumber: r.VATNumber, TradeNumber: r.TradeNumber, IBAN: r.IBAN,
		Created: c.Words.Date(r.Created), OwnerEmail: r.OwnerEmail, Address: r.Address, Edit: c.As.Grants.Has(PermManageMerchants),
	}
	for _, s := range stores.Items {
		v.Stores = append(v.Stores, m.storeRow(s))
	}
	return c.Page(web.Head{Title: r.Name, Active: "/merchants"}, tenancyui.MerchantPage(v))
}

func (m *Module) merchantForm(c *web.Ctx[web.Admin], status int, r MerchantRow, state ui.Form) error {
	v := tenancyui.MerchantForm{State: state, ID: r.ID.String(), Platforms: m.platformOptions(c), Values: tenancyui.MerchantValues{
		Name: r.Name, Email: r.Email, Phone: r.Phone, VATNumber: r.VATNumber, TradeNumber: r.TradeNumber, IBAN: r.IBAN,
		Country: r.Country, Address: strings.Join(r.Address, "\n"), OwnerEmail: r.OwnerEmail, OwnerName: r.OwnerName, Active: r.Active,
	}}
	title := r.Name
	if v.ID == "" {
		title = c.Words.T("tenancy.new_merchant")
	}
	return c.PageStatus(status, web.Head{Title: title, Active: "/merchants"}, tenancyui.MerchantFormPage(v))
}

func readMerchant(f *form.Form) MerchantEdit {
	return MerchantEdit{
		Name: f.Text("name"), Email: f.Email("email"), Phone: f.Text("phone"), VATNumber: f.Text("vat_number"),
		TradeNumber: f.Text("trade_number"), IBAN: f.Text("iban"), Country: f.Text("country"), Address: readLines(f, "address"),
		Active: f.Bool("active"),
	}
}

func (m *Module) createMerchant(c *web.Ctx[web.Admin]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	n := NewMerchant{MerchantEdit: readMerchant(f)}
	if chosen := readPlatforms(f, "platform"); len(chosen) == 1 && reachOf(c).has(chosen[0]) {
		n.SignedWith = chosen[0]
	}
	return m.saveMerchant(c, f, MerchantRow{}, func(ctx context.Context, ch *Change, owner auth.UserID) (tenant.MerchantID, error) {
		n.Owner = owner
		return ch.CreateMerchant(ctx, n)
	})
}

func (m *Module) editMerchant(c *web.Ctx[web.Admin]) error {
	r, err := m.merchantOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := readMerchant(f)
	return m.saveMerchant(c, f, r, func(ctx context.Context, ch *Change, owner auth.UserID) (tenant.MerchantID, error) {
		e.Owner = owner
		return r.ID, ch.EditMerchant(ctx, reachOf(c), r.ID, e)
	})
}

// saveMerchant writes the owner and the merchant together, and shows the link
// of a new owner once.
func (m *Module) saveMerchant(c *web.Ctx[web.Admin], f *form.Form, r MerchantRow, save func(context.Context, *Change, auth.UserID) (tenant.MerchantID, error)) error {
	var id tenant.MerchantID
	var link string
	err := f.Fault("tenancy.invalid")
	if err == nil {
		err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) error {
			owner, token, err := ch.ownerOf(ctx, f.Text("owner_email"), f.Text("owner_name"))
			if err != nil {
				return err
			}
			link = token
			id, err = save(ctx, ch, owner)
			return err
		})
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.merchantForm(c, 422, r, state)
	}
	if link != "" {
		return c.Page(web.Head{Title: c.Words.T("tenancy.owner"), Active: "/merchants"}, tenancyui.LinkPage(tenancyui.LinkShown{
			Name: f.Text("owner_name"), Link: rootOf(c) + "/merchants/join?token=" + link, Back: "/merchants/" + id.String(),
		}))
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/merchants/" + id.String())
}

// rootOf is the absolute address of the host that the operator uses.
func rootOf(c *web.Ctx[web.Admin]) string { return strings.TrimSuffix(c.Origin(), c.Base()) }
