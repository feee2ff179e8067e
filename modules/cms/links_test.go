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
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
)

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
