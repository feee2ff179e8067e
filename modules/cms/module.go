// Package cms is the pages that people write: those of a platform's own site,
// those that it has for all of its stores, and those of a store. README.md has the
// meanings and invariants.
package cms

import (
	"embed"
	"io/fs"
	"net/netip"
	"time"

	"orion/kit/auth"
	"orion/kit/fetch"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/cms/cmsapi"
	"orion/modules/tenancy/tenancyapi"
)

// Code is the module's code.
const Code = "cms"

// The module's permissions.
var (
	MayView    = auth.Permit("cms.view")
	MayEdit    = auth.Permit("cms.edit")
	MayPublish = auth.Permit("cms.publish")
	MayMedia   = auth.Permit("cms.media")
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	Kit       module.Kit
	Audit     tenancyapi.Audit
	Chronicle tenancyapi.Chronicle
	// Platforms are all platforms, for the operator's pages.
	Platforms func() []Platform
	// Reach tells where files may be fetched from; nil is the public internet.
	Reach func(netip.AddrPort) error
}

// Platform is a platform whose pages the operator writes.
type Platform struct {
	In   tenant.Platform
	Code string
	Name string
	Host string // without a port
	Lang i18n.Lang
}

// Module keeps the pages of stores and platforms.
type Module struct {
	need      Needs
	publish   job.Kind[duePage]
	drawing   job.Kind[drawing]
	fetch     *fetch.Client
	Stores    *Shelf[tenant.Store]
	Platforms *Shelf[tenant.Platform]
}

// New makes the module.
func New(n Needs) *Module {
	m := &Module{need: n, fetch: fetch.New(n.Reach)}
	m.publish = m.publishJob()
	m.drawing = m.drawJob()
	m.Stores = &Shelf[tenant.Store]{kit: n.Kit, sql: storeStatements, due: whenDue[tenant.Store](n.Kit.Jobs, m.publish), links: newMemory()}
	m.Platforms = &Shelf[tenant.Platform]{kit: n.Kit, sql: platformStatements, due: whenDue[tenant.Platform](n.Kit.Jobs, m.publish), links: newMemory()}
	if n.Audit != nil && n.Chronicle != nil {
		m.Stores.record, m.Platforms.record = n.Audit.Record, n.Chronicle.RecordHere
	}
	return m
}

// Sites are the platforms whose pages are written.
func (m *Module) Sites() []Platform { return m.need.Platforms() }

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: Code, Name: "Pages", Version: "1.0.0", Tier: module.Core,
		Description: "The pages that platforms and stores write: about, terms, privacy and any other.",
		Requires:    []string{tenancyapi.Code},
		Permissions: []auth.Permission{MayView, MayEdit, MayPublish, MayMedia},
		Features:    []module.Feature{{Code: RoomFeature, Limited: true}},
		Files:       Files,
		Routes:      web.Routes{Storefront: m.storefrontRoutes, Platform: m.platformRoutes, Store: m.storeRoutes, Admin: m.adminRoutes},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Label: "cms.menu", Icon: "file-text", Path: "/pages", Order: 48, Need: MayView},
			{Audience: web.StorePages, Label: "cms.media", Icon: "image", Path: "/media", Order: 49, Need: MayMedia},
			{Audience: web.AdminPages, Label: "cms.menu", Icon: "file-text", Path: "/pages", Order: 45, Need: MayView},
		},
		Fills: []slot.Filling{cmsapi.MediaUsage.Fill(Code, 10, m.usedOnPages)},
		Jobs:  []job.Job{m.publish.Job(), m.drawing.Job(), job.Sweep("cms.tidy_media", time.Hour, sqlMediaDue, m.TidyMedia)},
	}
}
