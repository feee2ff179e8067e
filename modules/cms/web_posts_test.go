package cms

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
)

// evil would run where it is taken for more than a text; tame is how pages write it.
const (
	evil = `<img src=x onerror=1>`
	tame = `&lt;img src=x onerror=1&gt;`
)

// Staff write a post, preview and publish it, readers see it, and its category, and its
// feed; a text that would run does not.
func TestBlogPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.wants(404, "", "GET", "/blog", nil)
		f.wants(404, "", "GET", "/blog/feed.xml", nil)
		f.wants(200, "lena", "GET", "/store/blog", nil, "No posts", "/store/blog/new")
		f.wants(200, "lena", "GET", "/store/blog/new", nil, `value="lena"`, `name="summary_fr"`, "/store/media/pick", "!name=\"header\"")
		f.wants(303, "lena", "POST", "/store/blog-categories", url.Values{"name_en": {evil}, "slug": {"tips"}, "place": {"1"}})
		category := regexp.MustCompile(`pca_\w+`).FindString(f.wants(200, "lena", "GET", "/store/blog-categories", nil, tame))
		form := typed("wool", evil, "<p>Soft.</p><script>x()</script>", "")
		form.Set("summary_en", "Short "+evil)
		form.Set("byline", "Claire "+evil)
		form.Set("category", category)
		form.Set("cover_alt_en", evil)
		path := f.wants(303, "lena", "POST", "/store/blog", form)
		page := f.wants(200, "lena", "GET", path, nil, tame, "!"+evil, `value="`+category+`" selected`)
		f.wants(200, "", "GET", regexp.MustCompile(`/blog/preview/[\w-]+`).FindString(page), nil, "<p>Soft.</p>", "!<script>x", "!"+evil, "This is a draft")
		f.wants(404, "", "GET", "/blog/wool", nil)
		f.wants(303, "lena", "POST", path+"/publish", url.Values{"revision": {"1"}})
		f.wants(200, "", "GET", "/blog/wool", nil, "<p>Soft.</p>", "!<script>x", "!"+evil, "By Claire", `href="/blog/category/tips"`, "!This is a draft")
		f.wants(200, "", "GET", "/blog", nil, "Short", "!"+evil, `href="/blog/wool"`, `/blog/feed.xml`)
		f.wants(200, "", "GET", "/blog/category/tips", nil, `href="/blog/wool"`, "!"+evil)
		f.wants(404, "", "GET", "/blog/category/none", nil)
		f.wants(200, "lena", "GET", "/store/blog?q=claire&state=published&category="+category, nil, path)
		f.wants(200, "lena", "GET", "/store/blog?state=draft", nil, "!"+path)
		f.wants(200, "lena", "GET", path+"/versions?n=1", nil, "Version 1")
		form.Set("revision", "1")
		form.Set("summary_en", "Mine")
		form.Set("category", "")
		f.wants(303, "lena", "POST", path, form)
		form.Set("summary_en", "Theirs")
		f.wants(409, "paul", "POST", path, form, "Mine", "Theirs", "Nothing is lost")
		form.Set("category", "pca_1")
		form.Set("revision", "2")
		f.wants(422, "lena", "POST", path, form, "There is no such category any more")
		f.wants(303, "lena", "POST", path+"/hide", nil)
		f.wants(404, "", "GET", "/blog", nil)
		f.wants(404, "", "GET", "/blog/category/tips", nil)
		f.can = []string{MayView.Code}
		f.wants(200, "lena", "GET", path, nil, "!"+path+"/publish")
		for _, to := range []string{"", "/publish", "/hide", "/schedule", "/delete", "/restore"} {
			f.wants(403, "lena", "POST", path+to, nil)
		}
		f.wants(403, "lena", "POST", "/store/blog-categories", nil)
		f.wants(403, "lena", "POST", "/store/blog-categories/"+category+"/delete", nil)
	})
}

