package gallery_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"orion/assets"
	"orion/kit/ui/gallery"
)

// policy is that of the program's pages.
const policy = "default-src 'none'; script-src 'self' 'nonce-nonce'; style-src 'self' 'nonce-nonce'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'"

// person is somebody at a page of the gallery who has a keyboard and nothing else.
type person struct {
	*testing.T
	ctx  context.Context
	base string

	mu   sync.Mutex
	sent []string // "POST /undo a=1"
}

var chromium struct {
	once sync.Once
	ctx  context.Context
	err  error
}

// sit opens a page of the gallery in a tab of its own.
func sit(t *testing.T, page string) *person {
	t.Helper()
	p := &person{T: t}
	server := httptest.NewServer(p.site(t))
	t.Cleanup(server.Close)
	p.base = server.URL
	root := browser(t)
	ctx, cancel := chromedp.NewContext(root)
	t.Cleanup(cancel)
	p.ctx = ctx
	// Each tab has the focus, whichever is in front.
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})); err != nil {
		t.Fatal(err)
	}
	p.do("open "+page, chromedp.Navigate(p.base+"/"+page))
	p.until("the scripts", `document.readyState === "complete" && (!document.querySelector("script[src]") || !!customElements.get("o-flash"))`)
	return p
}

// browser starts Chromium once for all tests.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); path == "" && err == nil {
			path = found
		}
	}
	if path == "" {
		if os.Getenv("ORION_TEST_REQUIRE") != "" {
			t.Fatal("Chromium is missing")
		}
		t.Skip("Chromium is missing: run make test")
	}
	chromium.once.Do(func() {
		opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("accept-lang", "en-US,en"), chromedp.WindowSize(1360, 1000))
		alloc, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
		ctx, stop := chromedp.NewContext(alloc)
		chromium.ctx, chromium.err = ctx, chromedp.Do(ctx, chromedp.Func(grant))
		closeBrowser = func() { stop(); cancel() }
	})
	if chromium.err != nil {
		t.Fatalf("start Chromium: %v", chromium.err)
	}
	return chromium.ctx
}

// grant allows pages to write to the clipboard: a browser without a window has
// nobody to ask. It is granted by the tab that stays open until the end, for what a
// tab granted is taken back when it closes, from all others too.
func grant(ctx context.Context, t *chromedp.Target) error {
	_, err := cdp.Call(ctx, t, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{
		Permission: &cdpbrowser.PermissionDescriptor{Name: "clipboard-write"}, Setting: cdpbrowser.PermissionSettingGranted,
	})
	return err
}

var closeBrowser = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	os.Exit(code)
}

// site serves the gallery and remembers what is sent to it.
func (p *person) site(t *testing.T) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", assets.Handler())
	mux.HandleFunc("GET /products/find", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`[{"value":"41","label":"Rolling pin","detail":"RP-1"},{"value":"42","label":"Roasting tin","detail":"RT-2"}]`))
	})
	mux.HandleFunc("GET /cart", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<!doctype html><a class="tool" id="cart-link" href="/cart">Cart</a><div id="cart"><a href="/p/mug">Stoneware mug</a></div>`))
	})
	for _, page := range gallery.Pages() {
		body := render(t, page.Body)
		mux.HandleFunc("GET /"+page.Name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = w.Write(body)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseMultipartForm(1 << 20)
		p.mu.Lock()
		p.sent = append(p.sent, r.Method+" "+r.URL.Path+" "+r.Form.Encode())
		p.mu.Unlock()
		w.WriteHeader(http.StatusNoContent) // the page stays
	})
	return mux
}

func (p *person) do(what string, a chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, a); err != nil {
		p.Fatalf("%s: %v", what, err)
	}
}

// press presses keys, or types. The text goes with the key that is pressed, so
// that a page that takes the key for itself gets no letter as well.
func (p *person) press(keys string, with ...chromedp.Modifier) {
	p.Helper()
	p.do("press "+keys, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, r := range keys {
			for _, k := range strokes(r, with) {
				if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, *k); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

func strokes(r rune, with []chromedp.Modifier) []*input.DispatchKeyEventParams {
	option := chromedp.KeyModifiers(with...)
	var down, up *input.DispatchKeyEventParams
	text := ""
	for _, k := range kb.Encode(r) {
		option(k)
		switch k.Type {
		case kb.KeyChar:
			text = k.Text
		case kb.KeyUp:
			up = k
		default:
			down = k
		}
	}
	if r == 'a' && slices.Contains(with, chromedp.ModifierCtrl) {
		down.Commands = []string{"selectAll"} // what the browser makes of it, and a test's browser does not
	}
	if text != "" && len(with) == 0 {
		down.Type, down.Text, down.UnmodifiedText = "keyDown", text, text
	}
	return []*input.DispatchKeyEventParams{down, up}
}

// hold gives the page a window of that width, as a phone's when it is narrow.
func (p *person) hold(width int64) {
	p.Helper()
	p.do("hold a window", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 780, DeviceScaleFactor: 1, Mobile: width < 700})
		return err
	}))
	p.until("it to be drawn", fmt.Sprintf("innerWidth === %d && document.getAnimations().every((a) => !(a instanceof CSSTransition))", width))
}

// get is what a script says.
func (p *person) get(script string) string {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
	if err != nil {
		p.Fatalf("%s: %v", script, err)
	}
	return s
}

// focus is where the keyboard is put before a test begins.
func (p *person) focus(selector string) {
	p.Helper()
	p.is("something at "+selector, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e?.focus(); return !!e && document.activeElement === e })()`, selector))
}

// until waits for a script to be true.
func (p *person) until(what, script string) {
	p.Helper()
	if !p.soon(script) {
		p.Fatalf("waited in vain for %s; the keyboard is at %s", what, p.at())
	}
}

func (p *person) soon(script string) bool {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		cancel()
		if err == nil && ok {
			return true
		}
	}
	return false
}

func (p *person) is(what, script string) { p.Helper(); p.until(what, "!!("+script+")") }

// on waits until the keyboard is at what the selector finds.
func (p *person) on(selector string) {
	p.Helper()
	p.is("the keyboard at "+selector, fmt.Sprintf(`document.activeElement?.matches(%q)`, selector))
}

func (p *person) at() string {
	return p.get(`document.activeElement?.outerHTML.slice(0, 200) ?? ""`)
}

// sends waits until something was sent that begins so and contains all parts.
func (p *person) sends(begin string, parts ...string) {
	p.Helper()
	var seen []string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		p.mu.Lock()
		seen = append([]string(nil), p.sent...)
		p.mu.Unlock()
		for _, s := range seen {
			if strings.HasPrefix(s, begin) && all(s, parts) {
				return
			}
		}
	}
	p.Fatalf("%s %v was not sent, but %v", begin, parts, seen)
}

func all(s string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(s, part) {
			return false
		}
	}
	return true
}
