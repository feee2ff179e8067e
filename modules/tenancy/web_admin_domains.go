package tenancy

import (
	"context"
	"slices"

	"orion/kit/web"
	"orion/kit/web/form"
)

func (m *Module) joinStore(c *web.Ctx[web.Admin]) error {
	return m.onStore(c, func(ctx context.Context, s StoreRow, f *form.Form) error {
		chosen := readPlatforms(f, "platform")
		if len(chosen) != 1 {
			return errInvalid.Field("platform", "form.choose")
		}
		return m.Change(ctx, c.Actor(), func(ctx context.Context, ch *Change) error {
			return ch.JoinPlatform(ctx, reachOf(c), s.ID, chosen[0], f.Text("subdomain"))
		})
	})
}

func (m *Module) addDomain(c *web.Ctx[web.Admin]) error {
	return m.onStore(c, func(ctx context.Context, s StoreRow, f *form.Form) error {
		return m.Change(ctx, c.Actor(), func(ctx context.Context, ch *Change) error {
			d := Domain{Domain: f.Text("domain"), Store: s.ID}
			if shop := m.FirstShop(s.ID); shop != nil {
				d.Platform = shop.Platform
			}
			_, err := ch.AddDomain(ctx, d)
			return err
		})
	})
}

func (m *Module) verifyDomain(c *web.Ctx[web.Admin]) error {
	return m.onDomain(c, func(ctx context.Context, name string) error { return m.VerifyDomain(ctx, c.Actor(), name) })
}

func (m *Module) removeDomain(c *web.Ctx[web.Admin]) error {
	return m.onDomain(c, func(ctx context.Context, name string) error {
		return m.Change(ctx, c.Actor(), func(ctx context.Context, ch *Change) error { return ch.RemoveDomain(ctx, name) })
	})
}

// onDomain acts on a domain of the store in the address, and on no other.
func (m *Module) onDomain(c *web.Ctx[web.Admin], act func(ctx context.Context, name string) error) error {
	return m.onStore(c, func(ctx context.Context, s StoreRow, f *form.Form) error {
		have, err := m.StoreDomains(ctx, reachOf(c), s.ID)
		if err != nil {
			return err
		}
		name := f.Text("domain")
		if !slices.ContainsFunc(have, func(d Domain) bool { return d.Domain == name }) {
			return errUnknown
		}
		return act(ctx, name)
	})
}

// onStore does something small to a store and leads back to its page.
func (m *Module) onStore(c *web.Ctx[web.Admin], act func(ctx context.Context, s StoreRow, f *form.Form) error) error {
	s, err := m.storeOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := act(c.Context(), s, f); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.storePage(c, 422, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/stores/" + s.ID.String())
}
