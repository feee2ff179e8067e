package tenancy

import (
	"context"
	"slices"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// NewStore is what creating a store needs.
type NewStore struct {
	Merchant  tenant.MerchantID
	Code      string // part of host names; never changes
	Currency  money.Currency
	Platforms []tenant.PlatformID // the first is where it is reached by default
	Profile
}

// StoreRow is a store as the operator sees it.
type StoreRow struct {
	Store
	Active  bool // an inactive store answers nowhere
	Created time.Time
}

// StoreEdit is what the operator may change about a store.
type StoreEdit struct {
	Profile
	Active bool `json:"active"`
}

// Limits of what a store says about itself, in characters.
const (
	maxName  = 80
	maxShort = 300
	maxLong  = 4000
)

func (p Profile) tidy() Profile {
	p.Name, p.Country = strings.TrimSpace(p.Name), strings.ToUpper(strings.TrimSpace(p.Country))
	if p.Country == "" {
		p.Country = "LU"
	}
	if p.Status == "" {
		p.Status = "open"
	}
	if p.Lang != "" && !slices.Contains(p.Langs, p.Lang) {
		p.Langs = append([]i18n.Lang{p.Lang}, p.Langs...)
	}
	if p.Address == nil {
		p.Address = []string{}
	}
	return p
}

func (p Profile) check() *fault.Error {
	check := errInvalid
	switch {
	case p.Name == "":
		check = check.Field("name", "form.required")
	case len([]rune(p.Name)) > maxName:
		check = check.Field("name", "form.too_long", "max", maxName)
	}
	if !p.Lang.Valid() {
		check = check.Field("lang", "form.choose")
	}
	for _, l := range p.Langs {
		if !l.Valid() {
			check = check.Field("langs", "form.choose")
		}
	}
	if p.StaffLang != "" && !p.StaffLang.Valid() {
		check = check.Field("staff_lang", "form.choose")
	}
	if !isCountry(p.Country) {
		check = check.Field("country", "tenancy.bad_country")
	}
	if !slices.Contains([]string{"open", "maintenance", "closed"}, p.Status) {
		check = check.Field("status", "form.choose")
	}
	return p.Texts.check(check)
}

func (t Texts) check(check *fault.Error) *fault.Error {
	for _, f := range []struct {
		name  string
		text  i18n.Text
		limit int
	}{{"tagline", t.Tagline, maxShort}, {"hero", t.Hero, maxShort}, {"hero_text", t.HeroText, maxLong}, {"about", t.About, maxLong}, {"announcement", t.Announcement, maxShort}} {
		for _, l := range i18n.Langs {
			if len([]rune(f.text[l])) > f.limit {
				check = check.Field(f.name+"."+string(l), "form.too_long", "max", f.limit)
			}
		}
	}
	return check
}

// CreateStore adds a store with the preset roles and puts it on its platforms.
func (c *Change) CreateStore(ctx context.Context, r Reach, n NewStore) (tenant.StoreID, error) {
	n.Profile, n.Code = n.tidy(), strings.ToLower(strings.TrimSpace(n.Code))
	check, err := c.checkCode(ctx, n.check(), "code", n.Code)
	if err != nil {
		return 0, err
	}
	if n.Currency, err = money.ParseCurrency(string(n.Currency)); err != nil {
		check = check.Field("currency", "form.choose")
	}
	if len(n.Platforms) == 0 || slices.ContainsFunc(n.Platforms, func(p tenant.PlatformID) bool { return !r.has(p) }) {
		check = check.Field("platforms", "form.choose")
	}
	if _, err := oneMerchant(ctx, c.tx, r, n.Merchant); err != nil {
		check = check.Field("merchant", "form.choose")
	}
	if err := check.OrNil(); err != nil {
		return 0, err
	}
	if err := c.roomForStore(ctx, n.Merchant, n.Platforms[0]); err != nil {
		return 0, err
	}
	id := tenant.StoreID(c.tx.NewID())
	if err := insertStore(ctx, c.tx, id, n); err != nil {
		return 0, err
	}
	for i, p := range n.Platforms {
		if err := joinPlatform(ctx, c.tx, member{store: id, platform: p}, i); err != nil {
			return 0, err
		}
	}
	if err := insertPresets(ctx, c.tx, id); err != nil {
		return 0, err
	}
	c.touched = true
	return id, c.record(ctx, where{store: id, merchant: n.Merchant, platform: n.Platforms[0]}, tenancyapi.Entry{
		Action: "tenancy.store_created", Target: id.String(), Title: n.Name, After: n.Profile,
	})
}

// EditStore changes a store within reach.
func (c *Change) EditStore(ctx context.Context, r Reach, id tenant.StoreID, e StoreEdit) error {
	before, err := oneStore(ctx, c.tx, r, id)
	if err != nil {
		return err
	}
	e.Profile = e.tidy()
	if err := e.check().OrNil(); err != nil {
		return err
	}
	if err := updateStore(ctx, c.tx, id, e); err != nil {
		return err
	}
	c.touched = true
	return c.record(ctx, where{store: id, merchant: before.Merchant}, tenancyapi.Entry{
		Action: "tenancy.store_edited", Target: id.String(), Title: e.Name,
		Before: StoreEdit{Profile: before.Profile, Active: before.Active}, After: e,
	})
}

// JoinPlatform puts a store on a platform, under a subdomain of its own there
// when one is given.
func (c *Change) JoinPlatform(ctx context.Context, r Reach, id tenant.StoreID, p tenant.PlatformID, subdomain string) error {
	s, err := oneStore(ctx, c.tx, r, id)
	if err != nil {
		return err
	}
	if !r.has(p) {
		return errUnknown
	}
	if subdomain = strings.ToLower(strings.TrimSpace(subdomain)); subdomain != "" {
		check, err := c.checkCode(ctx, errInvalid, "subdomain", subdomain)
		if err != nil {
			return err
		}
		if err := check.OrNil(); err != nil {
			return err
		}
	}
	if err := joinPlatform(ctx, c.tx, member{store: id, platform: p, subdomain: subdomain}, 0); err != nil {
		return err
	}
	c.touched = true
	return c.record(ctx, where{store: id, merchant: s.Merchant, platform: p}, tenancyapi.Entry{
		Action: "tenancy.store_joined", Target: id.String(), Title: s.Name, After: map[string]any{"platform": p, "subdomain": subdomain},
	})
}

// EditProfile changes what a store says about itself.
func (m *Module) EditProfile(ctx context.Context, in tenant.Store, by auth.Actor, p Profile) error {
	return m.changeProfile(ctx, in, by, p, func(storeTx, Profile, *Profile) error { return nil })
}

// changeProfile writes a profile after first has looked at the one before and put
// its hand to the new one.
func (m *Module) changeProfile(ctx context.Context, in tenant.Store, by auth.Actor, p Profile, first func(tx storeTx, before Profile, p *Profile) error) error {
	p = p.tidy()
	if err := p.check().OrNil(); err != nil {
		return err
	}
	err := db.Do(ctx, m.db, in, func(tx storeTx) error {
		before, err := ownStore(ctx, tx)
		if err != nil {
			return err
		}
		if err := first(tx, before.Profile, &p); err != nil {
			return err
		}
		if err := updateOwnStore(ctx, tx, p); err != nil {
			return err
		}
		if err := touchForStore(ctx, tx); err != nil {
			return err
		}
		return m.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: "tenancy.store_edited", Target: in.ID().String(), Title: p.Name, Before: before.Profile, After: p,
		})
	})
	if err == nil {
		m.changed(ctx)
	}
	return err
}

