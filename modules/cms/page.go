package cms

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/letters"
	"orion/kit/rich"
)

// Tier says whose a page is and who reads it.
type Tier string

// The tiers. A page of a platform's site is read on its own hosts and nowhere
// else; a default in all of its stores that have no page of their own at its
// address; a store's in that store. A post stands in the blog of a store.
const (
	Site    Tier = "site"
	Default Tier = "default"
	Own     Tier = "store"
	Posted  Tier = "post"
)

// composed tells whether pages of the tier can be made of sections.
func (t Tier) composed() bool { return t == Own || t == Default }

var (
	errUnknown = fault.New(fault.NotFound, "cms.unknown")
	errInvalid = fault.New(fault.Invalid, "cms.invalid")
	// ErrChanged is the answer to who did not see what somebody else stored meanwhile.
	ErrChanged = fault.New(fault.Conflict, "cms.changed")
	errFull    = fault.New(fault.Rule, "cms.full")
	errSame    = fault.New(fault.Rule, "cms.nothing_to_publish")
	errHidden  = fault.New(fault.Rule, "cms.not_published")
)

// HomeSlug is where the home page of a store stands among its pages.
const HomeSlug = ""

const (
	maxSlug   = 100
	maxTitle  = 200
	maxBody   = 100_000
	maxSEO    = 300
	maxPlace  = 999
	maxPages  = 200  // of one store, or of one platform
	maxPosts  = 1000 // of one store
	maxAuthor = 200
)

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// PageID names a page.
type PageID = id.ID[pageKind]

type pageKind struct{}

// Prefix of pages' identifiers.
func (pageKind) Prefix() string { return "pag" }

// Head is what is said about a page, and where links to it stand.
type Head struct {
	Title          i18n.Text `json:"title"`
	SEOTitle       i18n.Text `json:"seo_title"`       // for search engines, instead of the title
	SEODescription i18n.Text `json:"seo_description"` // empty is how the text begins
	Header         bool      `json:"header"`
	Footer         bool      `json:"footer"`
	Legal          bool      `json:"legal"` // in the last line of every page
	Place          int64     `json:"place"` // among the links, the lowest first
	PostHead
}

// Content is everything that is published with a page.
type Content struct {
	Head
	Body     i18n.Text // clean HTML
	Sections []Section // behind it
}

// Page is a page with what is being written.
type Page struct {
	ID       PageID
	Tier     Tier
	Slug     string
	Content             // the draft
	Revision int64      // of the draft; whoever edits says which they had seen
	Edited   time.Time  // the draft
	Editor   string     // who did
	Versions int64      // how many there are
	Live     int64      // number of the version that readers see, 0 is none
	Shown    int64      // the revision that was published
	Due      time.Time  // when the draft is published by itself, zero is never
	DueBy    string     // who asked for that
	First    time.Time  // of a post: when readers saw it first
	ShownIn  CategoryID // of a post: where they find it
}

// IsHome tells that the page is the first one of its store. It has no address of
// its own, and consists of sections.
func (p Page) IsHome() bool { return p.Slug == HomeSlug }

// State is how far a page is.
type State string

// The states of a page.
const (
	Draft     State = "draft"     // nobody reads it
	Published State = "published" // as it is written
	Changed   State = "changed"   // readers see an earlier version
)

// State tells how far the page is.
func (p Page) State() State {
	switch {
	case p.Live == 0:
		return Draft
	case p.Shown == p.Revision:
		return Published
	}
	return Changed
}

// Version is what a page said when it was published.
type Version struct {
	Number int64
	Content
	Author string
	At     time.Time
}

// normal is the content with clean texts. Applied twice it is applied once.
func (c Content) normal() Content {
	c.Title, c.SEOTitle, c.SEODescription = tidy(c.Title, line), tidy(c.SEOTitle, line), tidy(c.SEODescription, line)
	c.Body = tidy(c.Body, rich.Clean)
	c.PostHead = c.PostHead.normal()
	return c
}

// tidy applies fn to each language, and leaves out those without a text.
func tidy(t i18n.Text, fn func(string) string) i18n.Text {
	out := i18n.Text{}
	for l, s := range t {
		if s = fn(s); l.Valid() && s != "" {
			out[l] = s
		}
	}
	return out
}

// line is a text in one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// check tells everything that is wrong; lang is the language that must have a title.
func (c Content) check(slug string, lang i18n.Lang) *fault.Error {
	return c.checkTexts(checkSlug(slug), lang)
}

func checkSlug(slug string) *fault.Error {
	bad := errInvalid
	switch {
	case slug == "":
		bad = bad.Field("slug", "form.required")
	case utf8.RuneCountInString(slug) > maxSlug:
		bad = bad.Field("slug", "form.too_long", "max", maxSlug)
	case !slugShape.MatchString(slug):
		bad = bad.Field("slug", "cms.bad_slug")
	}
	return bad
}

func (c Content) checkTexts(bad *fault.Error, lang i18n.Lang) *fault.Error {
	if c.Title[lang] == "" {
		bad = bad.Field("title_"+string(lang), "form.required")
	}
	for _, l := range i18n.Langs {
		bad = short(bad, "title_"+string(l), c.Title[l], maxTitle)
		bad = short(bad, "seo_title_"+string(l), c.SEOTitle[l], maxTitle)
		bad = short(bad, "seo_description_"+string(l), c.SEODescription[l], maxSEO)
		bad = short(bad, "body_"+string(l), c.Body[l], maxBody)
	}
	bad = c.PostHead.check(bad)
	if c.Place < 0 || c.Place > maxPlace {
		bad = bad.Field("place", "form.too_large", "max", maxPlace)
	}
	return bad
}

func short(bad *fault.Error, field, s string, limit int) *fault.Error {
	if utf8.RuneCountInString(s) > limit {
		return bad.Field(field, "form.too_long", "max", limit)
	}
	return bad
}

// slugOf makes an address of a title.
func slugOf(title string) string {
	words := strings.FieldsFunc(letters.Fold(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	s := strings.Join(words, "-")
	return strings.Trim(s[:min(len(s), maxSlug)], "-")
}

// same tells whether two contents read alike.
func (c Content) same(d Content) bool {
	return len(differences(c, d)) == 0 && sameSections(c.Sections, d.Sections)
}
