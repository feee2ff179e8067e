package bench

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// world is what the tasks know about the stores.
type world struct {
	client *client
	stores int
	goods  []goods  // of each store that is asked
	carts  []string // filled and answered, to be placed
}

// goods are what a store sells.
type goods struct {
	products   []string // paths
	categories []string
	slugs      []string
	variants   []string // some of them
}

// shown is over how many stores the requests are spread at the most.
const shown = 1000

func (w *world) of(i int) goods { return w.goods[i%len(w.goods)] }

func (w *world) store(i int) string { return fmt.Sprintf("store-%d", i%len(w.goods)+1) }

// visit looks at every store as its first shopper does, and tells how many
// there are. What a store keeps in memory is there afterwards, so that the
// tasks measure a store that has shoppers, however many stores there are.
func (w *world) visit(ctx context.Context, stores int) error {
	w.goods = make([]goods, min(stores, shown))
	errs := make([]error, len(w.goods))
	var wg sync.WaitGroup
	gate := make(chan struct{}, 4)
	for i := range w.goods {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			if errs[i] = w.look(ctx, i); errs[i] != nil {
				errs[i] = fmt.Errorf("%s: %w", w.store(i), errs[i])
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// look reads the sitemaps of a store and walks through it.
func (w *world) look(ctx context.Context, i int) error {
	g := &w.goods[i]
	if err := w.read(ctx, i, "/sitemap.xml", g); err != nil {
		return err
	}
	if len(g.products) == 0 || len(g.categories) == 0 {
		return errors.New("its sitemaps list no products or no categories")
	}
	for _, path := range []string{"/", g.categories[0], g.products[0], "/search?q=" + words[0], storefront + "/products?limit=20"} {
		if err := w.client.get(ctx, w.store(i), path); err != nil {
			return err
		}
	}
	for _, slug := range g.slugs {
		var product struct {
			Variants []struct {
				ID string `json:"id"`
			} `json:"variants_list"`
		}
		q := request{method: http.MethodGet, store: w.store(i), path: storefront + "/products/" + slug}
		if err := w.client.call(ctx, q, &product); err != nil {
			return err
		}
		for _, v := range product.Variants {
			g.variants = append(g.variants, v.ID)
		}
		if len(g.variants) > 20 {
			return nil
		}
	}
	if len(g.variants) == 0 {
		return errors.New("it sells nothing")
	}
	return nil
}

// read collects the addresses of a sitemap and, of an index, of its parts.
func (w *world) read(ctx context.Context, i int, path string, g *goods) error {
	var site struct {
		Parts []string `xml:"sitemap>loc"`
		Pages []string `xml:"url>loc"`
	}
	text, err := w.client.text(ctx, w.store(i), path)
	if err != nil {
		return err
	}
	if err := xml.Unmarshal([]byte(text), &site); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	for _, part := range site.Parts {
		at, err := url.Parse(part)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if err := w.read(ctx, i, at.Path, g); err != nil {
			return err
		}
	}
	for _, page := range site.Pages {
		at, err := url.Parse(page)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		switch {
		case strings.HasPrefix(at.Path, "/products/"):
			g.products = append(g.products, at.Path)
			g.slugs = append(g.slugs, strings.TrimPrefix(at.Path, "/products/"))
		case strings.HasPrefix(at.Path, "/categories/"):
			g.categories = append(g.categories, at.Path)
		}
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
		page("category with facets", func(i int) string { return pick(w.of(i).categories, i) }),
		page("search", func(i int) string { return "/search?q=" + pick(words, i) }),
		page("product page", func(i int) string { return pick(w.of(i).products, i) }),
		page("REST list of 20", func(int) string { return "/api/v1/storefront/products?limit=20" }),
		page("REST detail", func(i int) string { return "/api/v1/storefront/products/" + pick(w.of(i).slugs, i) }),
	}
	tasks = append(tasks,
		Task{Name: "add to cart", Do: func(ctx context.Context, _, i int) error {
			_, err := w.cart(ctx, i)
			return err
		}},
		Task{Name: "whole checkout", Do: w.checkout, Jobs: true},
		Task{Name: "place order", Do: w.placeReady, Prepare: w.ready, Jobs: true},
	)
	return tasks
}
