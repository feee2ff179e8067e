package cms

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/modules/core/coreapi"
)

// Staff find pages and posts of their store, and nobody those of another, or without
// the right to see them.
func TestFoundBySearch(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.at.Store
		about := write(t, w.Stores, in, says("about-us", "Our Atelier", "x"))
		post := write(t, w.Posts, in, posted("glazing", "Glazing in the atelier", "x"))
		for i := range 120 { // more than any list shows at once
			write(t, w.Stores, in, says(fmt.Sprintf("a-%d", i), fmt.Sprint("Number ", i), "x"))
		}
		write(t, w.Stores, w.other.Store, says("about-us", "Another atelier", "x"))
		for query, want := range map[string][]string{
			"ATELIER": {"/pages/" + about.String(), "/blog/" + post.String()}, "atelier our": {"/pages/" + about.String()}, "glazing": {"/blog/" + post.String()}, "kiln": nil,
		} {
			for _, may := range []bool{true, false} {
				s := coreapi.Search[coreapi.StoreReader]{Query: query, Limit: 8, Reader: coreapi.StoreReader{In: in, Words: w.kit.Bundle.In(i18n.En)}}
				if may {
					s.Reader.Grants = auth.Granted(MayView.Code)
				}
				var got []string
				for _, find := range []func(context.Context, coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error){w.pageResults, w.postResults} {
					found, err := find(t.Context(), s)
					if err != nil {
						t.Fatal(err)
					}
					for _, r := range found {
						got = append(got, r.Link)
					}
				}
				if may && !slices.Equal(got, want) || !may && len(got) > 0 {
					t.Errorf("%q, with the right %v: %v", query, may, got)
				}
			}
		}
	})
}
