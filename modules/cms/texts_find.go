package cms

import (
	"context"
	"errors"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/cms/textsapi"
)

// TextProgress is how far an area is translated into a language.
type TextProgress struct {
	Lang                            i18n.Lang
	Area                            string
	Things, Total, Missing, Changed int64
}

// TextsOf says which things are listed by how far they are.
type TextsOf string

// What can be listed.
const (
	TextsOpen    TextsOf = "open" // something is missing or changed
	TextsMissing TextsOf = "missing"
	TextsChanged TextsOf = "changed"
	TextsAll     TextsOf = "all"
)

// TextQuery is what staff want to see of the things that are translated.
type TextQuery struct {
	page.Request
	Lang  i18n.Lang
	Areas []string
	State TextsOf
}

// TextRow is a thing in the list.
type TextRow struct {
	Area, Thing, Title      string
	Total, Missing, Changed int64
}

// Texts are a page of things, how far each area and language is, and when that was
// looked at: three statements.
func (m *Module) Texts(ctx context.Context, in tenant.Store, q TextQuery) (rows page.Page[TextRow], progress []TextProgress, scan TextScan, err error) {
	rows, err = db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) (page.Page[TextRow], error) {
		if scan, err = textScan(ctx, tx); err != nil {
			return rows, err
		}
		if progress, err = textProgress(ctx, tx); err != nil {
			return rows, err
		}
		return listTexts(ctx, tx, q)
	})
	return rows, progress, scan, err
}

// writingTexts is one thing as its translator sees it.
type writingTexts struct {
	area  textsapi.TextArea
	thing textsapi.TextThing
	texts []spoken
}

// textsOf reads a thing to translate it: one statement, and those of its module.
func (m *Module) textsOf(ctx context.Context, in tenant.Store, area textsapi.TextArea, key string, l Tongues) (writingTexts, error) {
	t, err := area.Find(ctx, in, key)
	if err != nil {
		return writingTexts{}, err
	}
	have, err := db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) (map[standingKey]standing, error) {
		return standingsOf(ctx, tx, area.Name(), []string{t.Key})
	})
	all, _ := judge(t, l, have[standingKey{t.Key, l.Into}].Known)
	return writingTexts{area, t, all}, err
}

// nextText is the thing of a list behind another, empty where there is none: one statement.
func (m *Module) nextText(ctx context.Context, in tenant.Store, q TextQuery, behind TextRow) (TextRow, error) {
	rows, err := db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) ([]TextRow, error) { return textsBehind(ctx, tx, q, behind, 1) })
	if err != nil || len(rows) == 0 {
		return TextRow{}, err
	}
	return rows[0], nil
}

// Translating is what somebody wrote of one thing.
type Translating struct {
	Area  string
	Thing string
	Said  []textsapi.TextSaid
	Langs Langs
	By    auth.Actor
}

// Translate keeps what somebody wrote in one language. Who did not see what is
// stored gets textsapi.ErrTextChanged, and nothing is stored. All texts of the thing
// count as translated from what they say now.
func (m *Module) Translate(ctx context.Context, in tenant.Store, w Translating) (textsapi.TextThing, error) {
	area, err := areaNamed(m.areas(in.Platform()), w.Area)
	if err != nil {
		return textsapi.TextThing{}, err
	}
	t, err := area.Find(ctx, in, w.Thing)
	if err != nil {
		return t, err
	}
	said, err := checkSaid(t, w)
	if err != nil {
		return t, err
	}
	if len(said) > 0 {
		if err := area.Save(ctx, in, w.Thing, textsapi.TextChange{Lang: w.Langs.Into, Said: said, By: w.By}); err != nil {
			return t, err
		}
	}
	return m.noteThing(ctx, in, area, w.Thing, w.Langs)
}

// checkSaid cleans what was written, tells everything that is wrong with it, and
// leaves out what was not changed.
func checkSaid(t textsapi.TextThing, w Translating) ([]textsapi.TextSaid, error) {
	bad := errTexts
	var out []textsapi.TextSaid
	for _, s := range w.Said {
		text, ok := textNamed(t, s.Name)
		if !ok {
			return nil, textsapi.ErrTextGone
		}
		s.Is = neat(text, s.Is)
		if s.Is == s.Was && (*text.In)[w.Langs.Into] == s.Was {
			continue
		}
		if code, args := fits(text, (*text.In)[w.Langs.All[0]], s.Is); code != "" && s.Is != s.Was {
			bad = bad.Field(s.Name, code, args...)
		}
		out = append(out, s)
	}
	return out, bad.OrNil()
}

func textNamed(t textsapi.TextThing, name string) (textsapi.Text, bool) {
	for _, text := range t.Texts {
		if text.Name == name {
			return text, true
		}
	}
	return textsapi.Text{}, false
}

// isTextsGone tells that there is no such thing, or no such area of things.
func isTextsGone(err error) bool {
	return errors.Is(err, textsapi.ErrTextGone) || errors.Is(err, errNoArea)
}
