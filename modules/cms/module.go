// Package cms is the pages that people write: those of a platform's own site,
// those that it has for all of its stores, and those of a store. README.md has the
// meanings and invariants.
package cms

import (
	"embed"
	"io/fs"
	"net/netip"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/fetch"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/cms/cmsapi"
	"orion/modules/core/coreapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	MayView    = auth.Permit("cms.view")
	MayEdit    = auth.Permit("cms.edit")
	MayPublish = auth.Permit("cms.publish")
	MayMedia   = auth.Permit("cms.media")
	MayTheme   = auth.Permit("cms.theme")
	// MayTranslate sees all that the store says, and writes it in its other languages.
	MayTranslate = auth.Permit("cms.translate")
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
	// Enabled tells whether a module is on for a platform, so that the sections that
	// it brings come and go with it; nil is always.
	Enabled func(p tenant.PlatformID, module string) bool
	// Browse is the path of all products of a store on a platform, empty where
	// nothing is sold; nil is nowhere.
	Browse func(p tenant.PlatformID) string
	// Sample is the path, on a host, before those of the storefront of some store of a
	// platform; empty where there is none, and so is nil.
	Sample func(host string, p tenant.PlatformID) string
	// Data is what search engines are told about the home page; nil is nothing.
	Data func(c *web.Ctx[web.Storefront]) []any
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
	scanning  job.Kind[scanning]
	importing job.Kind[importing]
	fetch     *fetch.Client
	Stores    *Shelf[tenant.Store]
	Platforms *Shelf[tenant.Platform]
	Posts     *Shelf[tenant.Store] // of the blogs of stores
	blogs     blogs
	moved     *otter.Cache[linksKey, *redirects]
	hits      *hits
	kinds     *kinds
	troubles  *otter.Cache[troubleKey, trouble]
	worn      worn
	fitted    fitted
	targets   *menuTargets
}

// New makes the module.
func New(n Needs) *Module {
	m := &Module{need: n, fetch: fetch.New(n.Reach), kinds: &kinds{slots: n.Kit.Slots, enabled: n.Enabled}, troubles: newTroubles(), moved: newRedirectsMemory(), hits: newHits(), worn: newWorn(), fitted: newFitted()}
	m.targets = &menuTargets{kinds: m.kinds}
	m.publish = m.publishJob()
	m.drawing = m.drawJob()
	m.scanning, m.importing = m.scanJob(), m.importTextsJob()
	m.Stores, m.Platforms, m.Posts = newShelf(m, storeStatements), newShelf(m, platformStatements), newShelf(m, postStatements)
	m.Posts.noun, m.Posts.most, m.Posts.full, m.Posts.moved, m.Posts.fits, m.blogs = "post", maxPosts, errPostsFull, m.pageMoved, m.postFits, newBlogs()
	m.Stores.moved, m.Stores.fill = m.pageMoved, m.fillPictures
	if n.Audit != nil && n.Chronicle != nil {
		m.Stores.record, m.Platforms.record, m.Posts.record = n.Audit.Record, n.Chronicle.RecordHere, n.Audit.Record
	}
	return m
}

func newShelf[S tenant.Scope](m *Module, sql *statements[S]) *Shelf[S] {
	k := m.need.Kit
	return &Shelf[S]{kit: k, sql: sql, noun: "page", most: maxPages, full: errFull, due: whenDue[S](k.Jobs, m.publish), links: newMemory(), kinds: m.kinds, live: newLive(), last: newLast()}
}

// Sites are the platforms whose pages are written.
func (m *Module) Sites() []Platform { return m.need.Platforms() }

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: cmsapi.Code, Name: "Pages", Version: "1.0.0", Tier: module.Core,
		Description: "The pages that platforms and stores write: about, terms, privacy and any other.",
		Requires:    []string{coreapi.Code, tenancyapi.Code},
		Permissions: []auth.Permission{MayView, MayEdit, MayPublish, MayMedia, MayTheme, MayTranslate},
		Features:    []module.Feature{{Code: RoomFeature, Limited: true}},
		Files:       Files,
		Routes:      web.Routes{Storefront: m.storefrontRoutes, Platform: m.platformRoutes, Store: m.storeRoutes, Admin: m.adminRoutes},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Label: "cms.menu", Icon: "file-text", Path: "/pages", Order: 48, Need: MayView},
			{Audience: web.StorePages, Label: "cms.blog", Icon: "newspaper", Path: blogPath, Order: 48, Need: MayView},
			{Audience: web.StorePages, Label: "cms.media", Icon: "image", Path: "/media", Order: 49, Need: MayMedia},
			{Audience: web.StorePages, Label: "cms.design", Icon: "palette", Path: themePath, Order: 50, Need: MayTheme},
			{Audience: web.StorePages, Label: "cms.menus", Icon: "menu", Path: menusPath + "/header", Order: 49, Need: MayView},
			{Audience: web.StorePages, Label: "cms.fitting_bar", Icon: "megaphone", Path: menusPath + "/bar", Order: 49, Need: MayView, Act: true},
			{Audience: web.StorePages, Label: "cms.translations", Icon: "languages", Path: "/translations", Order: 48, Need: MayTranslate, Act: true},
			{Audience: web.AdminPages, Label: "cms.menu", Icon: "file-text", Path: "/pages", Order: 45, Need: MayView},
		},
		Cookies: []web.CookieUse{{Name: barCookie, Purpose: web.Necessary, Label: "cms.cookie_bar", Days: barDays}},
		Fills:   m.fills(),
		Hooks:   module.Hooks{OnStartup: m.startCounting, OnShutdown: m.stopCounting},
		Jobs:    []job.Job{m.publish.Job(), m.drawing.Job(), m.scanning.Job(), m.importing.Job(), job.Sweep("cms.tidy_media", time.Hour, sqlMediaDue, m.TidyMedia)},
	}
}
