// Package module is what a module says about itself and what the program makes
// of it: the registry, the tiers, and the order in which things start.
package module

import (
	"context"
	"io/fs"
	"log/slog"

	"orion/kit/auth"
	"orion/kit/blob"
	"orion/kit/clock"
	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/mail"
	"orion/kit/observe"
	"orion/kit/picture"
	"orion/kit/seal"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/web"
)

// Tier says whether a module can be switched off, and who sees it.
type Tier uint8

// The tiers.
const (
	Core     Tier = iota // always on
	Optional             // on or off per platform
	Internal             // for the operator only
)

// String is the tier's name in lower case.
func (t Tier) String() string {
	switch t {
	case Core:
		return "core"
	case Optional:
		return "optional"
	}
	return "internal"
}

// Kit is the framework as modules get it.
type Kit struct {
	DB       *db.DB
	Events   *event.Bus
	Slots    *slot.Hub
	Jobs     *job.Queue
	Bundle   *i18n.Bundle
	Clock    clock.Clock
	Log      *slog.Logger
	Sign     *auth.Signer
	Sessions *auth.Sessions
	Tokens   *auth.Tokens
	Mail     mail.Outbox
	Blobs    blob.Store
	Pictures *picture.Studio
	Config   config.Config
	Settings Source
	Seal     *seal.Box // encrypts the secrets of settings
	Moments  *Bus      // tells what happens to modules
	Features *Features // tells what plans allow
}

// Definition is everything that the program needs to know about a module.
type Definition struct {
	Code        string // stable; also the prefix of tables, permissions and words
	Name        string
	Description string
	Version     string // semantic
	Tier        Tier
	Requires    []string // called by us: exist, are enabled and start before us
	Observes    []string // only listened to: may be absent
	Permissions []auth.Permission
	Features    []Feature // what a subscription tier may grant or limit
	Config      Config
	Files       fs.FS // sql, migrations, locales
	Routes      web.Routes
	Menu        []MenuItem
	Cookies     []web.CookieUse // that it sets on storefronts
	Jobs        []job.Job
	Events      []event.Handler
	Fills       []slot.Filling
	Hooks       Hooks
	Health      func(context.Context) observe.Result
}

// MenuItem is an entry of a staff menu.
type MenuItem struct {
	Audience  web.AudienceName
	Section   string // translation key, or empty for the top
	Label     string // translation key
	Icon      string // of kit/ui/icon
	Path      string // inside the audience
	Order     int
	Need      auth.Permission
	Feature   string // that the plan must have; empty is none
	Mandatory bool   // cannot be hidden
	Act       bool   // something to do: found by the search and the palette, and in no menu
	Module    string
	// Count is how many things wait for somebody below the entry of a store, nil
	// counts nothing. Every page asks it, so it answers from memory.
	Count func(ctx context.Context, in tenant.Store) (int64, error)
}

// Hooks run at the moments of a module's life, each behind those of the modules
// that it requires. OnStartup and OnShutdown run on every node and get a minute
// and ten seconds; OnEnable and OnDisable run on one node, before it is written
// down, and get ten seconds. Each must be safe to repeat: one that fails, panics
// or hangs leaves the module as it was, for which its counterpart is run.
type Hooks struct {
	OnStartup  func(context.Context) error
	OnShutdown func(context.Context) error
	OnEnable   func(context.Context, Platform) error
	OnDisable  func(context.Context, Platform) error
}

// Platform is the platform for which a module is switched. Its identifier is a
// tenant.PlatformID, or zero where no platform is concerned.
type Platform struct {
	ID   int64
	Code string
	Name string
}
