// Package textsapi is how modules bring what a store says in several languages to
// its translations centre, which reads and writes it through them alone.
package textsapi

import (
	"context"
	"maps"
	"slices"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Areas is filled with the kinds of things that say something in several
// languages; those of a module that is off are left out.
var Areas = slot.Define[struct{}, Area]("cms.texts")

var (
	// ErrChanged is the answer to who did not see what a text says by now.
	ErrChanged = fault.New(fault.Conflict, "cms.texts_met")
	// ErrGone is the answer where a thing, or one of its texts, is there no longer.
	ErrGone = fault.New(fault.NotFound, "cms.texts_gone")
)

// Area is one kind of things, such as products. Its word is "module.texts_code".
type Area struct {
	Module string
	Code   string
	// List gives at most limit things behind the key of one, in an order that stays.
	List func(ctx context.Context, in tenant.Store, after string, limit int) ([]Thing, error)
	// Find gives one of them, or ErrGone.
	Find func(ctx context.Context, in tenant.Store, key string) (Thing, error)
	// Save writes texts of one of them, all or none: see [Apply].
	Save func(ctx context.Context, in tenant.Store, key string, c Change) error
	// Publish shows to readers what was saved; nil where saving does.
	Publish func(ctx context.Context, in tenant.Store, key string, by auth.Actor) error
}

// Name is what the area is called for good: "catalog.products".
func (a Area) Name() string { return a.Module + "." + a.Code }

// Word is the key of its word.
func (a Area) Word() string { return a.Module + ".texts_" + a.Code }

// Thing is something with texts: a product, a page.
type Thing struct {
	Key   string // its identifier
	Title i18n.Text
	Path  string // of the staff's page where it is edited
	Ahead bool   // readers do not see yet what it says
	Texts []Text
}

// Shape says what a text takes.
type Shape string

// The shapes.
const (
	Line  Shape = "line"  // one line
	Lines Shape = "lines" // several
	Rich  Shape = "rich"  // HTML, cleaned
)

// Text is one text of a thing. It points to where that is kept.
type Text struct {
	Name  string // unique in its thing, and the same for good
	Label string // key of its word
	Kind  string // key of the word of what it is of, empty is the thing
	Of    string // which one of those: "Colour", "2"
	Shape Shape
	Most  int // characters
	In    *i18n.Text
}

// Change is what somebody wrote in a language.
type Change struct {
	Lang i18n.Lang
	Said []Said
	By   auth.Actor
}

// Said is what a text said before whoever wrote it, and what it is to say.
type Said struct{ Name, Was, Is string }

// Apply writes a change into the texts of a thing. It fails with ErrChanged when
// one of them says neither of both by now; then nothing is written.
func Apply(texts []Text, c Change) error {
	at := make([]int, len(c.Said))
	for i, s := range c.Said {
		at[i] = slices.IndexFunc(texts, func(t Text) bool { return t.Name == s.Name })
		if at[i] < 0 {
			return ErrGone
		}
		if now := (*texts[at[i]].In)[c.Lang]; now != s.Was && now != s.Is {
			return ErrChanged
		}
	}
	for i, s := range c.Said {
		in := texts[at[i]].In
		said := maps.Clone(*in) // others may share it
		if said == nil {
			said = i18n.Text{}
		}
		if said[c.Lang] = s.Is; s.Is == "" {
			delete(said, c.Lang)
		}
		*in = said
	}
	return nil
}
