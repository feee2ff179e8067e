package cms

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/rich"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// TextState is how far a text is translated.
type TextState string

// The states of a text that there is something to translate of.
const (
	TextMissing TextState = "missing"
	TextChanged TextState = "changed" // it was translated from what is no longer said
	TextDone    TextState = "done"
)

// Tongues are the language that a store is written in, and one that its texts are
// translated into.
type Tongues struct{ From, Into i18n.Lang }

// mark tells a text from others; it is short, and nothing can be read from it.
func mark(s string) string {
	if s == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// pair are the marks of a text and of its translation, as they were when the
// translation was made.
type pair [2]string

// pairs are those of a thing in one language, by the names of its texts.
type pairs map[string]pair

// spoken is a text in one language: what it says, and how far it is.
type spoken struct {
	textsapi.Text
	From, Into string
	State      TextState
}

// judge tells how far a thing is translated, and what is known of it from now on. A
// translation that is another one than was known was made of what is said now.
func judge(t textsapi.TextThing, l Tongues, have pairs) ([]spoken, pairs) {
	var out []spoken
	now := pairs{}
	for _, text := range t.Texts {
		j := spoken{Text: text, From: (*text.In)[l.From], Into: (*text.In)[l.Into], State: TextDone}
		if j.From == "" {
			continue
		}
		is := pair{mark(j.From), mark(j.Into)}
		was, ok := have[text.Name]
		switch {
		case j.Into == "":
			j.State = TextMissing
		case ok && was[1] == is[1] && was[0] != is[0]:
			j.State, is = TextChanged, was
		}
		if j.State != TextMissing {
			now[text.Name] = is
		}
		out = append(out, j)
	}
	return out, now
}

// confirmed is what is known of a thing once somebody looked at all its texts, with
// what they had before them.
func confirmed(t textsapi.TextThing, l Tongues, seen map[string]string) pairs {
	_, now := judge(t, l, nil)
	for name, p := range now {
		if m := seen[name]; m != "" {
			now[name] = pair{m, p[1]}
		}
	}
	return now
}

// standing is how far a thing is in one language, as it is kept.
type standing struct {
	Area    string    `json:"area"`
	Thing   string    `json:"thing"`
	Lang    i18n.Lang `json:"lang"`
	Title   string    `json:"title"`
	Total   int       `json:"total"`
	Missing int       `json:"missing"`
	Changed int       `json:"changed"`
	Known   pairs     `json:"known"`
}

func standingOf(area string, t textsapi.TextThing, l Tongues, have pairs) standing {
	all, now := judge(t, l, have)
	s := standing{Area: area, Thing: t.Key, Lang: l.Into, Title: clipTitle(t.Title.In(l.From)), Total: len(all), Known: now}
	for _, j := range all {
		switch j.State {
		case TextMissing:
			s.Missing++
		case TextChanged:
			s.Changed++
		case TextDone:
		}
	}
	return s
}

func clipTitle(s string) string {
	if utf8.RuneCountInString(s) > maxTitle {
		return string([]rune(s)[:maxTitle])
	}
	return s
}

// areas are the kinds of things that a store on a platform has texts of.
func (m *Module) areas(p tenant.PlatformID) []textsapi.TextArea {
	all := slot.Collect(context.Background(), m.need.Kit.Slots, textsapi.Texts, struct{}{}, nil)
	return slices.DeleteFunc(all, func(a textsapi.TextArea) bool {
		return a.Module != cmsapi.Code && m.need.Enabled != nil && !m.need.Enabled(p, a.Module)
	})
}

func areaNamed(all []textsapi.TextArea, name string) (textsapi.TextArea, error) {
	i := slices.IndexFunc(all, func(a textsapi.TextArea) bool { return a.Name() == name })
	if i < 0 {
		return textsapi.TextArea{}, errNoArea
	}
	return all[i], nil
}

func areaNames(all []textsapi.TextArea) []string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.Name()
	}
	return out
}

var (
	errNoArea   = fault.New(fault.NotFound, "cms.texts_no_area")
	errNoTongue = fault.New(fault.NotFound, "cms.texts_no_language")
	errTexts    = fault.New(fault.Invalid, "cms.texts_invalid")
)

// neat makes what was written clean, as its shape asks.
func neat(t textsapi.Text, s string) string {
	switch t.Shape {
	case cmsapi.Rich:
		return rich.Clean(s)
	case cmsapi.Lines:
		return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	}
	return line(s)
}

var placeShape = regexp.MustCompile(`\{[a-z_]+\}`)

// placesIn are the names in braces that are filled in where a text is read.
func placesIn(s string) []string {
	out := placeShape.FindAllString(s, -1)
	slices.Sort(out)
	return slices.Compact(out)
}

// fits tells what is wrong with a translation, as the code of a field's error.
func fits(t textsapi.Text, from, into string) (code string, args []any) {
	if into == "" {
		return "", nil
	}
	if utf8.RuneCountInString(into) > t.Most {
		return "form.too_long", []any{"max", t.Most}
	}
	if want := placesIn(from); !slices.Equal(want, placesIn(into)) {
		if len(want) == 0 {
			return "cms.texts_no_places", nil
		}
		return "cms.texts_places", []any{"names", strings.Join(want, ", ")}
	}
	return "", nil
}

// TextScan is how a look through all texts of a store stands.
type TextScan struct {
	Asked, Ended time.Time // zero is never, or not yet
	Things       int64     // so far
}

// Running tells that texts are being looked through.
func (s TextScan) Running() bool { return !s.Asked.IsZero() && s.Ended.IsZero() }
