package cms

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms/textsapi"
)

// scanBatch is how many things are read at a time.
const scanBatch = 100

// scanning asks for a look through all texts of a store.
type scanning struct {
	Asked time.Time   `json:"asked"`
	Langs []i18n.Lang `json:"langs"` // the first is the one that is translated from
}

// ScanTexts has all texts of a store looked through, unless that is being done.
func (m *Module) ScanTexts(ctx context.Context, in tenant.Store, langs []i18n.Lang) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		have, err := textScan(ctx, tx)
		if err != nil || have.Running() && tx.Now().Sub(have.Asked) < time.Hour {
			return err
		}
		if err := beginScan(ctx, tx); err != nil {
			return err
		}
		return m.orderScan(ctx, tx, scanning{Asked: tx.Now(), Langs: langs})
	})
}

// batch are things of an area that were read.
type batch struct {
	area   string
	things []textsapi.TextThing
	langs  []i18n.Lang
	done   int64 // of the whole look, with these
}

func (b batch) keys() []string {
	out := make([]string, len(b.things))
	for i, t := range b.things {
		out[i] = t.Key
	}
	return out
}

// standings are how far the things are by now.
func (b batch) standings(have map[standingKey]standing) (all []standing) {
	for _, t := range b.things {
		for _, l := range b.langs[1:] {
			all = append(all, standingOf(b.area, t, Tongues{b.langs[0], l}, have[standingKey{t.Key, l}].Known))
		}
	}
	return all
}

type standingKey struct {
	thing string
	lang  i18n.Lang
}

// keepStandings writes down how far things are translated: three statements.
func (m *Module) keepStandings(ctx context.Context, in tenant.Store, b batch) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		have, err := standingsOf(ctx, tx, b.area, b.keys())
		if err != nil {
			return err
		}
		if err := putStandings(ctx, tx, b.standings(have)); err != nil {
			return err
		}
		return countScan(ctx, tx, b.done)
	})
}

// noteThing writes down how far one thing is after somebody wrote in it. What they
// had before them is what it was translated from.
func (m *Module) noteThing(ctx context.Context, in tenant.Store, area textsapi.TextArea, key string, langs Langs) (textsapi.TextThing, error) {
	t, err := area.Find(ctx, in, key)
	if err != nil {
		return t, err
	}
	return t, db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		have, err := standingsOf(ctx, tx, area.Name(), []string{key})
		if err != nil {
			return err
		}
		b := batch{area: area.Name(), things: []textsapi.TextThing{t}, langs: langs.All}
		all := b.standings(have)
		if langs.Into != "" {
			l := Tongues{langs.All[0], langs.Into}
			all = append(without(all, langs.Into), standingOf(area.Name(), t, l, confirmed(t, l, langs.Seen)))
		}
		return putStandings(ctx, tx, all)
	})
}

// Langs are all languages of a store, and the one in which somebody has looked at
// every text of a thing.
type Langs struct {
	All  []i18n.Lang // the first is the one that is translated from
	Into i18n.Lang
	Seen map[string]string // marks of what they had before them, by the names of texts
}

func without(all []standing, l i18n.Lang) []standing {
	var out []standing
	for _, s := range all {
		if s.Lang != l {
			out = append(out, s)
		}
	}
	return out
}

// noScan is what there is before anybody looked through the texts.
func noScan(s TextScan, err error) (TextScan, error) {
	if errors.Is(err, db.ErrNoRow) {
		return TextScan{}, nil
	}
	return s, err
}
