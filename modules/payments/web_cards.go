package payments

import (
	"net/http"
	"strings"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/payments/paymentsui"
)

// cardsPath is the page of a customer's saved methods.
const cardsPath = "/account/cards"

func (m *Module) cardRoutes(x *web.Mux[web.Storefront]) {
	x.Post("/pay/form/{token}/save", web.SignedIn.Limit(60, time.Minute), m.postSave)
	x.Post("/pay/form/{token}/card", web.SignedIn.Limit(30, time.Minute), m.postCard)
	x.Get(cardsPath, web.SignedIn, m.showCards)
	x.Post(cardsPath, web.SignedIn.Limit(10, time.Minute), m.postCollect)
	x.Get(cardsPath+"/{card}", web.SignedIn.Limit(60, time.Minute), m.showCollecting)
	x.Post(cardsPath+"/{card}/remove", web.SignedIn.Limit(30, time.Minute), m.postRemove)
}

// owned is the reader's payment that a page is about.
func (m *Module) ownedBy(c *shopCtx) (Owned, error) {
	id, err := m.opened(c.As.In, c.Param("token"))
	return Owned{c.As.Customer.ID, id}, err
}

// onward leads on to the gateway's own page without another question.
const onward = "?on=1"

// postSave is told by the form, before it pays, whether the card is saved; and by the
// page that leads to a gateway's own, which it goes on to.
func (m *Module) postSave(c *shopCtx) error {
	o, err := m.ownedBy(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if f.Bool("on") {
		return m.leadOn(c, o, f.Bool("save"))
	}
	if f.Bool("save") {
		err = m.Remember(c.Context(), c.As.In, o)
	} else {
		err = m.Disregard(c.Context(), c.As.In, o)
	}
	if err == nil {
		c.W.WriteHeader(http.StatusNoContent)
	}
	return err
}

// leadOn leads to the gateway's own page once it knows whether what is paid with there is
// saved. Nobody is led on who would have to believe that it is.
func (m *Module) leadOn(c *shopCtx, o Owned, save bool) error {
	r, err := m.receipt(c.Context(), c.As.In, o.Payment)
	switch {
	case err != nil:
		return err
	case save:
		err = m.Remember(c.Context(), c.As.In, o)
	case !r.attempt.SaveAt.IsZero():
		err = m.Disregard(c.Context(), c.As.In, o)
	}
	to := m.path(c.As.In, o.Payment)
	e := fault.As(err)
	switch {
	case err == nil:
		to += onward
	case e != nil && (e.Is(errNotKept) || e.Is(errNoAnswer)):
		c.Flash("bad", e.Code)
	case e == nil || !e.Is(errNoSaving): // else it is paid or over meanwhile: the page there knows
		return err
	}
	return c.Redirect(to)
}

// postCard pays with a saved card. Where its bank asks, the form shows it; where the
// gateway asks, its own page does.
func (m *Module) postCard(c *shopCtx) error {
	o, err := m.ownedBy(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	card, err := parseMethod(f.Raw("card"))
	if err != nil {
		return err
	}
	s, err := m.PayWith(c.Context(), c.As.In, o, card)
	if e := fault.As(err); e != nil && e.Is(errNoSaving) {
		return c.Redirect(m.path(c.As.In, o.Payment)) // paid or over meanwhile: the page there knows
	}
	if err != nil {
		return err
	}
	to := m.path(c.As.In, o.Payment)
	switch {
	case s.Reason == Unusable:
		c.Flash("bad", "payments.card_unusable")
	case s.Outcome == RequiresAction && s.Reason == "" && strings.HasPrefix(s.Redirect, "http"):
		to += onward
	}
	return c.Redirect(to)
}

// Unusable is the reason why a saved method is refused for what it is.
const Unusable = "card_unusable"

func (m *Module) showCards(c *shopCtx) error {
	all, err := m.Cards(c.Context(), c.As.In, c.As.Customer.ID)
	if err != nil {
		return err
	}
	v := paymentsui.Cards{Base: cardsPath, Menu: m.accountMenu(c)}
	if code, _ := m.collector(c.As.In); code != "" {
		v.Add = cardsPath
	}
	for _, one := range all {
		v.Cards = append(v.Cards, cardView(c.Words, one))
	}
	return c.Page(web.Head{Title: c.Words.T("payments.cards"), NoIndex: true}, paymentsui.CardsPage(v))
}

func (m *Module) accountMenu(c *shopCtx) customersapi.Section {
	if m.need.Accounts == nil {
		return nil
	}
	return m.need.Accounts.Menu(c.Context(), customersapi.Viewed{In: c.As.In, Customer: c.As.Customer.ID}, cardsPath)
}

func (m *Module) postCollect(c *shopCtx) error {
	id, err := m.Collect(c.Context(), c.As.In, c.As.Customer.ID)
	if e := fault.As(err); e != nil && (e.Kind == fault.Rule || e.Is(errNoAnswer)) {
		c.Flash("bad", e.Code)
		return c.Redirect(cardsPath)
	}
	if err != nil {
		return err
	}
	return c.Redirect(cardsPath + "/" + id.String())
}

// showCollecting is the page on which a card is entered without a payment, and to
// which the gateway leads back.
func (m *Module) showCollecting(c *shopCtx) error {
	id, err := parseMethod(c.Param("card"))
	if err != nil {
		return err
	}
	p, err := m.Collecting(c.Context(), c.As.In, c.As.Customer.ID, id)
	if err != nil {
		return err
	}
	if p.Done {
		c.Flash("ok", "payments.card_saved")
		return c.Redirect(cardsPath)
	}
	if !p.Open {
		c.Flash("bad", "payments.card_not_saved")
		return c.Redirect(cardsPath)
	}
	w := c.Words
	v := paymentsui.Form{
		Script: p.Script, Key: p.Key, Account: p.Account, Secret: p.Secret, Test: p.Test, Lang: string(w.Lang()), Return: c.URL(cardsPath + "/" + id.String()), Back: cardsPath,
	}
	if p.Reason != "" {
		v.Problem = declined(w, p.Reason)
	}
	c.Trusts(web.Outside{Scripts: p.Scripts, Frames: p.Frames, Calls: p.Calls})
	c.W.Header().Set("Cache-Control", "no-store")
	return c.Page(web.Head{Title: w.T("payments.add_card"), NoIndex: true, Body: "plain"}, paymentsui.CollectForm(v))
}

func (m *Module) postRemove(c *shopCtx) error {
	id, err := parseMethod(c.Param("card"))
	if err != nil {
		return err
	}
	if err := m.Remove(c.Context(), c.As.In, c.As.Customer.ID, id); err != nil {
		return err
	}
	c.Flash("ok", "payments.card_removed")
	return c.Redirect(cardsPath)
}

func (m *Module) postStaffRemove(c *ctx) error {
	id, err := parseMethod(c.Param("card"))
	if err != nil {
		return err
	}
	who, err := m.RemoveAs(c.Context(), c.As.In, c.Actor(), id)
	if err != nil {
		return err
	}
	c.Flash("ok", "payments.card_removed")
	return c.Redirect("/customers/" + who.String())
}

func parseMethod(s string) (MethodID, error) {
	var id MethodID
	if err := id.UnmarshalText([]byte(s)); err != nil || id.IsZero() {
		return 0, errNoCard
	}
	return id, nil
}

var brands = map[string]string{
	"visa": "Visa", "mastercard": "Mastercard", "amex": "American Express", "cartes_bancaires": "Cartes Bancaires", "diners": "Diners Club",
	"discover": "Discover", "jcb": "JCB", "unionpay": "UnionPay", "link": "Link", PayPal: "PayPal",
}

func cardView(w i18n.Words, c Card) paymentsui.Card {
	v := paymentsui.Card{ID: c.ID.String(), Name: brands[c.Brand], Ended: c.Ended, Usable: c.Usable, At: c.AgreedAt}
	if v.Name == "" {
		v.Name = w.T("payments.card")
	}
	if c.Last4 != "" {
		v.Name += " •••• " + c.Last4
	}
	if c.Account != "" {
		v.Name += " · " + c.Account
	}
	if c.ExpYear > 0 {
		v.Until = time.Date(int(c.ExpYear), time.Month(c.ExpMonth), 1, 0, 0, 0, 0, time.UTC).Format("01/06")
	}
	return v
}
