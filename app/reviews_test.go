package app

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/tenancy"
)

// TestReviewsVanish reads the demo's reviews, and finds nothing of them once the
// module is off for the platform; the pages stay.
func TestReviewsVanish(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		shop, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		v := modtest.Visitor{Handler: a.Handler(), Host: a.modules.tenancy.Host(shop)}
		get := func(path string) modtest.Answer { return v.Ask(modtest.Ask{Method: http.MethodGet, Path: path}) }
		const product, list, own = "/products/stoneware-mug", "/categories/table", "/products/stoneware-mug/reviews"
		signs := map[string][]string{
			product:                        {`class="rating"`, `"aggregateRating"`, `id="reviews"`},
			list:                           {`class="rating"`},
			"/":                            {`class="rating"`},
			own:                            {`"review":[`, `"reviewBody"`, `class="review"`},
			"/api/v1/storefront" + product: {`"rating":{"average":`},
		}
		for path, words := range signs {
			for _, word := range words {
				if got := get(path); got.Status != http.StatusOK || !strings.Contains(got.Body, word) {
					t.Errorf("%s answers %d without %s", path, got.Status, word)
				}
			}
		}
		if part := get(own + "?part=1"); part.Status != http.StatusOK || strings.Contains(part.Body, "<html") {
			t.Errorf("the part answers %d and is a whole page", part.Status)
		}
		err = a.modules.tenancy.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.SwitchModule(ctx, in.Platform(), reviewsapi.Code, false)
		})
		if err != nil {
			t.Fatal(err)
		}
		for path, words := range signs {
			got := get(path)
			if want := http.StatusOK; path == own && got.Status != http.StatusNotFound || path != own && got.Status != want {
				t.Errorf("off, %s answers %d", path, got.Status)
			}
			for _, word := range words {
				if strings.Contains(got.Body, word) {
					t.Errorf("off, %s still has %s", path, word)
				}
			}
		}
	})
}
