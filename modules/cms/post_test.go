package cms

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/modules/cms/menusapi"
)

// posted is a post with a title and a text in English.
func posted(slug, title, body string) Writing {
	w := says(slug, title, body)
	w.Tier, w.Footer = Posted, false
	w.Summary, w.Byline = i18n.Text{i18n.En: "About " + title}, "Claire"
	return w
}

// titlesOf are the titles of the posts that readers see, a few at a time.
func (w *world) titlesOf(t *testing.T, in At, of CategoryID) []string {
	t.Helper()
	var out []string
	for q := (ShownQuery{Request: page.Request{Limit: 2}, Category: of}); ; {
		some, err := w.ShownPosts(t.Context(), in.Store, q)
		must(t, err)
		for _, p := range some.Items {
			out = append(out, p.Title[i18n.En])
		}
		if q.After = some.Next; q.After == "" {
			return out
		}
	}
}

func TestPosts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		ids := map[string]PageID{}
		for _, name := range []string{"one", "two", "three", "four", "five"} {
			ids[name] = write(t, w.Posts, in, posted(name, name, "<p>"+name+"</p>"))
			w.Clock.Advance(time.Hour)
		}
		write(t, w.Stores, in, says("one", "A page", "x")) // at the same address among pages
		if d := cmp.Diff([]string{"five", "four", "three", "two", "one"}, w.titlesOf(t, w.at, 0)); d != "" {
			t.Error(d)
		}
		a, err := w.ReadPost(ctx, in, "three")
		if err != nil || a.Body[i18n.En] != "<p>three</p>" || a.Before.Slug != "two" || a.After.Slug != "four" {
			t.Errorf("the third post: %+v, %v", a, err)
		}
		if a, err = w.ReadPost(ctx, in, "five"); err != nil || a.Before == nil || a.After != nil {
			t.Errorf("the last post: %+v, %v", a, err)
		}
		// What is edited and published again keeps its place, and so does what comes back.
		edit := posted("two", "two again", "<p>other</p>")
		edit.Seen = 1
		must(t, w.Posts.Save(ctx, in, ids["two"], edit), w.Posts.Publish(ctx, in, ids["two"], 2, lena))
		must(t, w.Posts.Hide(ctx, in, ids["four"], lena), w.Posts.Hide(ctx, in, ids["five"], lena), w.Posts.Publish(ctx, in, ids["four"], 1, paul))
		if d := cmp.Diff([]string{"four", "three", "two again", "one"}, w.titlesOf(t, w.at, 0)); d != "" {
			t.Error(d)
		}
		if got := w.titlesOf(t, w.other, 0); len(got) > 0 {
			t.Errorf("another store shows %v", got)
		}
		for what, err := range map[string]error{
			"hidden":   second(w.ReadPost(ctx, in, "five")),
			"far":      second(w.ReadPost(ctx, w.other.Store, "one")),
			"as page":  second(w.Stores.Page(ctx, in, ids["one"])),
			"far edit": w.Posts.Publish(ctx, w.other.Store, ids["one"], 1, lena),
		} {
			if !errors.Is(err, errUnknown) {
				t.Errorf("%s: %v", what, err)
			}
		}
		last := w.log.actions[len(w.log.actions)-1]
		if last != "cms.post_published by Paul" {
			t.Errorf("the log says %s", last)
		}
		if _, err := w.Posts.Create(ctx, in, posted("one", "Again", "x")); fault.As(err).Fields[0].Name != "slug" {
			t.Errorf("two posts at one address: %v", err)
		}
	})
}

// A post is published when it is due, and an address that was read leads on.
func TestPostSchedule(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id, err := w.Posts.Create(ctx, in, posted("soon", "Soon", "x"))
		must(t, err, w.Posts.Schedule(ctx, in, id, w.Clock.Now().Add(time.Hour), lena))
		w.settle(t)
		if got := w.titlesOf(t, w.at, 0); len(got) > 0 {
			t.Errorf("readers see %v before its time", got)
		}
		w.Clock.Advance(time.Hour)
		w.settle(t)
		if a, err := w.ReadPost(ctx, in, "soon"); err != nil || !a.First.Equal(w.Clock.Now()) {
			t.Errorf("at its time: %v, %v", a.First, err)
		}
		edit := posted("now", "Now", "x")
		edit.Seen = 1
		must(t, w.Posts.Save(ctx, in, id, edit))
		if to, code, err := w.Lead(ctx, in, "/blog/soon"); to != "/blog/now" || code != 301 || err != nil {
			t.Errorf("the old address leads to %q, %d, %v", to, code, err)
		}
	})
}

