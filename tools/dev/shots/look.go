package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// settle is how long a page gets for its pictures and fonts.
const settle = 600 * time.Millisecond

// looker is somebody in front of Chromium.
type looker struct {
	ctx  context.Context
	port string
}

func (l looker) url(host, path string) string { return "http://" + host + ":" + l.port + path }

// at takes the picture of a page.
func (l looker) at(p page) ([]byte, error) {
	if err := l.wear(p.phone, p.dark); err != nil {
		return nil, err
	}
	if p.who != "" {
		path, email, _ := strings.Cut(p.who, " ")
		if err := l.signIn(l.url(p.host, path), email); err != nil {
			return nil, fmt.Errorf("sign in: %w", err)
		}
	}
	steps := []chromedp.Action[chromedp.Void]{chromedp.Navigate(l.url(p.host, p.path)), chromedp.Sleep(settle)}
	if p.follow != "" {
		steps = append(steps, run1(fmt.Sprintf("document.querySelector(%q).click()", p.follow)), chromedp.Sleep(settle))
	}
	if p.script != "" {
		steps = append(steps, run1(p.script), chromedp.Sleep(settle))
	}
	if err := chromedp.Do(l.ctx, steps...); err != nil {
		return nil, err
	}
	return chromedp.Run(l.ctx, capture)
}

// shopping puts something into the cart of the shop.
func (l looker) shopping() error {
	const add = `document.querySelector('form[action$="/cart/add"]').requestSubmit()`
	for _, path := range []string{"/products/stoneware-mug", "/products/espresso-cups"} {
		if err := chromedp.Do(l.ctx, chromedp.Navigate(l.url(shop, path)), run1(add), chromedp.Sleep(settle)); err != nil {
			return err
		}
	}
	return nil
}

func (l looker) signIn(url, email string) error {
	return chromedp.Do(l.ctx, chromedp.Navigate(url), run1(fmt.Sprintf(`(() => {
		const form = document.querySelector('form:has([name=password])');
		if (!form) return; // still signed in
		form.email.value = %q;
		form.password.value = "orion-demo";
		form.requestSubmit();
	})()`, email)), chromedp.Sleep(2*settle))
}

// wear sets the size of the window and the colours that the reader prefers.
func (l looker) wear(phone, dark bool) error {
	width, height := int64(1360), int64(900)
	if phone {
		width, height = 390, 844
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return chromedp.Do(l.ctx, chromedp.EmulateViewport(width, height, chromedp.EmulateScale(density(phone))),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}))
}

// density is how many points a pixel has: pictures of phones are shown small.
func density(phone bool) float64 {
	if phone {
		return 2
	}
	return 1
}

// run1 runs a script whose result nobody needs.
func run1(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[any](script)(ctx, t)
		return err
	})
}

// capture is what is on the screen, as WebP.
func capture(ctx context.Context, t *chromedp.Target) ([]byte, error) {
	quality := int64(82)
	shot, err := cdp.Call(ctx, t, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{Format: "webp", Quality: &quality})
	return shot.Data, err
}
