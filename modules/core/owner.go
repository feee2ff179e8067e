package core

import (
	"strconv"

	"orion/kit/module"
	"orion/kit/tenant"
)

// Owner is whose settings are meant: a platform's, a merchant's or a store's.
type Owner struct {
	Level module.Level
	ID    int64
	above []Owner // from whom it inherits, highest first
}

// OfPlatform are the settings that all stores of a platform inherit.
func OfPlatform(p tenant.PlatformID) Owner { return Owner{Level: module.AtPlatform, ID: int64(p)} }

// OfProgram are the settings that are nobody's but the operator's: those of
// internal modules. They stand with the platform that is none, so that such a
// module reads them without a store.
func OfProgram() Owner { return OfPlatform(0) }

// OfMerchant are the settings that the stores of a merchant inherit.
func OfMerchant(m tenant.MerchantID, p tenant.PlatformID) Owner {
	return Owner{Level: module.AtMerchant, ID: int64(m), above: []Owner{OfPlatform(p)}}
}

// OfStore are a store's own settings.
func OfStore(in tenant.Store) Owner {
	return Owner{Level: module.AtStore, ID: int64(in.ID()), above: []Owner{OfPlatform(in.Platform()), OfMerchant(in.Merchant(), 0)}}
}

// place is where a secret is kept, to which it is sealed.
func (o Owner) place(code, name string) string {
	return string(o.Level) + " " + strconv.FormatInt(o.ID, 10) + " " + code + " " + name
}

// key names an owner's settings of one module in memory.
type key struct {
	level  module.Level
	id     int64
	module string
}

func (o Owner) key(code string) key { return key{o.Level, o.ID, code} }
