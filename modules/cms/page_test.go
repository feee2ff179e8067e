package cms

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/i18n"
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
			"restore": w.Stores.Restore(ctx, w.other.Store, id, 1, lena),
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
