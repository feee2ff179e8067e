package cms

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
)

func TestThreeTiers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, at := t.Context(), w.at
		w.common(t, "terms", "Terms", "<p>of all</p>")
		site := says("pricing", "Pricing", "<p>of the platform</p>")
		site.Tier = Site
		write(t, w.Platforms, at.Platform, site)
		w.reads(t, at, "terms", "<p>of all</p>")
		w.reads(t, at, "pricing", "") // a platform's own site is on its own hosts only
		if r, err := w.ReadSite(ctx, at.Platform, "pricing"); err != nil || r.Body[i18n.En] != "<p>of the platform</p>" {
			t.Errorf("the platform's site says %v, %v", r.Body, err)
		}
		if _, err := w.ReadSite(ctx, at.Platform, "terms"); !errors.Is(err, errUnknown) {
			t.Errorf("the platform's site has a default of stores: %v", err)
		}

		id, err := w.Override(ctx, at, "terms", i18n.En, lena)
		must(t, err)
		p := wants(t, w.Stores, at.Store, id, Draft, 1)
		if p.Slug != "terms" || p.Body[i18n.En] != "<p>of all</p>" {
			t.Errorf("a store's own page begins with %q at %s", p.Body[i18n.En], p.Slug)
		}
		w.reads(t, at, "terms", "<p>of all</p>") // nobody published it
		edit := says("terms", "Our terms", "<p>ours</p>")
		edit.Seen = 1
		must(t, w.Stores.Save(ctx, at.Store, id, edit), w.Stores.Publish(ctx, at.Store, id, 2, lena))
		w.reads(t, at, "terms", "<p>ours</p>")
		w.reads(t, w.other, "terms", "<p>of all</p>")

		must(t, w.Stores.Hide(ctx, at.Store, id, lena))
		w.reads(t, at, "terms", "<p>of all</p>")
		must(t, w.Stores.Publish(ctx, at.Store, id, 2, lena))
		w.reads(t, at, "terms", "<p>ours</p>")
		must(t, w.Stores.Delete(ctx, at.Store, id, lena))
		w.reads(t, at, "terms", "<p>of all</p>")
		if _, err := w.Stores.Page(ctx, at.Store, id); !errors.Is(err, errUnknown) {
			t.Errorf("a deleted page: %v", err)
		}
		if _, err := w.Override(ctx, at, "pricing", i18n.En, lena); !errors.Is(err, errUnknown) {
			t.Errorf("a page of the platform's site was overridden: %v", err)
		}
	})
}

// A store reads the pages of its own platform, and finds those of nobody else.
func TestPagesStayApart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := write(t, w.Stores, w.at.Store, says("about", "About", "us"))
		def := w.common(t, "terms", "Terms", "all")
		far := At{Platform: w.Gate.Platform(w.at.Platform.ID() + 1), Store: w.other.Store}
		w.reads(t, w.other, "about", "")
		w.reads(t, far, "terms", "")
		for what, err := range map[string]error{
			"read":    second(w.Stores.Page(ctx, w.other.Store, id)),
			"save":    w.Stores.Save(ctx, w.other.Store, id, says("about", "x", "x")),
			"publish": w.Stores.Publish(ctx, w.other.Store, id, 1, lena),
			"delete":  w.Stores.Delete(ctx, w.other.Store, id, lena),
			"version": second(w.Stores.Version(ctx, w.other.Store, id, 1)),
			"far":     second(w.Platforms.Page(ctx, far.Platform, def)),
			"removed": w.Platforms.Delete(ctx, far.Platform, def, lena),
		} {
			if !errors.Is(err, errUnknown) {
				t.Errorf("%s somebody else's page: %v", what, err)
			}
		}
		if _, err := w.Stores.Previewed(ctx, w.other.Store, w.Stores.Preview(w.at.Store, id)); err == nil {
			t.Error("a preview of one store opens in another")
		}
		w.reads(t, w.at, "about", "us")
		w.reads(t, w.at, "terms", "all")
	})
}

func second[T any](_ T, err error) error { return err }

func TestConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id := write(t, w.Stores, in, says("about", "About", "one"))
		lenas, pauls := says("about", "About", "Lena's"), says("about", "About", "Paul's")
		lenas.Seen, pauls.Seen, pauls.By = 1, 1, paul
		must(t, w.Stores.Save(ctx, in, id, lenas))
		if err := w.Stores.Save(ctx, in, id, pauls); !errors.Is(err, ErrChanged) {
			t.Errorf("who had not seen the other's text saves: %v", err)
		}
		if err := w.Stores.Publish(ctx, in, id, 1, paul); !errors.Is(err, ErrChanged) {
			t.Errorf("who had not seen the other's text publishes: %v", err)
		}
		if p := wants(t, w.Stores, in, id, Changed, 2); p.Body[i18n.En] != "Lena&#39;s" || p.Editor != "Lena" {
			t.Errorf("the draft says %q by %s", p.Body[i18n.En], p.Editor)
		}
		pauls.Seen = 2
		must(t, w.Stores.Save(ctx, in, id, pauls))
		pauls.Seen = 3
		must(t, w.Stores.Save(ctx, in, id, pauls)) // saving what is there already changes nothing
		wants(t, w.Stores, in, id, Changed, 3)
		w.reads(t, w.at, "about", "one")
	})
}

