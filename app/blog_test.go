package app

import (
	"bytes"
	"fmt"
	"image"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/modules/cms"
)

// writeBlog gives a store a post in a category of its blog.
func writeBlog(t *testing.T, a *App, f field) {
	t.Helper()
	m := a.modules.cms
	f.ids["post slug"], f.ids["topic slug"] = "post-of-"+f.shop.Code, "topic-of-"+f.shop.Code
	topic, err := m.KeepCategory(t.Context(), f.in, cms.CategoryWriting{
		Slug: f.ids["topic slug"], Name: i18n.Text{i18n.En: "What we make", f.shop.Lang: "What we make"}, Lang: f.shop.Lang, By: auth.SystemActor,
	})
	if err != nil {
		t.Fatal(err)
	}
	w := wrote(cms.Posted, f.ids["post slug"], "What we made in May", "<p>Two of each.</p>")
	w.Footer, w.Category, w.Byline, w.Summary = false, topic, "Claire Weber", i18n.Text{i18n.En: "In short, two of each."}
	post := published(t, m.Posts, f.in, w)
	f.ids["pca"], f.ids["post"], f.ids["post preview"] = topic.String(), post.String(), m.Posts.Preview(f.in, post)
}

// TestBlogInABrowser writes a post with a cover of the library, looks at it in its
// preview, publishes it and reads it as a shopper; schedules another one, which is there
// once its time has come; and hides both, so that there is no blog any more.
func TestBlogInABrowser(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{sqliteDemo(t), postgresDemo(t)} {
		t.Run("on "+dsn[:6], func(t *testing.T) {
			t.Parallel()
			a, c := atHours(t, dsn)
			_, in, err := a.store("buttek-um-eck")
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if err := writePNG(&file, image.NewRGBA(image.Rect(0, 0, 900, 600))); err != nil {
				t.Fatal(err)
			}
			if _, err := a.modules.cms.TakePicture(t.Context(), in, cms.MediaUpload{Name: "window.png", By: auth.SystemActor}, bytes.NewReader(file.Bytes())); err != nil {
				t.Fatal(err)
			}
			e := openEye(t, a)
			e.base = "http://buttek-um-eck.localhost:" + e.port
			e.wear(how{width: 1360})
			e.signsIn("/store/login", "manager@buttek-um-eck.example")
			e.open("/blog")
			e.until("no blog yet", `document.title !== "" && !document.querySelector(".post-card") && ![...document.querySelectorAll(".shop-nav a")].some((l) => l.pathname === "/blog")`)

			e.writesPost("Eis nei Fënster", "<p>Si ass bloo.</p>")
			e.clicks(`[data-choose]`)
			e.until("the pictures to choose from", `document.querySelectorAll('dialog[open] .tile').length === 1`)
			e.clicks(`dialog[open] .tile [data-picture], dialog[open] [data-picture]`)
			e.until("the cover", `document.querySelector('[name=cover_have]').value.startsWith('med_') && document.querySelector('.media > img').naturalWidth > 0`)
			e.chord("s")
			e.until("the draft", `/blog\/pag_/.test(location.pathname) && `+editorReady)
			e.picture("blog-editor")
			editor := eval[string](e.browser, `location.pathname`)
			e.open(eval[string](e.browser, `document.querySelector('a[href*="/blog/preview/"]').href`))
			e.until("the preview", `document.querySelector(".post h1")?.innerText === "Eis nei Fënster" && document.querySelector(".post-cover img").naturalWidth > 0 && document.querySelector("meta[name=robots]").content === "noindex"`)
			e.open(editor)
			e.clicks(`.page-header form[action$="/publish"] button`)
			e.until("that it is published", `!document.querySelector('.page-header form[action$="/publish"]') && !!document.querySelector('button[commandfor="hide"]')`)
			e.open("/")
			e.clicks(`.shop-nav a[href$="/blog"]`)
			e.until("the list", `location.pathname === "/blog" && document.querySelectorAll(".post-card").length === 1 && !!document.querySelector('link[type="application/atom+xml"]')`)
			e.picture("blog")
			e.clicks(`.post-card h2 a`)
			e.until("the post", `document.querySelector(".prose")?.innerText.includes("Si ass bloo.") && document.querySelector("meta[property='og:type']").content === "article"`)
			e.until("what search engines are told", `JSON.parse(document.querySelector("script[type='application/ld+json']").textContent)["@type"] === "BlogPosting"`)

			e.writesPost("Muer ass zou", "<p>Mir sinn um Maart.</p>")
			e.chord("s")
			e.until("the draft", `/blog\/pag_/.test(location.pathname) && `+editorReady)
			second := eval[string](e.browser, `location.pathname`)
			e.typed("due", c.Now().In(i18n.ZoneOf("LU")).Add(2*time.Hour).Format("2006-01-02T15:04"))
			e.clicks(`form[action$="/schedule"] button`)
			e.until("that it waits", `document.querySelectorAll(".page-header .badge").length === 2`)
			posts := `document.querySelectorAll(".post-card").length`
			e.open("/blog")
			e.until("one post", posts+` === 1`)
			c.Advance(3 * time.Hour)
			if err := a.runner.Shift(t.Context(), 3*time.Hour); err != nil {
				t.Fatal(err)
			}
			soon(t, "the post", func() bool {
				posts, err := a.modules.cms.ShownPosts(t.Context(), in, cms.ShownQuery{})
				return err == nil && len(posts.Items) == 2
			})
			e.open("/blog")
			e.until("both posts, the latest first", posts+` === 2 && document.querySelector(".post-card h2").innerText === "Muer ass zou"`)
			for _, path := range []string{editor, second} {
				e.open(path)
				e.clicks(`button[commandfor="hide"]`)
				e.clicks(`dialog#hide form[action$="/hide"] button`)
				e.until("that it is hidden", `!document.querySelector('button[commandfor="hide"]') && `+editorReady)
			}
			e.open("/blog")
			e.until("no blog any more", `!document.querySelector(".post-card") && ![...document.querySelectorAll(".shop-nav a")].some((l) => l.pathname === "/blog")`)
			if said := e.heard(); len(said) > 0 {
				t.Errorf("the pages complain: %v", said)
			}
		})
	}
}

// editorReady is that the editor of a post takes what is typed.
const editorReady = `document.readyState === "complete" && !!customElements.get("o-choose") && !!document.querySelector(".rich-tools")`

// writesPost fills in the editor of a new post.
func (b *browser) writesPost(title, html string) {
	b.t.Helper()
	b.open("/store/blog/new")
	b.until("the editor", editorReady)
	b.typed("title_lb", title)
	b.typed("summary_lb", "Kuerz: "+title)
	eval[bool](b, fmt.Sprintf(`(document.querySelector("[name=body_lb]").value = %q) !== ""`, html))
}
