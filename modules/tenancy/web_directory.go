package tenancy

import (
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/web"
)

// directory is everything that a request needs to find its tenant. It is built
// once per change and never altered, so requests share it without locks.
type directory struct {
	version   int64
	base      string
	platforms []Platform
	stores    map[tenant.StoreID]*Store
	merchants map[tenant.MerchantID]string
	byCode    map[string]*Platform // platform's code
	byID      map[tenant.PlatformID]*Platform
	shops     map[reach]*web.Shop
	first     map[tenant.StoreID]tenant.PlatformID // where a store is reached when nothing says otherwise
	labels    map[label]tenant.StoreID             // {label}.{platform-domain}
	codes     map[string]tenant.StoreID
	domains   map[string]domainFact
	hosts     map[tenant.StoreID]string     // a store's own primary domain
	zones     map[tenant.PlatformID]string  // a platform's primary domain
	owned     map[tenant.MerchantID][]reach // a merchant's stores, oldest first
	open      map[tenant.PlatformID][]*web.Shop
	families  map[tenant.MerchantID][]*web.Shop // a merchant's open stores, by name
	explicit  map[tenant.PlatformID]map[string]bool
	gone      departed
}

// departed is what was deleted and may come back: hosts answer that the store is
// closed.
type departed struct {
	platforms map[tenant.PlatformID]*Platform
	shops     map[reach]*web.Shop
	first     map[tenant.StoreID]tenant.PlatformID
	owned     map[tenant.MerchantID]reach
}

// reach is a store as seen through one of its platforms.
type reach struct {
	store    tenant.StoreID
	platform tenant.PlatformID
}

type label struct {
	platform tenant.PlatformID
	name     string
}

func newDirectory(f facts, base string) *directory {
	d := &directory{
		version:   f.version,
		base:      strings.ToLower(base),
		stores:    make(map[tenant.StoreID]*Store, len(f.stores)),
		merchants: make(map[tenant.MerchantID]string, len(f.merchants)),
		byCode:    map[string]*Platform{},
		byID:      map[tenant.PlatformID]*Platform{},
		shops:     make(map[reach]*web.Shop, len(f.members)),
		first:     make(map[tenant.StoreID]tenant.PlatformID, len(f.stores)),
		labels:    make(map[label]tenant.StoreID, len(f.members)),
		codes:     make(map[string]tenant.StoreID, len(f.stores)),
		domains:   make(map[string]domainFact, len(f.domains)),
		hosts:     map[tenant.StoreID]string{},
		zones:     map[tenant.PlatformID]string{},
		owned:     map[tenant.MerchantID][]reach{},
		open:      map[tenant.PlatformID][]*web.Shop{},
		families:  map[tenant.MerchantID][]*web.Shop{},
		explicit:  map[tenant.PlatformID]map[string]bool{},
		gone: departed{
			map[tenant.PlatformID]*Platform{}, map[reach]*web.Shop{}, map[tenant.StoreID]tenant.PlatformID{}, map[tenant.MerchantID]reach{},
		},
	}
	for i := range f.platforms {
		p := &f.platforms[i]
		if p.gone {
			d.gone.platforms[p.ID] = p
			continue
		}
		d.platforms = append(d.platforms, *p)
		d.byCode[p.Code], d.byID[p.ID] = p, p
	}
	for _, m := range f.merchants {
		d.merchants[m.id] = m.name
	}
	for i := range f.stores {
		s := &f.stores[i]
		d.stores[s.ID], d.codes[s.Code] = s, s.ID
	}
	d.addMembers(f.members)
	d.addDomains(f.domains)
	for _, m := range f.modules {
		if d.explicit[m.platform] == nil {
			d.explicit[m.platform] = map[string]bool{}
		}
		d.explicit[m.platform][m.module] = m.enabled
	}
	return d
}

func (d *directory) addMembers(members []member) {
	for _, m := range members {
		s, p := d.stores[m.store], d.byID[m.platform]
		if p == nil {
			p = d.gone.platforms[m.platform]
		}
		if s == nil || p == nil {
			continue
		}
		at := reach{m.store, m.platform}
		d.labels[label{m.platform, s.Code}] = m.store
		if m.subdomain != "" {
			d.labels[label{m.platform, m.subdomain}] = m.store
		}
		shop := newShop(s, p)
		if s.gone || p.gone {
			d.gone.add(at, shop)
			continue
		}
		d.shops[at] = shop
		if _, ok := d.first[m.store]; !ok {
			d.first[m.store] = m.platform
			d.owned[s.Merchant] = append(d.owned[s.Merchant], at)
			if shop.Status == web.StatusOpen {
				d.families[s.Merchant] = append(d.families[s.Merchant], shop)
			}
		}
		if shop.Status == web.StatusOpen {
			d.open[m.platform] = append(d.open[m.platform], shop)
		}
	}
	byName := func(a, b *web.Shop) int { return strings.Compare(a.Name, b.Name) }
	for _, shops := range d.open {
		slices.SortFunc(shops, byName)
	}
	for _, shops := range d.families {
		slices.SortFunc(shops, byName)
	}
}

// add keeps a shop that was deleted, so that its hosts answer.
func (d departed) add(at reach, shop *web.Shop) {
	shop.Status = web.StatusClosed
	d.shops[at] = shop
	if _, ok := d.first[at.store]; !ok {
		d.first[at.store] = at.platform
	}
	if _, ok := d.owned[shop.Merchant]; !ok {
		d.owned[shop.Merchant] = at
	}
}

func (d *directory) addDomains(domains []domainFact) {
	for _, f := range domains {
		d.domains[f.domain] = f
		switch {
		case f.store != 0:
			if f.primary || d.hosts[f.store] == "" {
				d.hosts[f.store] = f.domain
			}
		case f.merchant != 0:
		case f.primary || d.zones[f.platform] == "":
			d.zones[f.platform] = f.domain
		}
	}
}

func newShop(s *Store, p *Platform) *web.Shop {
	return &web.Shop{
		ID: s.ID, Merchant: s.Merchant, Platform: p.ID, PlatformCode: p.Code, PlatformName: p.Name,
		MerchantName: s.MerchantName, Code: s.Code, Name: s.Name, Tagline: s.Texts.Tagline, Hero: s.Texts.Hero,
		HeroText: s.Texts.HeroText, About: s.Texts.About, Announcement: s.Texts.Announcement, Currency: s.Currency,
		Lang: s.Lang, Langs: s.Langs, StaffLang: s.StaffLang, Country: s.Country, Email: s.Email, Phone: s.Phone,
		Address: s.Address, Theme: s.Theme, Logo: s.Logo, HeroImage: s.HeroImage, Status: web.Status(s.Status),
	}
}

// unborn stands at the base domain as long as there is no platform, so that an
// administrator can come in and create one.
var unborn = &Platform{Code: mainPlatform, Name: "Orion", Lang: i18n.En}

// main is the platform of the base domain: the one called main, else the first.
func (d *directory) main() *Platform {
	if p, ok := d.byCode[mainPlatform]; ok {
		return p
	}
	if len(d.platforms) > 0 {
		return &d.platforms[0]
	}
	return unborn
}

// address is the host under which a shop is best reached: its own domain, else
// its name below the platform's domain, else below the base domain.
func (d *directory) address(s *web.Shop) string {
	if host := d.hosts[s.ID]; host != "" && d.domains[host].platform == s.Platform {
		return host
	}
	if zone := d.zones[s.Platform]; zone != "" {
		return s.Code + "." + zone
	}
	return s.Code + "." + d.base
}
