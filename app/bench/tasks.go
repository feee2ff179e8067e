package bench

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// world is what the tasks know about the stores: the first ones' pages, which
// are alike in all.
type world struct {
	client     *client
	stores     int
	token      string
	products   []string // paths
	categories []string
	slugs      []string
	carts      []string // filled and answered, to be placed
}

// shown is how many stores the requests are spread over.
const shown = 1000

func (w *world) store(i int) string { return fmt.Sprintf("store-%d", i%min(w.stores, shown)+1) }

func (w *world) discover(ctx context.Context) error {
	var site struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	text, err := w.client.text(ctx, w.store(0), "/sitemap.xml")
	if err != nil {
		return err
	}
	if err := xml.Unmarshal([]byte(text), &site); err != nil {
		return fmt.Errorf("read the sitemap: %w", err)
	}
	for _, u := range site.URLs {
		at, err := url.Parse(u.Loc)
		if err != nil {
			continue
		}
		switch {
		case strings.HasPrefix(at.Path, "/products/"):
			w.products = append(w.products, at.Path)
			w.slugs = append(w.slugs, strings.TrimPrefix(at.Path, "/products/"))
		case strings.HasPrefix(at.Path, "/categories/"):
			w.categories = append(w.categories, at.Path)
		}
	}
	if len(w.products) == 0 || len(w.categories) == 0 {
		return errors.New("the sitemap lists no products or no categories")
	}
	return nil
}

func pick(list []string, i int) string { return list[i%len(list)] }

// words are what shoppers look for.
var words = []string{"tasse", "lin", "rouge", "bougie", "cadeau", "bol", "savon", "verre"}

func (w *world) tasks() []Task {
	page := func(name string, path func(i int) string) Task {
		return Task{Name: name, Do: func(ctx context.Context, _, i int) error { return w.client.get(ctx, w.store(i), path(i)) }}
	}
	tasks := []Task{
		page("storefront home", func(int) string { return "/" }),
		page("category with facets", func(i int) string { return pick(w.categories, i) }),
		page("search", func(i int) string { return "/search?q=" + pick(words, i) }),
		page("product page", func(i int) string { return pick(w.products, i) }),
		page("REST list of 20", func(int) string { return "/api/v1/storefront/products?limit=20" }),
		page("REST detail", func(i int) string { return "/api/v1/storefront/products/" + pick(w.slugs, i) }),
	}
	tasks = append(tasks,
		Task{Name: "add to cart", Do: func(ctx context.Context, _, i int) error {
			_, err := w.cart(ctx, i)
			return err
		}},
		Task{Name: "whole checkout", Do: w.checkout},
		Task{Name: "place order", Do: w.placeReady, Prepare: w.ready},
	)
	return tasks
}
