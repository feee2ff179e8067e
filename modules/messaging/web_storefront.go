package messaging

import (
	"errors"
	"strings"
	"time"

	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/messaging/messagingui"
)

type shopper = *web.Ctx[web.Storefront]

// writeAccess lets nobody fill a store's inbox.
var writeAccess = web.Public.Limit(5, time.Minute)

func (m *Module) storefrontRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/contact", web.Public, m.contactPage)
	mux.Post("/contact", writeAccess, m.contactPost)
	mux.Get("/contact/sent", web.Public, m.sentPage)
	mux.Get("/contact/{token}", web.Public, m.linkPage)
	mux.Post("/contact/{token}", writeAccess, m.linkPost)
	m.newsletterRoutes(mux)
}

// letterhead is that of a store whose storefront is asked.
func letterhead(c shopper) Letterhead {
	shop := c.As.Shop
	staff := strings.TrimSuffix(c.ShopOrigin(), c.ShopURL("")) + c.StoreURL("")
	return Letterhead{
		Shop: shop.Name, Email: shop.Email, Origin: strings.TrimSuffix(c.ShopOrigin(), "/"), Staff: staff, Lang: shop.StaffLang, Footer: foot(shop),
	}
}

func foot(shop *web.Shop) string {
	return strings.Join(append(append([]string{}, shop.Address...), shop.Email, shop.Phone), "\n")
}

func (m *Module) contactPage(c shopper) error {
	v := messagingui.Contact{Name: c.As.Customer.Name, Email: c.As.Customer.Email, Order: c.Query("order"), Subject: c.Query("about")}
	return m.showContact(c, 200, v)
}

func (m *Module) showContact(c shopper, status int, v messagingui.Contact) error {
	shop := c.As.Shop
	if v.Ticket == "" {
		v.Ticket = m.NewTicket(c.As.In)
	}
	v.Shop, v.ShopEmail, v.ShopPhone, v.Address = shop.Name, shop.Email, shop.Phone, shop.Address
	return c.PageStatus(status, web.Head{
		Title: c.Words.T("messaging.contact"), Description: c.Words.T("messaging.contact_about", "shop", shop.Name), Canonical: "/contact", NoIndex: status != 200,
	}, messagingui.ContactPage(v))
}

func (m *Module) contactPost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	n := Note{Customer: c.As.Customer.ID, Lang: c.Words.Lang()}
	n.Name, n.Email = f.Required("name"), f.Email("email")
	n.Subject, n.Order, n.Body = f.Required("subject"), f.Text("order"), f.Raw("body")
	if f.Trapped() {
		return c.Redirect("/contact/sent") // a program; it learns nothing
	}
	n.Ticket = m.admit(c, f, "body")
	if f.OK() {
		_, err = m.Contact(c.Context(), c.As.In, n, letterhead(c))
		if err == nil {
			return c.Redirect("/contact/sent")
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return m.showContact(c, 422, messagingui.Contact{State: f.State(), Ticket: m.same(c, f)})
}

// same is the ticket of a form that is shown again: who was too quick does not
// wait anew.
func (m *Module) same(c shopper, f *form.Form) string {
	if _, err := m.Admit(c.As.In, f.Raw("ticket")); errors.Is(err, errOldForm) {
		return m.NewTicket(c.As.In)
	}
	return f.Raw("ticket")
}

// admit notes beside a field what is wrong with the time of a form.
func (m *Module) admit(c shopper, f *form.Form, field string) Ticket {
	t, err := m.Admit(c.As.In, f.Raw("ticket"))
	switch {
	case errors.Is(err, errTooQuick):
		f.Fail(field, errTooQuick.Code)
	case err != nil:
		f.Fail(field, errOldForm.Code)
	}
	return t
}

func (m *Module) sentPage(c shopper) error {
	return c.Page(web.Head{Title: c.Words.T("messaging.sent_title"), NoIndex: true}, messagingui.SentPage(messagingui.Sent{Shop: c.As.Shop.Name}))
}

func (m *Module) linkPage(c shopper) error {
	return m.showLink(c, 200, messagingui.Linked{Ticket: m.NewTicket(c.As.In)})
}

func (m *Module) showLink(c shopper, status int, v messagingui.Linked) error {
	talk, err := m.Linked(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	v.Path, v.Subject, v.Said = "/contact/"+c.Param("token"), talk.Subject, said(c.Words, talk, c.As.Shop.Name)
	v.Closed, v.Full = talk.State == Closed, talk.Messages >= maxMessages
	return c.PageStatus(status, web.Head{Title: talk.Subject, NoIndex: true}, messagingui.LinkedPage(v))
}

func (m *Module) linkPost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if _, err := m.Linked(c.Context(), c.As.In, c.Param("token")); err != nil {
		return err
	}
	back := "/contact/" + c.Param("token")
	if f.Trapped() {
		return c.Redirect(back)
	}
	r := Reply{Token: c.Param("token"), Body: f.Raw("body"), Ticket: m.admit(c, f, "body")}
	if f.OK() {
		if err = m.GoOn(c.Context(), c.As.In, r, letterhead(c)); err == nil {
			c.Flash("ok", "messaging.sent_title")
			return c.Redirect(back)
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return m.showLink(c, 422, messagingui.Linked{State: f.State(), Ticket: m.same(c, f)})
}