func TestVersions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id := write(t, w.Stores, in, says("about", "About", "one"))
		if err := w.Stores.Publish(ctx, in, id, 1, lena); !errors.Is(err, errSame) {
			t.Errorf("the same is published twice: %v", err)
		}
		for i, text := range []string{"two", "three"} {
			edit := says("about", "About", text)
			edit.Seen, edit.By = int64(i+1), paul
			must(t, w.Stores.Save(ctx, in, id, edit), w.Stores.Publish(ctx, in, id, int64(i+2), paul))
		}
		all, err := w.Stores.Versions(ctx, in, id, 0, 10)
		var got []string
		for _, v := range all {
			got = append(got, fmt.Sprint(v.Number, " ", v.Author, " ", v.At.Equal(w.Clock.Now())))
		}
		if d := cmp.Diff([]string{"3 Paul true", "2 Paul true", "1 Lena true"}, got); d != "" || err != nil {
			t.Error(d, err)
		}
		if page, err := w.Stores.Versions(ctx, in, id, 3, 1); err != nil || len(page) != 1 || page[0].Number != 2 {
			t.Errorf("one before the third: %v, %v", page, err)
		}
		must(t, w.Stores.Restore(ctx, in, id, 1, lena))
		w.reads(t, w.at, "about", "three")
		wants(t, w.Stores, in, id, Changed, 4)
		must(t, w.Stores.Publish(ctx, in, id, 4, lena))
		w.reads(t, w.at, "about", "one")
		if err := w.Stores.Restore(ctx, in, id, 9, lena); !errors.Is(err, errUnknown) {
			t.Errorf("a version that never was: %v", err)
		}
		v, err := w.Stores.Version(ctx, in, id, 2)
		if err != nil || v.Body[i18n.En] != "two" {
			t.Errorf("the second version says %q, %v", v.Body[i18n.En], err)
		}
	})
}

func TestSchedule(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in, now := t.Context(), w.at.Store, w.Clock.Now()
		id, err := w.Stores.Create(ctx, in, says("about", "About", "soon"))
		must(t, err)
		if err := w.Stores.Schedule(ctx, in, id, now, lena); fault.As(err).Fields[0].Name != "due" {
			t.Errorf("published in the past: %v", err)
		}
		must(t, w.Stores.Schedule(ctx, in, id, now.Add(time.Hour), lena))
		w.settle(t)
		w.reads(t, w.at, "about", "")
		must(t, w.Stores.Schedule(ctx, in, id, now.Add(3*time.Hour), paul)) // somebody thinks better of it
		w.Clock.Advance(2 * time.Hour)
		w.settle(t)
		w.reads(t, w.at, "about", "")
		w.Clock.Advance(time.Hour)
		w.settle(t)
		w.reads(t, w.at, "about", "soon")
		if p := wants(t, w.Stores, in, id, Published, 1); !p.Due.IsZero() {
			t.Errorf("it is still due at %v", p.Due)
		}
		if last := w.log.actions[len(w.log.actions)-1]; last != "cms.page_published by Paul" {
			t.Errorf("the log says %s", last)
		}

		def := w.common(t, "terms", "Terms", "old")
		edit := says("terms", "Terms", "new")
		edit.Seen = 1
		must(t, w.Platforms.Save(ctx, w.at.Platform, def, edit), w.Platforms.Schedule(ctx, w.at.Platform, def, w.Clock.Now().Add(time.Hour), lena))
		w.Clock.Advance(time.Hour)
		w.settle(t)
		w.reads(t, w.at, "terms", "new")

		gone, err := w.Stores.Create(ctx, in, says("gone", "Gone", "x"))
		must(t, err, w.Stores.Schedule(ctx, in, gone, w.Clock.Now().Add(time.Hour), lena))
		must(t, w.Stores.Delete(ctx, in, gone, lena))
		w.Clock.Advance(time.Hour)
		w.settle(t)
	})
}

func TestBadPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		write(t, w.Stores, in, says("about", "About", "x"))
		for want, bad := range map[string]Writing{
			"slug form.taken":                  says("about", "Another", "x"),
			"slug cms.bad_slug":                says("About us!", "Another", "x"),
			"slug form.too_long":               says(strings.Repeat("a", maxSlug+1), "Another", "x"),
			"title_en form.required":           says("b", " ", "x"),
			"title_en form.too_long":           says("b", strings.Repeat("é", maxTitle+1), "x"),
			"body_en form.too_long":            says("b", "B", strings.Repeat("x", maxBody+1)),
			"place form.too_large":             {Slug: "b", Lang: i18n.En, Content: Content{Head: Head{Title: i18n.Text{i18n.En: "B"}, Place: maxPlace + 1}}},
			"seo_description_en form.too_long": {Slug: "b", Lang: i18n.En, Content: Content{Head: Head{Title: i18n.Text{i18n.En: "B"}, SEODescription: i18n.Text{i18n.En: strings.Repeat("x", maxSEO+1)}}}},
		} {
			_, err := w.Stores.Create(ctx, in, bad)
			if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name+" "+f.Fields[0].Code != want {
				t.Errorf("want %s, got %v", want, err)
			}
		}
		id, err := w.Stores.Create(ctx, in, says("", "Über uns & Ça", `<p onclick="x()">a</p><script>x()</script>`))
		must(t, err)
		if p := wants(t, w.Stores, in, id, Draft, 1); p.Slug != "uber-uns-ca" || p.Body[i18n.En] != "<p>a</p>" {
			t.Errorf("it is at %s and says %q", p.Slug, p.Body[i18n.En])
		}
		edit := says("about", "Moved", "x")
		edit.Seen = 1
		if f := fault.As(w.Stores.Save(ctx, in, id, edit)); f == nil || f.Fields[0].Code != "form.taken" {
			t.Errorf("a page moves to where another is: %v", f)
		}
	})
}