// OwnStore is the store as its staff see it, read afresh.
func (m *Module) OwnStore(ctx context.Context, in tenant.Store) (Store, error) {
	return db.Read(ctx, m.db, in, func(tx storeTx) (Store, error) { return ownStore(ctx, tx) })
}

// StoreFilter chooses stores.
type StoreFilter struct {
	Query    string // part of the name or code
	Status   string // empty is any
	Merchant tenant.MerchantID
	page.Request
}

// Stores lists the stores within reach, by name.
func (m *Module) Stores(ctx context.Context, r Reach, f StoreFilter) (page.Page[StoreRow], error) {
	rows, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]StoreRow, error) { return listStores(ctx, tx, r, f) })
	if err != nil {
		return page.Page[StoreRow]{}, err
	}
	return page.Of(rows, f.Rows(), func(s StoreRow) []any { return []any{s.Name, int64(s.ID)} }), nil
}

// Store is a store within reach.
func (m *Module) Store(ctx context.Context, r Reach, id tenant.StoreID) (StoreRow, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (StoreRow, error) { return oneStore(ctx, tx, r, id) })
}

// StoresOf are a merchant's own stores, by name.
func (m *Module) StoresOf(ctx context.Context, in tenant.Merchant) ([]Store, error) {
	return db.Read(ctx, m.db, in, func(tx *db.Tx[tenant.Merchant]) ([]Store, error) { return storesOfMerchant(ctx, tx) })
}

// storeDetail is what the page of a store shows besides the store.
type storeDetail struct {
	platforms []member
	domains   []Domain
	team      []Colleague
}

func (m *Module) storeDetail(ctx context.Context, s StoreRow) (storeDetail, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (d storeDetail, err error) {
		if d.platforms, err = platformsOfStore(ctx, tx, s.ID); err != nil {
			return d, err
		}
		if d.domains, err = domainsOf(ctx, tx, where{store: s.ID}); err != nil {
			return d, err
		}
		d.team, err = teamOfStore(ctx, tx, s.ID)
		return d, err
	})
}
