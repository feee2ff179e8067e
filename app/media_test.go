package app

import (
	"context"
	"image"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"

	kitfetch "orion/kit/fetch"
)

// reaching opens the program, which fetches files from one address of this machine
// as if it were public.
func reaching(t *testing.T, dsn, address string) *App {
	t.Helper()
	a, err := Open(t.Context(), settings(t, t.TempDir(), dsn), Options{Log: slog.New(slog.DiscardHandler), Reach: func(to netip.AddrPort) error {
		if to.String() == address {
			return nil
		}
		return kitfetch.Public(to)
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := a.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// drops lets somebody drop a file onto something.
func (b *browser) drops(onto, file string) {
	b.t.Helper()
	at := eval[[]float64](b, `(() => { const r = document.querySelector("`+onto+`").getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2] })()`)
	data := &input.DragData{Files: []string{file}, DragOperationsMask: 1, Items: []*input.DragDataItem{}}
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		ask(b, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: at[0], Y: at[1], Data: data})
	}
}

// Pictures are sent by drop, by paste and by address, cut, given a point that stays in
// sight, put on a page, found there, and not deleted while they are in use.
func TestMediaInABrowser(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write(must(t, writePNG, image.Image(small(640, 480))))
			}))
			defer elsewhere.Close()
			a := reaching(t, dsn(t), elsewhere.Listener.Addr().String())
			maison := "http://maison-kirchberg.localhost:" + serve(t, a)
			b := newBrowser(t, maison)
			b.open("/store/media")
			b.until("the sign-in", `location.pathname === '/store/login'`)
			eval[string](b, `document.cookie = 'lang=en; path=/'`)
			b.typed("email", "manager@maison-kirchberg.example")
			b.typed("password", "orion-demo")
			b.clicks(`form button.btn-primary`)
			b.until("the library", `location.pathname === '/store/media'`)

			file := filepath.Join(t.TempDir(), "dropped.png")
			if err := os.WriteFile(file, must(t, writePNG, image.Image(small(1000, 500))), 0o600); err != nil {
				t.Fatal(err)
			}
			b.until("the place to drop files on", `!!document.querySelector('o-drop.is-on')`)
			const dropped = `document.querySelector('.drop-files').innerText.includes('dropped.png')`
			for end := time.Now().Add(20 * time.Second); !eval[bool](b, dropped) && time.Now().Before(end); time.Sleep(time.Second) {
				b.drops(`o-drop input`, file) // a browser that is busy may miss one
			}
			b.until("the file that was dropped", dropped)
			eval[bool](b, `(() => { const d = new DataTransfer(); const c = document.createElement('canvas'); c.width = c.height = 40;
				const raw = atob(c.toDataURL('image/png').split(',')[1]); d.items.add(new File([Uint8Array.from(raw, (x) => x.charCodeAt(0))], 'pasted.png', {type: 'image/png'}));
				return document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true})) })()`)
			b.until("the file that was pasted", `document.querySelectorAll('.drop-files li').length === 2`)
			b.clicks(`form[enctype] .btn-primary`)
			b.until("both in the library", `document.querySelectorAll('.tile').length === 2`)
			b.typed("url", elsewhere.URL+"/holiday.png")
			b.clicks(`form[action$="/media/url"] .btn`)
			b.sees("holiday.png")
			b.typed("url", "http://127.0.0.1:1/x.png")
			b.clicks(`form[action$="/media/url"] .btn`)
			b.sees("has to be public")
			b.open("/store/media?q=dropped")
			waitFor := func(what, script string) { // it is drawn when nobody else needs the processor
				t.Helper()
				for at, end := b.where(), time.Now().Add(3*time.Minute); ; b.open(at) {
					if eval[bool](b, script) {
						return
					}
					if time.Now().After(end) {
						t.Fatalf("waited in vain for %s:\n%s", what, b.text())
					}
					time.Sleep(300 * time.Millisecond)
				}
			}
			waitFor("the picture that is drawn", `!!document.querySelector('.tile img')`)
			b.picture("media-library")
			b.clicks(`.tile`)
			b.until("the file", `(() => { const i = document.querySelector('o-frame img'); return !!i && i.naturalWidth > 0 && document.querySelector('.frame-dot').style.left === '50%' })()`)
			at := b.where()
			for name, value := range map[string]string{"focus_x": "25", "focus_y": "75", "left": "10", "top": "10", "width": "50", "height": "80"} {
				b.typed(name, value)
			}
			b.until("the point and the cut in the picture", `document.querySelector('.frame-dot').style.left === '25%' && document.querySelector('.frame-cut').style.height === '80%' && !document.querySelector('.frame-cut').hidden`)
			b.picture("media-file")
			eval[bool](b, `document.querySelector('o-save-bar').closest('form').submit() === undefined`)
			b.sees("The file is saved.")
			waitFor("the picture as it is cut", `!!document.querySelector('.sub') && document.querySelector('.sub').innerText.includes('500 × 400')`)

			b.open("/store/media")
			waitFor("all three", `document.querySelectorAll('.tile img').length === 3`)
			b.open("/store/pages/new")
			b.typed("title_fr", "Photos")
			b.until("the button for pictures", `!!document.querySelector('o-rich.is-on [data-pen=picture]')`)
			eval[bool](b, `(() => { document.querySelector('.rich-text').focus(); document.querySelector('[data-pen=picture]').click(); return true })()`)
			b.until("the pictures to choose from", `document.querySelectorAll('dialog[open] .tile').length === 3`)
			b.picture("media-pick")
			eval[bool](b, `(() => { const f = document.querySelector('dialog[open] input[type=search]'); f.value = 'dropped'; f.form.requestSubmit(); return true })()`)
			b.until("the one that was searched", `document.querySelectorAll('dialog[open] .tile').length === 1`)
			b.clicks(`dialog[open] .tile`)
			b.until("the picture in the text", `document.querySelector('[name^=body_]').value.includes('/files/med_')`)
			eval[bool](b, `document.querySelector('o-save-bar').closest('form').submit() === undefined`)
			b.until("the draft", `!!document.querySelector('form[action$="/publish"] button')`)
			b.clicks(`form[action$="/publish"] button`)
			b.until("that it is published", `!document.querySelector('form[action$="/publish"]')`)
			b.open("/pages/photos")
			b.until("the picture on the page", `(() => { const i = document.querySelector('.prose picture img'); return !!i && i.complete && i.naturalWidth > 0 && i.getAttribute('width') === '500' })()`)
			b.picture("media-page")

			b.choosesForSection()
			b.open(at)
			b.sees("Photos")
			b.until("that it cannot be deleted", `document.querySelector('form[action$="/delete"] button').disabled`)
			eval[bool](b, `document.querySelector('form[action$="/delete"]').submit() === undefined`)
			b.sees("The file is used, so it stays.")
			b.open("/store/media?q=pasted")
			b.clicks(`.tile`)
			b.clicks(`form[action$="/delete"] button`)
			b.sees("The file is deleted.")
			b.clicks(`o-flash button`)
			b.sees("The file is back.")
		})
	}
}

