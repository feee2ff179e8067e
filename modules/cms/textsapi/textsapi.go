// Package textsapi is how modules bring what a store says in several languages to its
// translations centre, which reads and writes it through them alone.
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
	"orion/modules/cms/cmsapi"
)

// Texts is filled with the kinds of things that say something in several
// languages; those of a module that is off are left out.
var Texts = slot.Define[struct{}, TextArea]("cms.texts")

var (
	// ErrTextChanged is the answer to who did not see what a text says by now.
	ErrTextChanged = fault.New(fault.Conflict, "cms.texts_met")
	// ErrTextGone is the answer where a thing, or one of its texts, is there no longer.
	ErrTextGone = fault.New(fault.NotFound, "cms.texts_gone")
)

// TextArea is one kind of things, such as products. Its word is "module.texts_code".
type TextArea struct {
	Module string
	Code   string
	// List gives at most limit things behind the key of one, in an order that stays.
	List func(ctx context.Context, in tenant.Store, after string, limit int) ([]TextThing, error)
	// Find gives one of them, or ErrTextGone.
	Find func(ctx context.Context, in tenant.Store, key string) (TextThing, error)
	// Save writes texts of one of them, all or none: see [ApplyText].
	Save func(ctx context.Context, in tenant.Store, key string, c TextChange) error
	// Publish shows to readers what was saved; nil where saving does.
	Publish func(ctx context.Context, in tenant.Store, key string, by auth.Actor) error
}

// Name is what the area is called for good: "catalog.products".
func (a TextArea) Name() string { return a.Module + "." + a.Code }

// Word is the key of its word.
func (a TextArea) Word() string { return a.Module + ".texts_" + a.Code }

// TextThing is something with texts: a product, a page.
type TextThing struct {
	Key   string // its identifier
	Title i18n.Text
	Path  string // of the staff's page where it is edited
	Ahead bool   // readers do not see yet what it says
	Texts []Text
}

// Text is one text of a thing. It points to where that is kept.
type Text struct {
	Name  string // unique in its thing, and the same for good
	Label string // key of its word
	Kind  string // key of the word of what it is of, empty is the thing
	Of    string // which one of those: "Colour", "2"
	Shape cmsapi.Shape
	Most  int // characters
	In    *i18n.Text
}

// TextChange is what somebody wrote in a language.
type TextChange struct {
	Lang i18n.Lang
	Said []TextSaid
	By   auth.Actor
}

// TextSaid is what a text said before whoever wrote it, and what it is to say.
type TextSaid struct{ Name, Was, Is string }

// ApplyText writes a change into the texts of a thing. It fails with ErrTextChanged when
// one of them says neither of both by now; then nothing is written.
func ApplyText(texts []Text, c TextChange) error {
	at := make([]int, len(c.Said))
	for i, s := range c.Said {
		at[i] = slices.IndexFunc(texts, func(t Text) bool { return t.Name == s.Name })
		if at[i] < 0 {
			return ErrTextGone
		}
		if now := (*texts[at[i]].In)[c.Lang]; now != s.Was && now != s.Is {
			return ErrTextChanged
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
