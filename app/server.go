package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"orion/app/appui"
	"orion/app/demo"
	"orion/assets"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/picture"
	"orion/kit/ui"
	"orion/kit/ui/layout"
	"orion/kit/web"
)

// mount makes the site of all modules' routes.
func (a *App) mount() {
	f := newFrames(frames{
		registry:   a.registry,
		enabled:    func(p web.Place, code string) bool { return a.modules.enabled(p.Platform.In.ID(), code) },
		nav:        a.navigation,
		family:     a.family,
		workplaces: a.workplaces,
		signup:     a.modules.messaging.Signup,
		pages:      a.modules.storeLinks,
		look:       a.modules.look,
		around:     a.modules.around,
		site:       a.modules.siteLinks,
		arranged:   a.modules.core.Menu,
	})
	a.site = web.NewSite(web.Options{
		Resolve: a.resolve, Identify: a.identity(), Frames: f.all(), Bundle: a.kit.Bundle, Enabled: a.modules.enabled, Granted: a.granted,
		Version: Version, Errors: a.log.ErrorContext, Proxies: a.config.Proxies(),
		Observe: a.sawRequest, Lost: a.modules.cms.Lost,
	})
	for _, d := range a.registry.All() {
		a.site.Mount(d.Code, d.Routes)
	}
}

// granted tells whether the plan that a request is about has a feature.
func (a *App) granted(by web.Subscriber, feature string) bool {
	return a.kit.Features.Has(module.Holder(by), feature)
}

// maxNav is how many categories stand in the first line of a storefront.
const maxNav = 7

// navigation is a storefront's categories, and its blog if it has one: from memory.
func (a *App) navigation(ctx context.Context, in web.Storefront, l i18n.Lang) []layout.Item {
	out := a.categories(ctx, in, l)
	if there, err := a.modules.cms.HasBlog(ctx, in.In); err == nil && there {
		out = append(out, layout.Item{Label: a.kit.Bundle.In(l).T("cms.blog_title"), Href: "/blog"})
	}
	return out
}

func (a *App) categories(ctx context.Context, in web.Storefront, l i18n.Lang) []layout.Item {
	if !a.modules.enabled(in.In.Platform(), "catalog") {
		return nil
	}
	tree, err := a.modules.catalog.Tree(ctx, in.In)
	if err != nil {
		return nil // the page is worth more than its menu
	}
	var out []layout.Item
	for _, c := range tree.Children(0) {
		if len(out) == maxNav {
			break
		}
		out = append(out, layout.Item{Label: c.Name.In(l), Href: "/categories/" + c.Slug})
	}
	return out
}

// handler puts what belongs to no tenant before the site.
func (a *App) handler() http.Handler {
	quick, small := compressors()
	media := picture.Handler(a.blobs, "products", "stores", "library", strings.TrimSuffix(demo.Prefix, "/"))
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", assets.Handler())
	mux.Handle("GET /media/{key...}", media)
	mux.Handle("GET /platforms/{platform}/storefront/{store}/media/{key...}", media) // where hosts have no names
	token := string(a.config.MetricsToken)
	mux.Handle("GET /health", a.health.Handler(func(r *http.Request) bool { return observe.Insider(r, token) }))
	mux.Handle("GET /health/live", a.health.Live())
	mux.Handle("GET /health/ready", a.health.Ready())
	mux.Handle("GET /health/tools", observe.Tools(a.tools(), token))
	mux.Handle("GET /metrics", a.metrics.Handler(token))
	isProxy := a.ownRequests()
	mux.HandleFunc("GET /tls/allowed", a.certificates(isProxy))
	mux.Handle("GET /api", small(http.HandlerFunc(a.reference)))
	mountTestRoutes(mux, a)
	site := a.inspected(a.site)
	mux.Handle("/", byReader(quick(site), small(site)))
	return a.metrics.Flying(a.tracer.Handler(mux, isProxy))
}

func (a *App) tools() []observe.Tool {
	var out []observe.Tool
	for _, t := range a.config.Links() {
		out = append(out, observe.Tool(t))
	}
	return out
}

// reference shows the description of the REST interface to people.
func (a *App) reference(w http.ResponseWriter, r *http.Request) {
	text, err := a.site.Spec()
	if err == nil {
		var page appui.Reference
		if page, err = appui.NewReference(text); err == nil {
			h := w.Header()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'")
			h.Set("X-Content-Type-Options", "nosniff")
			ctx := ui.With(r.Context(), ui.Env{Words: a.kit.Bundle.In(i18n.En)})
			err = layout.BarePage{Title: page.Title + " REST", Lang: i18n.En, Body: appui.ReferencePage(page)}.Render(ctx, w)
		}
	}
	if err != nil {
		a.log.ErrorContext(r.Context(), "reference failed", "error", err.Error())
	}
}

// startTime is after how long the system gets back the memory that only the
// start needed; the runtime keeps it while nobody asks for anything.
const startTime = time.Second

func (a *App) trim() {
	debug.FreeOSMemory()
	if err := unmapProgram(); err != nil {
		a.log.Debug("the memory of the start stays", "error", err.Error())
	}
}

// drainTime is how long running requests get to end.
const drainTime = 20 * time.Second

// Serve answers requests on l until ctx ends, then lets running ones end.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: a.handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 60 * time.Second,
		WriteTimeout: 120 * time.Second, IdleTimeout: 120 * time.Second, MaxHeaderBytes: 64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	trim := time.AfterFunc(startTime, a.trim)
	defer trim.Stop()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	a.health.Drain()
	a.log.Info("draining", "answering_for", a.config.DrainTime.String(), "for_at_most", drainTime.String())
	select { // who sends requests here sees that it is not ready, and sends them elsewhere
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-time.After(a.config.DrainTime):
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("drain: %w", err), server.Close())
	}
	return nil
}