// The feed has what RFC 4287 asks for, in each language of the store.
func TestBlogFeed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		for i := range feedRows + 2 {
			p := posted(fmt.Sprint("post-", i), fmt.Sprint("Post <", i, ">"), "x")
			p.Title[i18n.Fr] = fmt.Sprint("Article ", i)
			write(t, w.Posts, w.at.Store, p)
			w.Clock.Advance(time.Minute)
		}
		for lang, wants := range map[string][2]string{"": {"Post <21>", "en"}, "?lang=fr": {"Article 21", "fr"}} {
			var feed struct {
				XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
				Lang    string   `xml:"lang,attr"`
				ID      string   `xml:"id"`
				Title   string   `xml:"title"`
				Updated string   `xml:"updated"`
				Links   []struct {
					Rel  string `xml:"rel,attr"`
					Href string `xml:"href,attr"`
				} `xml:"link"`
				Author  string `xml:"author>name"`
				Entries []struct {
					ID      string `xml:"id"`
					Title   string `xml:"title"`
					Updated string `xml:"updated"`
					Link    struct {
						Href string `xml:"href,attr"`
					} `xml:"link"`
				} `xml:"entry"`
			}
			page := f.wants(200, "", "GET", "/blog/feed.xml"+lang, nil)
			must(t, xml.Unmarshal([]byte(page), &feed))
			first := feed.Entries[0]
			if len(feed.Entries) != feedRows || first.Title != wants[0] || feed.Lang != wants[1] || feed.Title == "" || feed.Author != "Maison" || feed.Updated != first.Updated {
				t.Errorf("the feed is %+v", feed)
			}
			for _, at := range []string{feed.Updated, first.Updated} {
				must(t, second(time.Parse(time.RFC3339, at)))
			}
			ids := map[string]bool{}
			for _, e := range feed.Entries {
				ids[e.ID] = true
				if !strings.HasPrefix(e.Link.Href, "http://maison.localhost/blog/post-") || strings.HasSuffix(e.Link.Href, "?lang=fr") != (wants[1] == "fr") {
					t.Errorf("an entry leads to %s", e.Link.Href)
				}
			}
			if len(ids) != feedRows || feed.Links[0].Href != "http://maison.localhost/blog/feed.xml"+lang {
				t.Errorf("%d identifiers, self is %s", len(ids), feed.Links[0].Href)
			}
		}
	})
}

// A cover comes from the library, which says what it shows and counts it as used; pages
// of a blog take a number of statements that nothing makes larger.
func TestBlogCovers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		m := w.sends(t, "a.png", "", painted(t, 1000, 500, red))
		w.draws(t)
		w.edits(t, m.ID, func(e *MediaEdit) { e.Alt = i18n.Text{i18n.En: "A red field"} })
		form := typed("red", "Red", `<p><img src="/files/`+m.address()+`" alt=""></p>`, "")
		form.Set("cover_have", m.ID.String())
		path := f.wants(303, "lena", "POST", "/store/blog", form)
		f.wants(200, "lena", "GET", path, nil, `name="cover_have" value="`+m.ID.String()+`"`)
		form.Set("cover_have", "med_1")
		form.Set("revision", "1")
		f.wants(422, "lena", "POST", path, form)
		f.wants(303, "lena", "POST", path+"/publish", url.Values{"revision": {"1"}})
		for i := range 3 {
			write(t, w.Posts, w.at.Store, posted(fmt.Sprint("other-", i), "Other", "x"))
		}
		f.wants(200, "", "GET", "/blog", nil, `alt="A red field"`, "-400.webp 400w", `sizes="(max-width: 640px) 100vw, 400px"`)
		f.wants(200, "", "GET", "/blog/red", nil, `sizes="(max-width: 1100px) 100vw, 1040px"`, `sizes="(max-width: 760px) 100vw, 720px"`)
		uses, err := w.MediaUses(t.Context(), w.at.Store, m.ID)
		if err != nil || len(uses) != 1 || "/store"+uses[0].Path != path {
			t.Errorf("the cover is used by %v, %v", uses, err)
		}
		for path, most := range map[string]int{"/blog": 2, "/blog/red": 3, "/blog/other-1": 2, "/blog/feed.xml": 1, "/store/blog": 1, "/store" + uses[0].Path: 2, "/store/blog-categories": 0} {
			ctx, n := db.WithCounter(t.Context())
			r := httptest.NewRequestWithContext(ctx, "GET", "http://maison.localhost"+path, nil)
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: "lena"})
			got := httptest.NewRecorder()
			if f.site.ServeHTTP(got, r); got.Code != 200 || n.N() > most {
				t.Errorf("%s answers %d with %d statements, want at most %d", path, got.Code, n.N(), most)
			}
			if keep := got.Header().Get("Cache-Control"); strings.HasSuffix(path, ".xml") != (keep == "public, max-age=900") {
				t.Errorf("%s is kept: %q", path, keep)
			}
		}
	})
}
