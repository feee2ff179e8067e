package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drags takes what one script finds with the mouse, and lets it go over what
// another finds: near its top, in its middle or near its bottom.
func (b *browser) drags(what, onto string, part float64) {
	b.t.Helper()
	middle := func(selector string, part float64) (x, y float64) {
		at := eval[[]float64](b, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + Math.min(40, r.width / 2), r.y + r.height * %f] })()`, selector, part))
		return at[0], at[1]
	}
	eval[bool](b, `(window.scrollTo(0, 0), true)`)
	b.until("the page to stand still", `document.getAnimations().length === 0`)
	x, y := middle(what, 0.5)
	toX, toY := middle(onto, part)
	held := make(chan *input.DragData, 1)
	if err := chromedp.Listen(b.ctx, func(ev any) {
		if e, ok := ev.(*input.EventDragIntercepted); ok {
			select {
			case held <- e.Data:
			default:
			}
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	ask(b, input.SetInterceptDrags, input.SetInterceptDragsParams{Enabled: true})
	mouse := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMousePressed, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}
	ask(b, input.DispatchMouseEvent, mouse)
	for mouse.Type = input.DispatchMouseEventTypeMouseMoved; mouse.X < x+60; mouse.X += 20 { // a link is held for 40 pixels
		ask(b, input.DispatchMouseEvent, mouse)
	}
	select {
	case data := <-held:
		for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
			ask(b, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: toX, Y: toY, Data: data})
		}
	case <-time.After(20 * time.Second):
		b.t.Fatalf("%s cannot be dragged", what)
	}
	mouse.Type, mouse.X, mouse.Y = input.DispatchMouseEventTypeMouseReleased, toX, toY
	ask(b, input.DispatchMouseEvent, mouse)
}

// alt presses a key while Alt is held.
func (b *browser) alt(key string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierAlt))); err != nil {
		b.t.Fatalf("press Alt and %q: %v", key, err)
	}
}

// Staff put categories elsewhere: with the keyboard, with the mouse, and with the
// buttons of their menus; each can be taken back.
func TestCategoryTree(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://kirchberg-kids.localhost:"+serve(t, a))
		b.signsIn("/store/login", "manager@kirchberg-kids.example")
		b.open("/store/categories")
		const ready = `document.readyState === "complete" && !!customElements.get("o-tree")`
		b.until("the tree", ready+` && document.querySelectorAll(".tree > ul > li").length > 1`)
		const roots = `[...document.querySelectorAll(".tree > ul > li > .tree-row > a")].map((e) => e.innerText).join("|")`
		before := eval[string](b, roots)
		names := strings.Split(before, "|")
		row := func(name string) string {
			return fmt.Sprintf("[data-row=%q]", eval[string](b, fmt.Sprintf(`(() => { const a = [...document.querySelectorAll(".tree-row > a")].find((e) => e.innerText === %q); a.parentElement.dataset.row = %q; return %q })()`, name, name, name)))
		}
		is := func(want ...string) {
			t.Helper()
			b.until("the order "+strings.Join(want, ", "), ready+fmt.Sprintf(` && %s === %q`, roots, strings.Join(want, "|")))
		}
		undo := func() {
			t.Helper()
			b.clicks(`.flash form button`)
			is(names...)
		}

		b.focuses(".tree li a")
		b.alt(kb.ArrowDown)
		is(append([]string{names[1], names[0]}, names[2:]...)...)
		b.until("the focus on what was moved", fmt.Sprintf(`document.activeElement.innerText === %q`, names[0]))
		b.alt(kb.ArrowRight)
		is(names[1:]...)
		b.until("the focus kept inside", fmt.Sprintf(`document.activeElement.innerText === %q`, names[0]))
		b.alt(kb.ArrowLeft)
		is(append([]string{names[1], names[0]}, names[2:]...)...)
		b.alt(kb.ArrowUp)
		is(names...)

		b.drags(row(names[2]), row(names[0]), 0.1)
		is(append([]string{names[2], names[0], names[1]}, names[3:]...)...)
		undo()
		b.drags(row(names[2]), row(names[0]), 0.5)
		is(append([]string{names[0], names[1]}, names[3:]...)...)
		b.picture("tree-dragged")
		undo()

		b.clicks(".tree li .menu summary")
		b.clicks(`.tree li .menu-list button`)
		is(append([]string{names[1], names[0]}, names[2:]...)...)
		undo()
	})
}
