package cms

import (
	"bytes"
	"encoding/xml"
	"slices"
	"time"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/web"
)

// feedRows is how many posts a feed has, the latest ones.
const feedRows = 20

// The elements of a feed, as RFC 4287 has them.
type (
	atomFeed struct {
		XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string     `xml:"xml:lang,attr"`
		ID      string     `xml:"id"`
		Title   string     `xml:"title"`
		Updated string     `xml:"updated"`
		Links   []atomLink `xml:"link"`
		Author  atomAuthor `xml:"author"`
		Entries []atomEntry
	}
	atomEntry struct {
		XMLName   xml.Name    `xml:"entry"`
		ID        string      `xml:"id"`
		Title     string      `xml:"title"`
		Published string      `xml:"published"`
		Updated   string      `xml:"updated"`
		Link      atomLink    `xml:"link"`
		Author    *atomAuthor `xml:"author"`
		Category  *atomTerm   `xml:"category"`
		Summary   string      `xml:"summary,omitempty"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomTerm struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
)

// feedLang is the language that a feed is asked for in, else the store's own: the same
// address says the same to everybody.
func feedLang(c shopper) i18n.Lang {
	shop := c.As.Shop
	if l := i18n.Lang(c.Query(web.LangParam)); slices.Contains(shop.Langs, l) {
		return l
	}
	return shop.Lang
}

// feedOf is the address of the feed in a language, from a way to make addresses.
func feedOf(shop *web.Shop, l i18n.Lang) string { return shop.InLang(feedPath, l) }

// blogFeed is the feed of a blog: one statement, and the categories from memory. There
// is none without posts.
func (m *Module) blogFeed(c shopper) error {
	found, err := m.ShownPosts(c.Context(), c.As.In, ShownQuery{Request: page.Request{Limit: feedRows}})
	if err != nil {
		return err
	}
	if len(found.Items) == 0 {
		return errNoBlog
	}
	categories, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	shop, l, origin := c.As.Shop, feedLang(c), c.ShopOrigin()
	self := origin + feedOf(shop, l)
	out := atomFeed{
		Lang: string(l), ID: self, Title: m.need.Kit.Bundle.In(l).T("cms.feed_title", "store", shop.Name), Author: atomAuthor{shop.Name},
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", shop.InLang(origin+blogPath, l)}},
	}
	var latest time.Time
	for _, p := range found.Items {
		if p.Changed.After(latest) {
			latest = p.Changed
		}
		e := atomEntry{
			ID: origin + blogPath + "#" + p.ID.String(), Title: p.Title.In(l), Published: stamp(p.First), Updated: stamp(p.Changed), Summary: p.Summary.In(l),
			Link: atomLink{"alternate", "text/html", shop.InLang(origin+p.Path(), l)},
		}
		if p.Byline != "" {
			e.Author = &atomAuthor{p.Byline}
		}
		if of, ok := categoryOf(categories, p.Category); ok {
			e.Category = &atomTerm{of.Slug, of.Name.In(l)}
		}
		out.Entries = append(out.Entries, e)
	}
	out.Updated = stamp(latest)
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(out); err != nil {
		return err
	}
	h := c.W.Header()
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=900")
	_, _ = b.WriteTo(c.W) // an error means that the reader is gone
	return nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