// Lists are cut by address; the links of every page cost nothing once they are known.
func TestListsAndLinks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		for _, slug := range []string{"c", "a", "b"} {
			write(t, w.Stores, in, says(slug, strings.ToUpper(slug), "x"))
		}
		var got []string
		q := Query{Request: page.Request{Limit: 2}}
		for {
			found, err := w.Stores.List(ctx, in, q)
			must(t, err)
			for _, p := range found.Items {
				got = append(got, p.Slug)
			}
			if q.After = found.Next; q.After == "" {
				break
			}
		}
		if !slices.Equal(got, []string{"a", "b", "c"}) {
			t.Errorf("the list is %v", got)
		}
		w.common(t, "b", "Not seen", "x")
		w.common(t, "d", "D", "x")
		if _, err := w.Platforms.Create(ctx, w.at.Platform, func() Writing { d := says("e", "E", "x"); d.Tier = Default; return d }()); err != nil {
			t.Fatal(err)
		}
		links := func(of At) string {
			t.Helper()
			all, err := w.Links(ctx, of)
			must(t, err)
			var out []string
			for _, l := range all {
				out = append(out, l.Slug+"="+l.Title[i18n.En])
			}
			return strings.Join(out, " ")
		}
		if got := links(w.at); got != "a=A b=B c=C d=D" {
			t.Errorf("the store has %s", got)
		}
		if got := links(w.other); got != "b=Not seen d=D" {
			t.Errorf("the other store has %s", got)
		}
		counted, n := db.WithCounter(ctx)
		if _, err := w.Links(counted, w.at); err != nil || n.N() != 0 {
			t.Errorf("links that are known take %d statements, %v", n.N(), err)
		}
		if _, err := w.Read(counted, w.at, "nowhere"); err == nil || n.N() != 0 {
			t.Errorf("a page that is not there takes %d statements, %v", n.N(), err)
		}
		for i, slug := range []string{"a", "d"} {
			if _, err := w.Read(counted, w.at, slug); err != nil || n.N() != i+1 {
				t.Errorf("%d pages take %d statements, %v", i+1, n.N(), err)
			}
		}
	})
}

// What another node deleted is not asked for twice.
func TestOtherNodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := write(t, w.Stores, w.at.Store, says("terms", "Terms", "ours"))
		w.common(t, "terms", "Terms", "all")
		w.reads(t, w.at, "terms", "ours")
		elsewhere := New(w.need)
		must(t, elsewhere.Stores.Delete(t.Context(), w.at.Store, id, lena))
		w.reads(t, w.at, "terms", "all")
	})
}

// Every change stands in the log, with who did it.
func TestLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Platform
		def := w.common(t, "terms", "Terms", "x")
		must(t, w.Platforms.Hide(ctx, in, def, paul), w.Platforms.Schedule(ctx, in, def, w.Clock.Now().Add(time.Hour), paul),
			w.Platforms.Schedule(ctx, in, def, time.Time{}, paul), w.Platforms.Delete(ctx, in, def, paul))
		want := []string{
			"cms.page_created by Lena", "cms.page_published by Lena", "cms.page_hidden by Paul", "cms.page_scheduled by Paul", "cms.page_scheduled by Paul",
			"cms.page_deleted by Paul",
		}
		if d := cmp.Diff(want, w.log.actions); d != "" {
			t.Error(d)
		}
	})
}

// There is room for so many pages and no more, whoever comes first.
func TestFull(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.at.Store
		err := db.Do(t.Context(), w.DB, in, func(tx *db.Tx[tenant.Store]) error {
			for i := range maxPages {
				p := Page{ID: PageID(tx.NewID()), Slug: fmt.Sprint("p", i), Edited: tx.Now()}
				if err := insertPage(t.Context(), tx, storeStatements, p); err != nil {
					return err
				}
			}
			return nil
		})
		must(t, err)
		if _, err := w.Stores.Create(t.Context(), in, says("one-more", "One more", "x")); !errors.Is(err, errFull) {
			t.Errorf("one more: %v", err)
		}
		if _, err := w.Stores.Create(t.Context(), w.other.Store, says("one-more", "One more", "x")); err != nil {
			t.Errorf("in another store: %v", err)
		}
	})
}
