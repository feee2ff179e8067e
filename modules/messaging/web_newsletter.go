package messaging

import (
	"strings"
	"time"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/messaging/messagingui"
)

// askAccess lets nobody send mails to others.
var askAccess = web.Public.Limit(5, time.Minute)

func (m *Module) newsletterRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/newsletter", web.Public, m.newsletterPage)
	mux.Post("/newsletter", askAccess, m.newsletterPost)
	mux.Get("/newsletter/sent", web.Public, m.askedPage)
	mux.Get("/newsletter/join/{token}", web.Public, m.confirmPage)
	mux.Post("/newsletter/join/{token}", askAccess, m.confirmPost)
	mux.Get("/newsletter/leave/{token}", web.Public, m.leavePage)
	// Programs for mail post here for many readers at once, so nobody is counted.
	mux.Post("/newsletter/leave/{token}", web.Public, m.leavePost)
}

// offers is the answer of a store that has no newsletter: there is no such page.
func (m *Module) offers(c shopper) error {
	if !m.Newsletter(c.As.In) {
		return errNoNewsletter
	}
	return nil
}

func (m *Module) wording(c shopper) string { return m.Wording(c.Words.Lang(), c.As.Shop.Name) }

func (m *Module) newsletterPage(c shopper) error {
	return m.showNewsletter(c, 200, messagingui.Newsletter{Email: c.As.Customer.Email, Ticket: m.NewTicket(c.As.In)})
}

func (m *Module) showNewsletter(c shopper, status int, v messagingui.Newsletter) error {
	if err := m.offers(c); err != nil {
		return err
	}
	v.Wording = m.wording(c)
	return c.PageStatus(status, web.Head{
		Title: c.Words.T("messaging.newsletter"), Description: c.Words.T("messaging.newsletter_text", "shop", c.As.Shop.Name),
		Canonical: "/newsletter", NoIndex: status != 200,
	}, messagingui.NewsletterPage(v))
}

func (m *Module) newsletterPost(c shopper) error {
	if err := m.offers(c); err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if f.Trapped() {
		return c.Redirect("/newsletter/sent")
	}
	w := Wish{Email: f.Email("email"), Lang: c.Words.Lang(), Source: "page", Wording: m.wording(c)}
	if f.Raw("from") == "footer" {
		w.Source = "footer"
	}
	m.admit(c, f, "email")
	if f.OK() {
		if err = m.Subscribe(c.Context(), c.As.In, w, letterhead(c)); err == nil {
			return c.Redirect("/newsletter/sent")
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return m.showNewsletter(c, 422, messagingui.Newsletter{State: f.State(), Ticket: m.same(c, f)})
}

func (m *Module) askedPage(c shopper) error {
	if err := m.offers(c); err != nil {
		return err
	}
	return c.Page(private(c, "messaging.asked_title"), messagingui.NotePage(messagingui.Note{
		Title: c.Words.T("messaging.asked_title"), Text: c.Words.T("messaging.asked_text", "shop", c.As.Shop.Name),
	}))
}

func private(c shopper, title string) web.Head {
	return web.Head{Title: c.Words.T(title), NoIndex: true}
}

func (m *Module) confirmPage(c shopper) error {
	s, err := m.Invited(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	return c.Page(private(c, "messaging.confirm_title"), messagingui.StepPage(messagingui.Step{
		Title: c.Words.T("messaging.confirm_title"), Text: m.wording(c), Email: s.Email,
		Action: "/newsletter/join/" + c.Param("token"), Label: c.Words.T("messaging.confirm"), Primary: true,
	}))
}

func (m *Module) confirmPost(c shopper) error {
	if err := m.Confirm(c.Context(), c.As.In, c.Param("token"), m.wording(c), letterhead(c)); err != nil {
		return err
	}
	return c.Page(private(c, "messaging.confirmed_title"), messagingui.NotePage(messagingui.Note{
		Title: c.Words.T("messaging.confirmed_title"), Text: c.Words.T("messaging.confirmed_text", "shop", c.As.Shop.Name),
	}))
}

func (m *Module) leavePage(c shopper) error {
	s, err := m.Leaving(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	if s.Step == Left {
		return m.showLeft(c)
	}
	return c.Page(private(c, "messaging.leave_title"), messagingui.StepPage(messagingui.Step{
		Title: c.Words.T("messaging.leave_title"), Text: c.Words.T("messaging.leave_text", "shop", c.As.Shop.Name), Email: s.Email,
		Action: "/newsletter/leave/" + c.Param("token"), Label: c.Words.T("messaging.leave"),
	}))
}

// leavePost unsubscribes with one press, or for the program that somebody reads
// mail with (RFC 8058): it has no cookies, and is not led anywhere else.
func (m *Module) leavePost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	source := "link"
	if f.Raw("List-Unsubscribe") == "One-Click" {
		source = "mail"
	}
	if err := m.Unsubscribe(c.Context(), c.As.In, c.Param("token"), source); err != nil {
		return err
	}
	return m.showLeft(c)
}

func (m *Module) showLeft(c shopper) error {
	return c.Page(private(c, "messaging.left_title"), messagingui.NotePage(messagingui.Note{
		Title: c.Words.T("messaging.left_title"), Text: c.Words.T("messaging.left_text", "shop", c.As.Shop.Name),
	}))
}

// Signup is the form at the foot of a storefront, or none.
func (m *Module) Signup(c shopper) (ui.Signup, bool) {
	if !m.Newsletter(c.As.In) {
		return ui.Signup{}, false
	}
	return ui.Signup{
		Action: "/newsletter", Ticket: m.NewTicket(c.As.In), Title: c.Words.T("messaging.newsletter"), Text: m.wording(c), Label: c.Words.T("messaging.subscribe"),
	}, true
}

// leaveAddress is where a subscriber leaves.
func leaveAddress(h Letterhead, token string) string {
	return strings.TrimSuffix(h.Origin, "/") + "/newsletter/leave/" + token
}
