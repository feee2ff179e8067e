package tenancy

import (
	"net"
	"strconv"
	"strings"

	"orion/kit/web"
)

// mainPlatform is the code of the platform at the base domain.
const mainPlatform = "main"

// Found is where a request arrived, as plain facts: the program mints the
// scopes.
type Found struct {
	Platform  *Platform
	Shop      *web.Shop // nil on platforms' hosts
	ShopBase  string    // prefix of storefront links
	StaffBase string    // prefix of staff links
	Audience  web.AudienceName
	Path      string // what is left inside the audience, or the whole path of the API
	API       bool
	Gone      bool // the store was deleted
}

// Resolve finds platform, store and audience by host and path, from memory.
func (m *Module) Resolve(host, path string) (Found, bool) {
	return m.directory.Load().resolve(bareHost(host), path)
}

// bareHost is a host in lower case without port and closing dot. What follows a
// colon and is no port stays, so that nobody has that host: links in mails
// repeat the whole.
func bareHost(host string) string {
	if h, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err == nil {
			host = h
		}
	}
	return strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
}

func (d *directory) resolve(host, path string) (Found, bool) {
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	if f, ok := d.domains[host]; ok {
		return d.byDomain(f, path)
	}
	if name, zone, ok := strings.Cut(host, "."); ok {
		if f, ok := d.domains[zone]; ok && f.store == 0 {
			return d.below(f, name, path)
		}
		if zone == d.base {
			return d.belowBase(name, path)
		}
	}
	if host == d.base || net.ParseIP(host) != nil {
		return d.onBase(d.main(), path)
	}
	return Found{}, false
}

// byDomain answers on a domain that somebody registered. A merchant's domain
// shows the merchant's first store.
func (d *directory) byDomain(f domainFact, path string) (Found, bool) {
	switch {
	case f.store != 0:
		return d.atStore(reach{f.store, f.platform}, path)
	case f.merchant != 0:
		if owned := d.owned[f.merchant]; len(owned) > 0 {
			return d.atStore(owned[0], path)
		}
		return d.atStore(d.gone.owned[f.merchant], path)
	}
	if p := d.byID[f.platform]; p != nil {
		return d.onPlatform(p, path)
	}
	return Found{}, false
}

// below answers on {name}.{domain of a platform or merchant}.
func (d *directory) below(f domainFact, name, path string) (Found, bool) {
	if f.merchant == 0 {
		id, ok := d.labels[label{f.platform, name}]
		if !ok {
			return Found{}, false
		}
		return d.atStore(reach{id, f.platform}, path)
	}
	for _, at := range d.owned[f.merchant] {
		if d.stores[at.store].Code == name {
			return d.atStore(at, path)
		}
	}
	id := d.codes[name]
	if s := d.stores[id]; s != nil && s.Merchant == f.merchant {
		return d.atGone(reach{id, d.gone.first[id]}, path)
	}
	return Found{}, false
}

// belowBase answers on {store}.{base domain} and {platform}.{base domain};
// creating either refuses a name that the other has.
func (d *directory) belowBase(name, path string) (Found, bool) {
	if id, ok := d.codes[name]; ok {
		at, ok := d.first[id]
		if !ok {
			at = d.gone.first[id]
		}
		return d.atStore(reach{id, at}, path)
	}
	if p, ok := d.byCode[name]; ok {
		return d.onPlatform(p, path)
	}
	return Found{}, false
}

// onPlatform answers on a host of a platform, where paths may name its storefronts, so
// that its operator's pages can show them inside.
func (d *directory) onPlatform(p *Platform, path string) (Found, bool) {
	if rest, ok := strings.CutPrefix(path, "/platforms/"); ok {
		code, rest, _ := strings.Cut(rest, "/")
		if strings.EqualFold(code, p.Code) && strings.HasPrefix(rest, "storefront/") {
			return d.onBase(p, path)
		}
	}
	return atPlatform(p, path), true
}

// onBase answers on the base domain itself, where paths may name platform and
// store, for machines without names.
func (d *directory) onBase(p *Platform, path string) (Found, bool) {
	rest, ok := strings.CutPrefix(path, "/platforms/")
	if !ok {
		return atPlatform(p, path), true
	}
	code, rest, _ := strings.Cut(rest, "/")
	named, ok := d.byCode[strings.ToLower(code)]
	if !ok {
		return Found{}, false
	}
	kind, rest, _ := strings.Cut(rest, "/")
	if kind != "storefront" && kind != "store" {
		return Found{}, false
	}
	store, rest, _ := strings.Cut(rest, "/")
	at := reach{d.codes[strings.ToLower(store)], named.ID}
	shop, ok := d.shops[at]
	if !ok {
		return d.atGone(at, "/"+rest)
	}
	prefix := "/platforms/" + code
	f := Found{
		Platform: named, Shop: shop, ShopBase: prefix + "/storefront/" + store, StaffBase: prefix + "/store/" + store,
		Audience: web.StorefrontPages, Path: "/" + rest,
	}
	if kind == "store" {
		f.Audience = web.StorePages
	}
	f.API = isAPI(f.Path)
	return f, true
}

// atStore answers on a host of a store: staff below /store, shoppers elsewhere.
func (d *directory) atStore(at reach, path string) (Found, bool) {
	shop, ok := d.shops[at]
	if !ok {
		return d.atGone(at, path)
	}
	f := Found{Platform: d.byID[at.platform], Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: path, API: isAPI(path)}
	if rest, ok := cutBase(path, "/store"); ok {
		f.Audience, f.Path = web.StorePages, rest
	}
	return f, true
}

// atGone answers on a host of a store that was deleted, to everybody alike.
func (d *directory) atGone(at reach, path string) (Found, bool) {
	shop, ok := d.gone.shops[at]
	if !ok {
		return Found{}, false
	}
	p := d.byID[at.platform]
	if p == nil {
		p = d.gone.platforms[at.platform]
	}
	return Found{Platform: p, Shop: shop, Audience: web.StorefrontPages, Path: path, API: isAPI(path), Gone: true}, true
}

// atPlatform answers on a host of a platform.
func atPlatform(p *Platform, path string) Found {
	f := Found{Platform: p, Audience: web.PlatformPages, Path: path, API: isAPI(path)}
	if rest, ok := cutBase(path, "/admin"); ok {
		f.Audience, f.Path = web.AdminPages, rest
	}
	if rest, ok := cutBase(path, "/merchants"); ok {
		f.Audience, f.Path = web.MerchantPages, rest
	}
	return f
}

func isAPI(path string) bool { return strings.HasPrefix(path, web.APIRoot+"/") }

// cutBase takes a prefix of whole segments off a path.
func cutBase(path, base string) (string, bool) {
	rest, ok := strings.CutPrefix(path, base)
	switch {
	case !ok:
		return path, false
	case rest == "":
		return "/", true
	}
	return rest, rest[0] == '/'
}
