package demo

import (
	"context"
	"fmt"
	"strings"

	"orion/app/demo/content"
	"orion/kit/auth"
	"orion/kit/money"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

// themes are the content's looks as the presets of kit/ui have them.
var themes = map[string]string{"linen": "atelier", "harbour": "studio", "ink": "almanac", "play": "market"}

// directory makes platforms, merchants and stores.
func (f *filling) directory(ctx context.Context) error {
	err := f.Tenancy.Change(ctx, f.by, func(ctx context.Context, c *tenancy.Change) error {
		for _, p := range f.demo.Platforms {
			id, err := c.CreatePlatform(ctx, tenancy.NewPlatform{Code: p.Code, Name: p.Name, Tagline: p.Tagline, Lang: p.Lang})
			if err != nil {
				return fmt.Errorf("platform %s: %w", p.Code, err)
			}
			f.platforms[p.Code] = id
		}
		for _, m := range f.demo.Merchants {
			if err := f.merchant(ctx, c, m); err != nil {
				return fmt.Errorf("merchant %s: %w", m.Code, err)
			}
		}
		for _, s := range f.demo.Stores {
			if err := f.store(ctx, c, s); err != nil {
				return fmt.Errorf("store %s: %w", s.Code, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range f.demo.Stores {
		shop := f.Tenancy.ShopByCode(s.Code)
		if shop == nil {
			return fmt.Errorf("store %s is not in the directory", s.Code)
		}
		f.stores[s.Code] = &stock{content: s, shop: shop, in: f.Scope(shop)}
	}
	f.told("platforms, merchants and stores")
	return nil
}

func (f *filling) merchant(ctx context.Context, c *tenancy.Change, m content.Merchant) error {
	id, err := c.CreateMerchant(ctx, tenancy.NewMerchant{SignedWith: f.platforms[m.Platform], MerchantEdit: tenancy.MerchantEdit{
		Name: m.Name, Email: m.Email, Phone: m.Phone, VATNumber: m.VAT, TradeNumber: m.RCS, IBAN: m.IBAN,
		Country: m.Address.Country, Address: lines(m.Address), Active: true,
	}})
	f.merchants[m.Code] = id
	return err
}

func (f *filling) store(ctx context.Context, c *tenancy.Change, s content.Store) error {
	var on []tenant.PlatformID
	for _, p := range s.Platforms {
		on = append(on, f.platforms[p])
	}
	_, err := c.CreateStore(ctx, tenancy.Everywhere, tenancy.NewStore{
		Merchant: f.merchants[s.Merchant], Code: s.Code, Currency: money.Currency(s.Currency), Platforms: on,
		Profile: tenancy.Profile{
			Name: s.Name, Lang: s.Lang, Langs: s.Langs, StaffLang: s.Lang, Country: s.Address.Country,
			Email: s.Email, Phone: s.Phone, Address: lines(s.Address), Theme: themes[s.Theme], Status: "open",
			HeroImage: f.picture(s.Hero).Text(),
			Texts: tenancy.Texts{
				Tagline: s.Tagline, Hero: s.Headline, HeroText: s.Lead, About: s.About, Announcement: s.Announcement,
			},
		},
	})
	return err
}

// picture is a drawn picture as it is served, or none.
func (f *filling) picture(key string) picture.Ready {
	drawn, ok := f.pictures[key]
	if !ok {
		return picture.Ready{}
	}
	out := picture.Ready{Key: Prefix + key + ".webp", Width: drawn.Width, Height: drawn.Height}
	if drawn.JPEG != "" {
		out.Key, out.WebP = Prefix+key+".jpg", true
	}
	for _, file := range drawn.Files[:len(drawn.Files)-1] {
		out.Widths = append(out.Widths, file.Width)
	}
	return out
}

func lines(a content.Address) []string {
	return []string{a.Street, strings.TrimSpace(a.Zip + " " + a.City)}
}

var roles = map[string]auth.Role{
	"super-admin": auth.SuperAdmin, "platform-admin": auth.PlatformAdmin,
	"merchant-owner": auth.MerchantOwner, "store-member": auth.StoreMember,
}

// team makes the users of every role.
func (f *filling) team(ctx context.Context) error {
	err := f.Tenancy.Change(ctx, f.by, func(ctx context.Context, c *tenancy.Change) error {
		for _, s := range f.demo.Staff {
			if err := f.member(ctx, c, s); err != nil {
				return fmt.Errorf("user %s: %w", s.Email, err)
			}
		}
		return nil
	})
	f.told("users")
	return err
}

func (f *filling) member(ctx context.Context, c *tenancy.Change, s content.Staff) error {
	n := tenancy.NewUser{Email: s.Email, Name: s.Name, Role: roles[s.Role], Lang: s.Lang, Password: tenancy.PasswordHash(f.hash)}
	if n.Role == auth.PlatformAdmin {
		n.Platforms = []tenant.PlatformID{f.platforms[s.Platform]}
	}
	id, err := c.CreateUser(ctx, n)
	if err != nil {
		return err
	}
	switch n.Role {
	case auth.MerchantOwner:
		return f.own(ctx, c, s.Merchant, id)
	case auth.StoreMember:
		return c.Hire(ctx, f.stores[s.Store].shop.ID, id, s.StoreRole)
	}
	return nil
}

func (f *filling) own(ctx context.Context, c *tenancy.Change, code string, owner auth.UserID) error {
	for _, m := range f.demo.Merchants {
		if m.Code != code {
			continue
		}
		return c.EditMerchant(ctx, tenancy.Everywhere, f.merchants[code], tenancy.MerchantEdit{
			Name: m.Name, Owner: owner, Email: m.Email, Phone: m.Phone, VATNumber: m.VAT, TradeNumber: m.RCS, IBAN: m.IBAN,
			Country: m.Address.Country, Address: lines(m.Address), Active: true,
		})
	}
	return fmt.Errorf("no merchant %s", code)
}
