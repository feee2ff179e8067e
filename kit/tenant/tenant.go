// Package tenant makes tenancy a type. Whoever holds a Store may touch that
// store's rows and no others, and only the gate gives one out, after a host,
// a token or a job was resolved.
package tenant

import "orion/kit/id"

// PlatformID names a platform, the operator's offering.
type PlatformID = id.ID[platformKind]

// MerchantID names a merchant, the legal entity that signs and pays.
type MerchantID = id.ID[merchantKind]

// StoreID names a store, one shop of a merchant.
type StoreID = id.ID[storeKind]

type (
	platformKind struct{}
	merchantKind struct{}
	storeKind    struct{}
)

// Prefix of platform identifiers.
func (platformKind) Prefix() string { return "plt" }

// Prefix of merchant identifiers.
func (merchantKind) Prefix() string { return "mer" }

// Prefix of store identifiers.
func (storeKind) Prefix() string { return "sto" }

// Platform is the scope of one platform.
type Platform struct{ id PlatformID }

// ID names the platform.
func (p Platform) ID() PlatformID { return p.id }

// Merchant is the scope of one merchant, reached through a platform.
type Merchant struct {
	id       MerchantID
	platform PlatformID
}

// ID names the merchant.
func (m Merchant) ID() MerchantID { return m.id }

// Platform is where the merchant was reached.
func (m Merchant) Platform() PlatformID { return m.platform }

// Store is the scope of one store, reached through one of its platforms.
type Store struct {
	id       StoreID
	merchant MerchantID
	platform PlatformID
}

// ID names the store.
func (s Store) ID() StoreID { return s.id }

// Merchant owns the store.
func (s Store) Merchant() MerchantID { return s.merchant }

// Platform is where the store was reached.
func (s Store) Platform() PlatformID { return s.platform }

// System is the scope of everything. Only kit, tenancy and the internal
// modules use it.
type System struct{ minted bool }

// Scope is any of the four.
type Scope interface {
	Platform | Merchant | Store | System
}

// Gate is the only mint of scopes. The program makes one; tests of data make
// their own. The zero Gate mints only scopes that open nothing.
type Gate struct{ open bool }

// NewGate may be called by app and kit/dbtest only, which kit/arch holds.
func NewGate() *Gate { return &Gate{open: true} }

// Platform mints a platform scope; a zero identifier gives a scope that opens nothing.
func (g *Gate) Platform(p PlatformID) Platform {
	if !g.open {
		return Platform{}
	}
	return Platform{id: p}
}

// Merchant mints a merchant scope, reached through p.
func (g *Gate) Merchant(m MerchantID, p PlatformID) Merchant {
	if !g.open {
		return Merchant{}
	}
	return Merchant{id: m, platform: p}
}

// Store mints a store scope, reached through p.
func (g *Gate) Store(s StoreID, m MerchantID, p PlatformID) Store {
	if !g.open {
		return Store{}
	}
	return Store{id: s, merchant: m, platform: p}
}

// System mints the scope of everything.
func (g *Gate) System() System { return System{minted: g.open} }

// Binding is what a transaction of a scope may see. A store's transaction also
// knows its merchant and platform, a merchant's its platform.
type Binding struct {
	Column   string // store_id, merchant_id, platform_id; "" for the system
	Store    int64
	Merchant int64
	Platform int64
	System   bool
	Valid    bool // false for the zero scope, which opens nothing
}

// Bind tells the binding of a scope.
func Bind[S Scope](s S) Binding {
	switch v := any(s).(type) {
	case Store:
		return Binding{Column: "store_id", Store: int64(v.id), Merchant: int64(v.merchant), Platform: int64(v.platform), Valid: v.id != 0}
	case Merchant:
		return Binding{Column: "merchant_id", Merchant: int64(v.id), Platform: int64(v.platform), Valid: v.id != 0}
	case Platform:
		return Binding{Column: "platform_id", Platform: int64(v.id), Valid: v.id != 0}
	case System:
		return Binding{System: v.minted, Valid: v.minted}
	}
	return Binding{}
}

// Column is the column that statements of scope S must use, and empty for the
// system's.
func Column[S Scope]() string {
	var s S
	return Bind(s).Column
}
