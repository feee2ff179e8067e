package bench

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
)

// world is what the tasks know about the stores. The demo has a few kinds of
// them, one behind the other.
type world struct {
	client   *client
	stores   int
	token    string
	kinds    []kind
	variants sync.Map // what each store sells, so that looking it up is not measured
	carts    []string // filled and answered, to be placed
}

// kind is what stores of the same contents have.
type kind struct {
	products   []string // paths
	categories []string
	slugs      []string
}

// kinds is how many stores differ in the demo.
const kinds = 4

func (w *world) kind(i int) kind { return w.kinds[i%min(w.stores, shown)%len(w.kinds)] }

// shown is how many stores the requests are spread over.
const shown = 1000

func (w *world) store(i int) string { return fmt.Sprintf("store-%d", i%min(w.stores, shown)+1) }

func (w *world) discover(ctx context.Context) error {
	for i := range min(w.stores, kinds) {
		k, err := w.look(ctx, i)
		if err != nil {
			return err
		}
		w.kinds = append(w.kinds, k)
	}
	return nil
}

// look reads the sitemap of a store.
func (w *world) look(ctx context.Context, i int) (k kind, err error) {
	var site struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	text, err := w.client.text(ctx, w.store(i), "/sitemap.xml")
	if err != nil {
		return k, err
	}
	if err := xml.Unmarshal([]byte(text), &site); err != nil {
		return k, fmt.Errorf("read the sitemap: %w", err)
	}
	for _, u := range site.URLs {
		at, err := url.Parse(u.Loc)
		if err != nil {
			continue
		}
		switch {
		case strings.HasPrefix(at.Path, "/products/"):
			k.products = append(k.products, at.Path)
			k.slugs = append(k.slugs, strings.TrimPrefix(at.Path, "/products/"))
		case strings.HasPrefix(at.Path, "/categories/"):
			k.categories = append(k.categories, at.Path)
		}
	}
	if len(k.products) == 0 || len(k.categories) == 0 {
		return k, errors.New("the sitemap lists no products or no categories")
	}
	return k, nil
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
		page("category with facets", func(i int) string { return pick(w.kind(i).categories, i) }),
		page("search", func(i int) string { return "/search?q=" + pick(words, i) }),
		page("product page", func(i int) string { return pick(w.kind(i).products, i) }),
		page("REST list of 20", func(int) string { return "/api/v1/storefront/products?limit=20" }),
		page("REST detail", func(i int) string { return "/api/v1/storefront/products/" + pick(w.kind(i).slugs, i) }),
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
