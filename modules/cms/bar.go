package cms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Bar is a sentence above all pages of a store, for a while or for good.
type Bar struct {
	Text  i18n.Text `json:"text"`
	To    string    `json:"to,omitempty"` // where it leads, empty for nowhere
	Tone  string    `json:"tone"`
	From  time.Time `json:"from,omitzero"`  // zero is at once
	Until time.Time `json:"until,omitzero"` // zero is for good
	Stays bool      `json:"stays"`          // shoppers cannot put it away
}

// Shown is the bar as a shopper sees it; without a text there is none.
type Shown struct {
	Text string
	Path string // of the storefront, or an address
	Tone string
	Mark string // of what it says, by which a browser remembers that it was put away; empty when it stays
}

// AsTheLook is the tone of a bar that is coloured as the look of the store has it.
const AsTheLook = "look"

// BarTones are pairs of colours that every design has to keep apart: those of the look,
// the text of a page turned around, what is acted upon, and two quiet ones.
var BarTones = []string{AsTheLook, "ink", "accent", "wash", "sunk"}

const maxBar = 200

var (
	errBar      = fault.New(fault.Invalid, "cms.bar_invalid")
	errBarEmpty = fault.New(fault.Rule, "cms.bar_empty")
)

// normal is the bar as it is compared and kept.
func (b Bar) normal() Bar {
	b.Text, b.To = tidy(b.Text, line), line(b.To)
	if b.Tone == "" {
		b.Tone = BarTones[0]
	}
	return b
}

// check tells everything that is wrong with a bar, by the fields of its form.
func (b Bar) check() *fault.Error {
	bad := b.checkFixed()
	for l, text := range b.Text {
		bad = short(bad, "text_"+string(l), text, maxBar)
	}
	return bad
}

// checkFixed tells what is wrong with all but the words, which harm nobody.
func (b Bar) checkFixed() *fault.Error {
	bad := checkAddress(errBar, b.To)
	if !slices.Contains(BarTones, b.Tone) {
		bad = bad.Field("tone", "form.choose")
	}
	if !b.From.IsZero() && !b.Until.IsZero() && !b.Until.After(b.From) {
		bad = bad.Field("until", "cms.bar_order")
	}
	return bad
}

// ready tells what keeps a bar from being shown.
func (b Bar) ready() error {
	if b.Text.IsEmpty() {
		return errBarEmpty
	}
	return nil
}

func (b Bar) textOf() string {
	text, err := json.Marshal(b)
	if err != nil { // a bar is a plain struct, which can always be written
		return "{}"
	}
	return string(text)
}

// readBar reads a stored bar. One that is not whole is an error.
func readBar(text string) (Bar, error) {
	var b Bar
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return b, errFittingBad.Because(err)
	}
	if b = b.normal(); b.checkFixed().OrNil() != nil {
		return b, errFittingBad.Because(b.checkFixed())
	}
	return b, nil
}

// BarWriting is the bar as somebody wrote it.
type BarWriting struct {
	Bar
	Seen int64 // the revision that they had before them, 0 is none yet
	By   auth.Actor
}

// SaveBar keeps a bar as the draft. Who did not see what is stored gets ErrChanged, and
// nothing is stored.
func (m *Module) SaveBar(ctx context.Context, in tenant.Store, w BarWriting) error {
	w.Bar = w.normal()
	if err := w.check().OrNil(); err != nil {
		return err
	}
	return m.saveFitting(ctx, in, fittingAct{TheBar, w.By, "bar_edited"}, fittingMade{w.textOf(), w.Seen})
}

// shown is the bar at a time for a reader of l.
func (b Bar) shown(l i18n.Lang, now time.Time) Shown {
	if !b.From.IsZero() && now.Before(b.From) || !b.Until.IsZero() && !now.Before(b.Until) {
		return Shown{}
	}
	out := Shown{Text: b.Text.In(l), Path: b.To, Tone: b.Tone}
	if !b.Stays {
		out.Mark = b.mark()
	}
	return out
}

// mark changes with what the bar says and where it leads, in any language, and not
// with when it is shown.
func (b Bar) mark() string {
	text, _ := json.Marshal([]any{b.Text, b.To}) // maps are written in order
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// barDifferences are how two bars differ, in the order of the form.
func barDifferences(a, b Bar, zone *time.Location) []Difference {
	out := textDifferences("cms.bar_text", a.Text, b.Text)
	add := func(key, x, y string, pick bool) {
		if x != y {
			out = append(out, Difference{Key: key, Before: x, After: y, Pick: pick})
		}
	}
	add("cms.bar_to", a.To, b.To, false)
	add("cms.bar_tone", a.Tone, b.Tone, true)
	add("cms.bar_from", moment(a.From, zone), moment(b.From, zone), false)
	add("cms.bar_until", moment(a.Until, zone), moment(b.Until, zone), false)
	if a.Stays != b.Stays {
		out = append(out, Difference{Key: "cms.bar_stays", Before: yes(a.Stays), After: yes(b.Stays), Yes: true})
	}
	return out
}

// moment is a time as differences show it.
func moment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04")
}
