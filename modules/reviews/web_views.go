package reviews

import (
	"strconv"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/reviews/reviewsui"
)

func reviewView(r Review, w i18n.Words) reviewsui.Review {
	v := reviewsui.Review{
		ID: r.ID.String(), Stars: r.Stars, Title: r.Title, Body: r.Body, Lang: string(r.Lang), Author: r.Author, At: w.LongDate(r.At),
		Bought: r.Bought, Reply: r.Reply,
	}
	if v.Author == "" {
		v.Author = w.T("reviews.somebody")
	}
	if r.Reply != "" {
		v.Replied = w.LongDate(r.RepliedAt)
	}
	return v
}

func (m *Module) opinionsView(c shopper, o Opinions) reviewsui.Opinions {
	v := reviewsui.Opinions{
		Path: productPath(o.About.Slug), Product: o.About.Title, Shop: c.As.Shop.Name, Spread: o.Spread,
		Own: reviewsui.Own{Wrote: !o.Own.ID.IsZero(), State: string(o.Own.State)},
	}
	for i, n := range o.Spread {
		v.Count += int(n)
		v.Rating.Stars += n * int64(i+1)
	}
	v.Rating.Count = int64(v.Count)
	for _, r := range o.Items {
		v.Reviews = append(v.Reviews, reviewView(r, c.Words))
	}
	return v
}

func mineView(c shopper, n Named) reviewsui.MyReview {
	v := reviewsui.MyReview{Review: reviewView(n.Review, c.Words), Product: titleOf(n, c.Words), State: string(n.State)}
	if len(n.About.Variants) > 0 {
		v.Path = productPath(n.About.Slug)
	}
	return v
}

// titleOf is what the product of a review is called, as long as the store has it.
func titleOf(n Named, w i18n.Words) string {
	if n.About.Title == "" {
		return w.T("reviews.product_gone")
	}
	return n.About.Title
}

// data is something in the words of schema.org.
type data map[string]any

// opinionsData are a product's reviews for search engines.
func opinionsData(c shopper, o Opinions) []any {
	if len(o.Items) == 0 {
		return nil
	}
	sum, n := int64(0), int64(0)
	for i, k := range o.Spread {
		sum, n = sum+k*int64(i+1), n+k
	}
	tenths := ui.Rating{Stars: sum, Count: n}.Tenths()
	var list []data
	for _, r := range o.Items {
		list = append(list, data{
			"@type": "Review", "name": r.Title, "reviewBody": r.Body, "inLanguage": string(r.Lang), "datePublished": r.At.Format("2006-01-02"),
			"author":       data{"@type": "Person", "name": reviewView(r, c.Words).Author},
			"reviewRating": data{"@type": "Rating", "ratingValue": r.Stars, "bestRating": 5, "worstRating": 1},
		})
	}
	return []any{data{
		"@context": "https://schema.org", "@type": "Product", "name": o.About.Title, "url": c.Origin() + productPath(o.About.Slug),
		"aggregateRating": data{
			"@type": "AggregateRating", "ratingValue": strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10),
			"ratingCount": n, "bestRating": 5, "worstRating": 1,
		},
		"review": list,
	}}
}
