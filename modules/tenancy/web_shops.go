package tenancy

import (
	"slices"
	"strings"

	"orion/kit/tenant"
	"orion/kit/web"
)

// Shop is what pages know about a store that is reached through a platform;
// nil when there is none.
func (m *Module) Shop(store tenant.StoreID, platform tenant.PlatformID) *web.Shop {
	return m.directory.Load().shops[reach{store, platform}]
}

// FirstShop is a store as seen through the platform that it joined first; nil
// when there is none.
func (m *Module) FirstShop(store tenant.StoreID) *web.Shop {
	d := m.directory.Load()
	return d.shops[reach{store, d.first[store]}]
}

// ShopByCode is FirstShop for the store with a code.
func (m *Module) ShopByCode(code string) *web.Shop {
	return m.FirstShop(m.directory.Load().codes[strings.ToLower(code)])
}

// Shops are all shops, each as seen through the platform that its store joined
// first, in no order.
func (m *Module) Shops() []*web.Shop {
	d := m.directory.Load()
	out := make([]*web.Shop, 0, len(d.first))
	for store, platform := range d.first {
		out = append(out, d.shops[reach{store, platform}])
	}
	return out
}

// Sample is the path, on a host, before those of the storefront of the first open store of
// a platform by its code; empty where it has none, and where the host does not have it.
func (m *Module) Sample(host string, platform tenant.PlatformID) string {
	d := m.directory.Load()
	first := ""
	for at, s := range d.shops {
		if at.platform == platform && s.Status == web.StatusOpen && (first == "" || s.Code < first) {
			first = s.Code
		}
	}
	p := d.byID[platform]
	if first == "" || p == nil {
		return ""
	}
	path := "/platforms/" + p.Code + "/storefront/" + first
	if f, ok := d.resolve(bareHost(host), path); !ok || f.ShopBase != path {
		return ""
	}
	return path
}

// Family are the open stores of a merchant by name, each as seen through the
// platform that it joined first. It is shared and must not be changed.
func (m *Module) Family(of tenant.MerchantID) []*web.Shop { return m.directory.Load().families[of] }

// StoresIn are the stores of some platforms.
func (m *Module) StoresIn(platforms []tenant.PlatformID) []tenant.StoreID {
	out := []tenant.StoreID{}
	for at := range m.directory.Load().shops {
		if slices.Contains(platforms, at.platform) && !slices.Contains(out, at.store) {
			out = append(out, at.store)
		}
	}
	return out
}

// Host is the host name under which a shop is best reached, without a port.
func (m *Module) Host(s *web.Shop) string { return m.directory.Load().address(s) }

// PlatformHost is the host of a platform's own pages.
func (m *Module) PlatformHost(p Platform) string {
	d := m.directory.Load()
	switch zone := d.zones[p.ID]; {
	case zone != "":
		return zone
	case p.Code == mainPlatform:
		return d.base
	}
	return p.Code + "." + d.base
}

// Platforms are all active platforms.
func (m *Module) Platforms() []Platform { return m.directory.Load().platforms }