// choosesForSection puts a picture of the library into the first section of the home
// page, and looks at it there.
func (b *browser) choosesForSection() {
	b.t.Helper()
	b.open("/store/pages")
	b.clicks(`a[href$="/sections"], form[action$="/pages/home"] button`)
	b.until("the studio", `!!document.querySelector('[data-section] a')`)
	b.clicks(`[data-section] a`)
	b.until("the section", `!!document.querySelector('[data-choose]') && customElements.get('o-studio') !== undefined`)
	b.clicks(`[data-choose]`)
	b.until("the pictures to choose from", `document.querySelectorAll('dialog[open] .tile').length === 3`)
	eval[bool](b, `[...document.querySelectorAll('dialog[open] .tile')].find((t) => t.innerText.includes('dropped')).click() === undefined`)
	b.until("the one that was chosen", `document.querySelector('[name=picture_have]').value.startsWith('med_') && document.querySelector('.media > img').naturalWidth > 0`)
	b.until("it in the preview", `(() => { const i = document.querySelector('iframe').contentDocument?.querySelector('.hero picture img'); return !!i && i.getAttribute('width') === '500' })()`)
	b.picture("media-section")
	eval[bool](b, `document.querySelector('o-save-bar').closest('form').submit() === undefined`)
	b.sees("The draft is saved.")
}