func TestPostCategories(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		keep := func(c CategoryWriting) (CategoryID, error) {
			c.Lang, c.By = i18n.En, lena
			return w.KeepCategory(ctx, in, c)
		}
		guides, err := keep(CategoryWriting{Name: i18n.Text{i18n.En: "Guides & care"}})
		must(t, err)
		if _, err := keep(CategoryWriting{Slug: "guides-care", Name: i18n.Text{i18n.En: "Other"}}); fault.As(err).Fields[0].Name != "slug" {
			t.Errorf("two categories at one address: %v", err)
		}
		p := posted("wool", "Wool", "x")
		p.Category = guides
		id := write(t, w.Posts, in, p)
		write(t, w.Posts, in, posted("news", "News", "x"))
		if d := cmp.Diff([]string{"Wool"}, w.titlesOf(t, w.at, guides)); d != "" {
			t.Error(d)
		}
		// Readers find a post where it was when it was published.
		p.Category, p.Seen = 0, 1
		must(t, w.Posts.Save(ctx, in, id, p))
		if d := cmp.Diff([]string{"Wool"}, w.titlesOf(t, w.at, guides)); d != "" {
			t.Error(d)
		}
		if _, err := keep(CategoryWriting{ID: guides, Slug: "care", Name: i18n.Text{i18n.En: "Care"}, Seen: 9}); !errors.Is(err, ErrChanged) {
			t.Errorf("who did not see what is stored writes over it: %v", err)
		}
		must(t, second(keep(CategoryWriting{ID: guides, Slug: "care", Name: i18n.Text{i18n.En: "Care"}, Seen: 1})))
		if to, _, err := w.Lead(ctx, in, "/blog/category/guides-care"); to != "/blog/category/care" || err != nil {
			t.Errorf("the old address leads to %q, %v", to, err)
		}
		p.Category, p.Seen = guides+1, 2
		if err := w.Posts.Save(ctx, in, id, p); fault.As(err).Fields[0].Name != "category" {
			t.Errorf("a category that there is not: %v", err)
		}
		if err := w.DropCategory(ctx, w.other.Store, guides, lena); !errors.Is(err, errNoCategory) {
			t.Errorf("another store drops it: %v", err)
		}
		must(t, w.DropCategory(ctx, in, guides, lena))
		if got := w.titlesOf(t, w.at, 0); len(got) != 2 {
			t.Errorf("without the category there are %v", got)
		}
	})
}

func TestBlogTargets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		wants := func(find func() (map[string]menusapi.Place, error), key, path, why string) {
			t.Helper()
			got, err := find()
			if err != nil || got[key].Path != path || got[key].Why != why {
				t.Errorf("%s: %+v, %v", key, got, err)
			}
		}
		blog := func() (map[string]menusapi.Place, error) { return w.blogLed(ctx, in, nil) }
		wants(blog, blogKey, "/blog", whyDraft)
		id := write(t, w.Posts, in, posted("one", "One", "x"))
		wants(blog, blogKey, "/blog", "")
		post := func() (map[string]menusapi.Place, error) { return w.postsLed(ctx, in, []string{id.String()}) }
		wants(post, id.String(), "/blog/one", "")
		must(t, w.Posts.Hide(ctx, in, id, lena))
		wants(post, id.String(), "", "")
		wants(blog, blogKey, "/blog", whyDraft)
		if some, err := w.postsToLead(ctx, in, menusapi.Asked{Lang: i18n.En, Text: "ONE"}); err != nil || len(some) != 1 {
			t.Errorf("staff find %v, %v", some, err)
		}
	})
}
