package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What schema.org and the search engines ask of structured data, as far as a
// shop has it. developers.google.com/search/docs/appearance/structured-data has
// the fields that are required and recommended.

var (
	decimal     = regexp.MustCompile(`^\d+\.\d{2}$`)
	currency    = regexp.MustCompile(`^[A-Z]{3}$`)
	oneToFive   = regexp.MustCompile(`^[1-5]\.\d$`)
	gtin        = regexp.MustCompile(`^(\d{8}|\d{12,14})$`)
	stockStates = []string{"InStock", "OutOfStock", "BackOrder"}
)

// judge says what is wrong with the structured data of one page.
type judge struct {
	t            *testing.T
	page, origin string
}

// checkData holds an object to the rules of its kind, which it tells.
func checkData(t *testing.T, page, origin string, ld map[string]any) string {
	t.Helper()
	j := judge{t, page, origin}
	if ld["@context"] != "https://schema.org" {
		j.wrong("context", ld["@context"])
	}
	kind, _ := ld["@type"].(string)
	switch kind {
	case "Product":
		j.product(ld)
	case "BreadcrumbList":
		items := j.steps(ld, "item")
		if len(items) < 2 {
			j.wrong("breadcrumbs", items)
		}
		if last := items[len(items)-1]; last["item"] != page {
			j.wrong("last breadcrumb", last)
		}
	case "ItemList":
		j.steps(ld, "url")
	case "OnlineStore":
		j.words(ld, "name", "description", "email", "telephone")
		j.addresses(ld, "@id", "url", "image")
		if logo, has := ld["logo"]; has {
			j.address("logo", logo)
		}
		if place := j.inner(ld, "address", "PostalAddress"); place != nil {
			j.words(place, "streetAddress", "addressCountry")
		}
	case "WebSite":
		j.words(ld, "name", "inLanguage")
		j.addresses(ld, "url")
	case "BlogPosting":
		j.words(ld, "headline", "description", "inLanguage", "datePublished", "dateModified")
		j.addresses(ld, "url", "mainEntityOfPage", "image")
		if by := j.inner(ld, "author", "Person"); by != nil {
			j.words(by, "name")
		}
	default:
		j.wrong("kind", kind)
	}
	return kind
}

func (j judge) product(ld map[string]any) {
	j.t.Helper()
	j.words(ld, "name", "description")
	j.addresses(ld, "url", "@id")
	images, _ := ld["image"].([]any)
	if len(images) == 0 {
		j.wrong("image", ld["image"])
	}
	for _, img := range images {
		j.address("image", img)
	}
	if brand := j.inner(ld, "brand", "Brand"); brand != nil {
		j.words(brand, "name")
	}
	if code, has := ld["gtin"]; has {
		j.matches("gtin", code, gtin)
	}
	if r := j.inner(ld, "aggregateRating", "AggregateRating"); r != nil {
		j.matches("ratingValue", r["ratingValue"], oneToFive)
		if n, _ := r["ratingCount"].(float64); n < 1 || r["bestRating"] != 5.0 || r["worstRating"] != 1.0 {
			j.wrong("rating", r)
		}
	}
	j.offer(ld)
}

func (j judge) offer(ld map[string]any) {
	j.t.Helper()
	o, _ := ld["offers"].(map[string]any)
	j.matches("priceCurrency", o["priceCurrency"], currency)
	j.addresses(o, "url", "availability", "itemCondition")
	if state, _ := o["availability"].(string); !slices.Contains(stockStates, strings.TrimPrefix(state, "https://schema.org/")) {
		j.wrong("availability", state)
	}
	switch o["@type"] {
	case "Offer":
		j.matches("price", o["price"], decimal)
	case "AggregateOffer":
		j.matches("lowPrice", o["lowPrice"], decimal)
		j.matches("highPrice", o["highPrice"], decimal)
		low, _ := strconv.ParseFloat(o["lowPrice"].(string), 64)
		high, _ := strconv.ParseFloat(o["highPrice"].(string), 64)
		if n, _ := o["offerCount"].(float64); n < 2 || low >= high {
			j.wrong("offers", o)
		}
	default:
		j.wrong("offers", o)
	}
}

// steps are the items of a list: counted from one, each with a name and an
// address.
func (j judge) steps(ld map[string]any, address string) []map[string]any {
	j.t.Helper()
	var out []map[string]any
	items, _ := ld["itemListElement"].([]any)
	for i, v := range items {
		item, _ := v.(map[string]any)
		if item["@type"] != "ListItem" || item["position"] != float64(i+1) {
			j.wrong("item", item)
		}
		j.words(item, "name")
		j.addresses(item, address)
		out = append(out, item)
	}
	return out
}

// inner is an object within another, if it is there.
func (j judge) inner(ld map[string]any, field, kind string) map[string]any {
	j.t.Helper()
	v, has := ld[field]
	if !has {
		return nil
	}
	in, _ := v.(map[string]any)
	if in["@type"] != kind {
		j.wrong(field, v)
	}
	return in
}

func (j judge) words(ld map[string]any, fields ...string) {
	j.t.Helper()
	for _, f := range fields {
		if s, _ := ld[f].(string); strings.TrimSpace(s) == "" || strings.Contains(s, "<") {
			j.wrong(f, ld[f])
		}
	}
}

func (j judge) addresses(ld map[string]any, fields ...string) {
	j.t.Helper()
	for _, f := range fields {
		j.address(f, ld[f])
	}
}

func (j judge) address(field string, v any) {
	j.t.Helper()
	if s, _ := v.(string); !strings.HasPrefix(s, j.origin+"/") && !strings.HasPrefix(s, "https://schema.org/") {
		j.wrong(field, v)
	}
}

// matches wants a string: a number has no cents of its own.
func (j judge) matches(field string, v any, form *regexp.Regexp) {
	j.t.Helper()
	if s, _ := v.(string); !form.MatchString(s) {
		j.wrong(field, v)
	}
}

func (j judge) wrong(what string, v any) {
	j.t.Helper()
	j.t.Errorf("%s: %s is %v", j.page, what, v)
}
