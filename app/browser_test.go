package app

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is a person in front of Chromium.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string
	done effort
}

// effort is what somebody did in a browser.
type effort struct{ keys, points, pages int }

// time is how long that takes somebody who knows what to type, by the keystroke-level
// model (Card, Moran, Newell 1983): 0.28 s a key, 1.1 s to point, 0.1 s to press,
// 1.35 s to think before each; and what we add, 5 s to look at each new page.
func (e effort) time() time.Duration {
	const key, point, look = 280 * time.Millisecond, (1100 + 100 + 1350) * time.Millisecond, 5 * time.Second
	return time.Duration(e.keys)*key + time.Duration(e.points)*point + time.Duration(e.pages)*look
}

// newBrowser opens Chromium at a store's storefront.
func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	if path == "" {
		for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
			if found, err := exec.LookPath(name); err == nil {
				path = found
				break
			}
		}
	}
	if path == "" {
		if os.Getenv("ORION_TEST_REQUIRE") != "" {
			t.Fatal("Chromium is missing")
		}
		t.Skip("Chromium is missing: run make test")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("accept-lang", "en-US,en"), chromedp.WindowSize(1360, 1000))
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { cancel(); cancelAlloc() })
	b := &browser{t: t, ctx: ctx, base: base}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return b
}

// eval runs a script on the page and gives what it returns.
func eval[T any](b *browser, script string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.done.points, b.done.pages = b.done.points+1, b.done.pages+1
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if !strings.HasPrefix(path, "http") && path != "about:blank" {
		path = b.base + path
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(path)); err != nil {
		b.t.Fatalf("open %s: %v", path, err)
	}
}

// until waits for a script to be true, and shows the page when it does not
// come.
func (b *browser) until(what, script string) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		cancel()
		if err == nil && ok {
			return
		}
	}
	b.t.Fatalf("waited in vain for %s at %s:\n%s", what, eval[string](b, "location.href"), b.text())
}

// where is the address of the page; of the next one, when the page is just leading on.
func (b *browser) where() string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if at, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href")); err == nil {
		return at
	}
	return eval[string](b, "location.href")
}

func (b *browser) text() string {
	text := eval[string](b, "document.body.innerText")
	return text[:min(len(text), 3000)]
}

// sees waits until the page has the text.
func (b *browser) sees(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("%q", text), fmt.Sprintf("document.body && document.body.innerText.toLowerCase().includes(%q)", strings.ToLower(text)))
}

// typed fills a field as a person would.
func (b *browser) typed(name, value string) {
	b.t.Helper()
	b.done.points, b.done.keys = b.done.points+1, b.done.keys+len([]rune(value))
	b.until("field "+name, fmt.Sprintf(`!!document.querySelector('[name=%q]')`, name))
	eval[bool](b, fmt.Sprintf(`(() => { const e = document.querySelector('[name=%q]'); e.focus(); e.value = %q;
		e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return true })()`, name, value))
}

// clicks presses the first thing that a selector finds and waits for what comes.
func (b *browser) clicks(selector string) {
	b.t.Helper()
	b.until("something to press: "+selector, fmt.Sprintf("!!document.querySelector(%q)", selector))
	from := b.where()
	eval[bool](b, fmt.Sprintf("(() => { const e = document.querySelector(%q); e.scrollIntoView(); e.click(); return true })()", selector))
	time.Sleep(100 * time.Millisecond)
	b.until("the page", "document.readyState === 'complete'")
	if b.done.points++; b.where() != from {
		b.done.pages++
	}
}

// picture keeps what is on the screen, when somebody wants to look.
func (b *browser) picture(name string) {
	dir := os.Getenv("ORION_PICTURES")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(90)); err == nil {
		_ = os.WriteFile(filepath.Join(dir, name+".png"), shot, 0o600)
	}
}
