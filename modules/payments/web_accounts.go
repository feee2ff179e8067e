package payments

import (
	"net/url"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/web"
	"orion/modules/payments/paymentsui"
)

func (m *Module) accountRoutes(x *web.Mux[web.Store]) {
	x.Post(connections+"/account", web.Need(Connect).Limit(20, time.Minute), m.postAccount)
	x.Post(connections+"/account/look", web.Need(Connect).Limit(20, time.Minute), m.postLook)
	x.Get(connections+"/{gateway}/back", web.Need(Connect).Limit(30, time.Minute), m.showBack)
}

// postAccount opens the store's account under its platform's, unless it is there, and
// leads its owner on to the gateway.
func (m *Module) postAccount(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	gateway := f.Raw("gateway")
	number, err := m.OpenAccount(c.Context(), c.As.In, gateway, Founder{Actor: auth.UserActor(c.As.User), Country: c.As.Shop.Country})
	if err != nil {
		return m.accountLost(c, err)
	}
	address, err := m.InviteOwner(c.Context(), c.As.In, number, c.URL(connections+"/"+gateway+"/back"))
	if err != nil {
		return m.accountLost(c, err)
	}
	to, err := url.Parse(address)
	if err != nil || to.Scheme != "https" && to.Scheme != "http" || to.Host == "" {
		return m.accountLost(c, errNoAnswer)
	}
	v := paymentsui.Onboarding{Service: c.Words.T("payments.connection." + gateway), To: to.String(), Back: connections}
	c.W.Header().Set("Refresh", "0; url="+v.To)
	c.W.Header().Set("Cache-Control", "no-store")
	return c.Page(web.Head{Title: c.Words.T("payments.leave", "service", v.Service), Active: connections}, paymentsui.OnboardingPage(v))
}

// accountLost says why an account could not be opened or gone on with.
func (m *Module) accountLost(c *ctx, err error) error {
	if e := fault.As(err); e.Kind == fault.Rule || e.Is(errNoAnswer) {
		c.Flash("bad", e.Code)
		return c.Redirect(connections)
	}
	return err
}

// postLook asks how the account stands.
func (m *Module) postLook(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	return m.lookAgain(c, f.Raw("gateway"))
}

// showBack is where the gateway leads its owner back to: nothing is believed of that, it
// is asked.
func (m *Module) showBack(c *ctx) error { return m.lookAgain(c, c.Param("gateway")) }

func (m *Module) lookAgain(c *ctx, gateway string) error {
	a, there, err := m.accountOf(c.Context(), c.As.In, gateway)
	if err != nil {
		return err
	}
	if !there {
		return errNoListener
	}
	if err := m.LookAtAccount(c.Context(), c.As.In, a.ID); err != nil {
		return m.accountLost(c, err)
	}
	return c.Redirect(connections)
}

// accountView is how the store's account under its platform's stands; nil is where the
// platform has none, or the store has keys of its own.
func (m *Module) accountView(c *ctx, gateway string) (*paymentsui.Account, error) {
	far, ok := m.onboarder(gateway)
	if !ok || far.Umbrella(c.As.In) == "" {
		return nil, nil
	}
	a, there, err := m.accountOf(c.Context(), c.As.In, gateway)
	if err != nil {
		return nil, err
	}
	v := &paymentsui.Account{
		Gateway: gateway, Service: c.Words.T("payments.connection." + gateway), Status: "none", Open: connections + "/account", Look: connections + "/account/look", Check: connections + "/check",
	}
	if fee := m.settings.Of(c.As.In).ConnectFee; fee > 0 {
		v.Fee = c.Words.Percent(fee)
	}
	if there {
		v.Status, v.External, v.Payouts, v.Wanted, v.Stopped = string(a.Status), a.External, a.Payouts, int(a.Wanted), a.Stopped
		if !a.WantedBy.IsZero() {
			v.WantedBy = c.Words.Date(a.WantedBy)
		}
	}
	return v, nil
}
