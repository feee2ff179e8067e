package customers

import (
	"context"
	"net/http"
	"time"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customersui"
)

func (m *Module) accountPages(mux *web.Mux[web.Storefront]) {
	mux.Get("/account", web.SignedIn, m.overviewPage)
	mux.Get("/account/profile", web.SignedIn, m.profilePage)
	mux.Post("/account/profile", web.SignedIn, m.profile)
	mux.Post("/account/password", web.SignedIn.Limit(10, time.Minute), m.password)
	mux.Get("/account/export", web.SignedIn, m.exportFile)
	mux.Get("/account/delete", web.SignedIn, m.leavePage)
	mux.Post("/account/delete", web.SignedIn.Limit(10, time.Minute), m.leave)
	mux.Get("/account/addresses", web.SignedIn, m.addressesPage)
	mux.Get("/account/addresses/new", web.SignedIn, m.addressPage)
	mux.Post("/account/addresses/new", web.SignedIn, m.saveAddress)
	mux.Get("/account/addresses/{id}", web.SignedIn, m.addressPage)
	mux.Post("/account/addresses/{id}", web.SignedIn, m.saveAddress)
	mux.Post("/account/addresses/{id}/default", web.SignedIn, m.preferAddress)
	mux.Post("/account/addresses/{id}/remove", web.SignedIn, m.removeAddress)
}

func viewed(c *shopCtx) customersapi.Viewed {
	return customersapi.Viewed{In: c.As.In, Customer: c.As.Customer.ID}
}

func (m *Module) account(c *shopCtx, title, active string) customersui.Account {
	return customersui.Account{Title: title, Active: active, Links: collect(c.Context(), m, customersapi.AccountMenu, viewed(c))}
}

// Menu implements customersapi.Accounts.
func (m *Module) Menu(ctx context.Context, v customersapi.Viewed, path string) customersapi.Section {
	return customersui.Account{Active: path, Links: collect(ctx, m, customersapi.AccountMenu, v)}.Menu()
}

func (m *Module) overviewPage(c *shopCtx) error {
	card, err := m.Card(c.Context(), c.As.In, c.As.Customer.ID)
	if err != nil {
		return err
	}
	v := customersui.Overview{
		Account: m.account(c, "customers.account", "/account"), Name: card.Name, Email: card.Email, Number: card.Label(),
		Sections: collect(c.Context(), m, customersapi.Account, viewed(c)),
	}
	if len(card.Addresses) > 0 && card.Addresses[0].Default {
		a := addressView(card.Addresses[0].Address, c.Words.Lang())
		v.Default = &a
	}
	return c.Page(head(c, "customers.account"), customersui.OverviewPage(v))
}

func (m *Module) profileView(c *shopCtx) (customersui.Profile, error) {
	who, err := m.Customer(c.Context(), c.As.In, c.As.Customer.ID)
	if err != nil {
		return customersui.Profile{}, err
	}
	v := customersui.Profile{
		Account: m.account(c, "customers.profile", "/account/profile"),
		Name:    who.Name, Email: who.Email, Phone: who.Phone, Lang: string(who.Lang), Consent: who.Consent,
	}
	for _, l := range c.Langs() {
		v.Langs = append(v.Langs, ui.Option{Value: string(l), Label: l.Name()})
	}
	if !who.ConsentAt.IsZero() {
		v.ConsentNote = c.Words.T("customers.consent_since", "date", c.Words.LongDate(who.ConsentAt))
	}
	return v, nil
}

func (m *Module) profilePage(c *shopCtx) error {
	v, err := m.profileView(c)
	if err != nil {
		return err
	}
	return c.Page(head(c, "customers.profile"), customersui.ProfilePage(v))
}

func (m *Module) profile(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	d := Details{Name: f.Text("name"), Phone: f.Text("phone"), Lang: langOf(f.Raw("lang"), c.Words.Lang()), Consent: f.Bool("consent")}
	if err := m.ChangeDetails(c.Context(), c.As.In, c.As.Customer.ID, d); err != nil {
		return m.profileAgain(c, f, err, func(v *customersui.Profile) { v.State = f.State() })
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/account/profile")
}

func (m *Module) profileAgain(c *shopCtx, f *form.Form, err error, put func(*customersui.Profile)) error {
	if !f.Take(err) {
		return err
	}
	v, err := m.profileView(c)
	if err != nil {
		return err
	}
	put(&v)
	return c.PageStatus(422, head(c, "customers.profile"), customersui.ProfilePage(v))
}

func (m *Module) password(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	change := PasswordChange{Old: f.Raw("old"), New: f.Raw("password")}
	token, err := m.ChangePassword(c.Context(), c.As.In, c.As.Customer.ID, change, letterhead(c))
	if err != nil {
		return m.profileAgain(c, f, err, func(v *customersui.Profile) { v.Password = f.State() })
	}
	c.SignIn(token, m.need.Kit.Sessions.Age())
	c.Flash("ok", "customers.password_changed")
	return c.Redirect("/account/profile")
}

func (m *Module) exportFile(c *shopCtx) error {
	text, err := m.Export(c.Context(), c.As.In, c.As.Customer.ID)
	if err != nil {
		return err
	}
	_, err = c.Download(c.As.Shop.Code+"-account.json", "application/json; charset=utf-8").Write(text)
	return err
}

func (m *Module) leavePage(c *shopCtx) error {
	return c.Page(head(c, "customers.leave"), customersui.LeavePage(customersui.Leave{Account: m.account(c, "customers.leave", "/account/profile")}))
}

func (m *Module) leave(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := m.Leave(c.Context(), c.As.In, c.As.Customer.ID, f.Raw("password"), letterhead(c)); err != nil {
		// What a module has against it is the reader's to know, like a wrong password.
		if !f.Take(err) && fault.As(err).Kind != fault.Rule {
			return err
		}
		v := customersui.Leave{Account: m.account(c, "customers.leave", "/account/profile"), State: f.State()}
		v.State.Values.Del("password")
		if v.State.Fault == nil {
			v.State.Fault = fault.As(err)
		}
		return c.PageStatus(http.StatusUnprocessableEntity, head(c, "customers.leave"), customersui.LeavePage(v))
	}
	c.SignOut()
	c.Flash("ok", "customers.left")
	return c.Redirect("/")
}
