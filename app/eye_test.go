package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// eye is a browser that looks at sights, and notes what pages complain about.
type eye struct {
	*browser
	port string
	worn how
	mu   sync.Mutex
	said []string // on the console, since it was last asked
}

func openEye(t *testing.T, a *App) *eye {
	t.Helper()
	e := &eye{browser: newBrowser(t, ""), port: serve(t, a)}
	if err := chromedp.Listen(e.ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			if ev.Type == "error" || ev.Type == "warning" {
				e.note(fmt.Sprint("console: ", values(ev.Args)))
			}
		case *runtime.EventExceptionThrown:
			e.note("exception: " + ev.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			// The answer of a page that says no is not a complaint of its own.
			if ev.Entry.Level == "error" && !strings.HasPrefix(ev.Entry.Text, "Failed to load resource") {
				e.note("log: " + ev.Entry.Text)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return e
}

func values(args []*runtime.RemoteObject) string {
	var out []string
	for _, a := range args {
		out = append(out, string(a.Value))
	}
	return strings.Join(out, " ")
}

func (e *eye) note(s string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said = append(e.said, s)
}

// heard is what was said since it was last asked.
func (e *eye) heard() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	said := slices.Compact(e.said)
	e.said = nil
	return said
}

// how is the way in which somebody looks: window, colours, language.
type how struct {
	name  string
	width int64
	dark  bool
	lang  string
}

func (h how) phone() bool { return h.width < 700 }

// call sends a command of the protocol that answers nothing of interest.
func call[P, R any](e *eye, c cdp.Command[P, R], p P) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(e.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, p)
		return err
	})); err != nil {
		e.t.Fatalf("%s: %v", c.Method, err)
	}
}

// wear sets the window and the colours that the reader prefers.
func (e *eye) wear(h how) {
	e.t.Helper()
	e.worn = h
	e.window(tall)
	e.colours(h.dark)
}

// tall is how high the window is in which pages are opened.
const tall = 900

func (e *eye) window(height int64) {
	e.t.Helper()
	call(e, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: e.worn.width, Height: height, DeviceScaleFactor: 1, Mobile: e.worn.phone()})
}

func (e *eye) colours(dark bool) {
	e.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	call(e, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// at opens a sight with what its person carries, and waits until it is drawn.
func (e *eye) at(s sight, lang string) {
	e.t.Helper()
	e.carry(s, lang)
	e.heard()
	e.open("http://" + s.host + ":" + e.port + s.path)
	e.until("the page", `document.readyState === "complete" && document.fonts.status === "loaded"`)
}

func (e *eye) carry(s sight, lang string) {
	e.t.Helper()
	call(e, network.ClearBrowserCookies, cdp.Empty{})
	root := "http://" + s.host + ":" + e.port + "/"
	var all []*network.CookieParam
	for name, value := range s.cookies {
		all = append(all, &network.CookieParam{Name: name, Value: value, URL: root, Path: "/"})
	}
	if lang != "" {
		all = append(all, &network.CookieParam{Name: "lang", Value: lang, URL: root, Path: "/"})
	}
	if len(all) > 0 {
		call(e, network.SetCookies, network.SetCookiesParams{Cookies: all})
	}
}

// longest is how much of a page is on its picture.
const longest = 3000

// snap is the whole page, to a limit. The window becomes as high as the page for
// it, so that what sticks to its edges stands where the page ends, and nothing is
// measured by a window that is not there.
func (e *eye) snap() []byte {
	e.t.Helper()
	height := int64(eval[float64](e.browser, `document.documentElement.scrollHeight`))
	e.window(max(tall, min(height, longest)))
	defer e.window(tall)
	// What nobody has scrolled to yet is asked for now.
	e.until("the pictures", `[...document.images].every((i) => { i.loading = "eager"; i.decoding = "sync"; return i.complete })`)
	quality := int64(70)
	ctx, cancel := context.WithTimeout(e.ctx, 30*time.Second)
	defer cancel()
	shot, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		r, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "webp", Quality: &quality})
		return r.Data, err
	})
	if err != nil {
		e.t.Fatalf("picture: %v", err)
	}
	return shot
}
