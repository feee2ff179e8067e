package cms

import (
	"cmp"
	"errors"
	"regexp"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// writingBar is the announcement bar in its form.
type writingBar struct {
	Fitting
	bar        Bar
	state      ui.Form
	conflicted bool
	conflict   []Difference // with what somebody else stored
}

// barOf is the bar as it is being made; one that was not begun says what the store's
// profile does.
func (m *Module) barOf(c staffer, f Fitting) Bar {
	b, err := readBar(f.Text)
	if f.Revision == 0 || err != nil {
		b = Bar{Text: c.As.Shop.Announcement}.normal()
	}
	return b
}

// barPost keeps the draft of the bar.
func (m *Module) barPost(c staffer) error {
	kind, err := fittingOf(c.Param("menu"))
	if err != nil || kind != TheBar {
		return errNoFitting
	}
	stored, err := m.Fitting(c.Context(), c.As.In, TheBar)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	at := storePlace(c)
	w := writingBar{Fitting: stored}
	was := m.barOf(c, stored)
	w.bar = Bar{Text: readText(f, at.langs, "text", was.Text), To: f.Text("to"), Tone: f.Text("tone"), Stays: f.Bool("stays")}
	readMoment(f, at.clock(), "from", &w.bar.From)
	readMoment(f, at.clock(), "until", &w.bar.Until)
	w.bar = w.bar.normal()
	f.Take(w.bar.check().OrNil()) // with what is wrong with the times
	if f.OK() {
		err = m.SaveBar(c.Context(), c.As.In, BarWriting{Bar: w.bar, Seen: f.Int("revision"), By: c.Actor()})
		if err == nil {
			return answerFitting(c, TheBar, outcome{done: "cms.done_saved"})
		}
	}
	w.state = f.State()
	if errors.Is(err, ErrChanged) { // both are shown, and saving again means to
		w.conflicted, w.conflict = true, barDifferences(was, w.bar, at.clock())
		return m.showBar(c, 409, w)
	}
	if f.OK() {
		return err
	}
	w.Revision = f.Int("revision")
	return m.showBar(c, 422, w)
}

func (m *Module) showBar(c staffer, status int, w writingBar) error {
	at := storePlace(c)
	b := w.bar
	v := cmsui.Bar{
		Fitting: m.fittingView(c, w.Fitting), Form: w.state, Langs: at.langs, Text: b.Text, Limit: maxBar, To: b.To, Tone: b.Tone, Stays: b.Stays,
		From: fieldTime(b.From, at.clock()), Until: fieldTime(b.Until, at.clock()), Zone: c.Words.T("cms.bar_zone", "zone", at.clock().String()),
		Conflicted: w.conflicted, Conflict: changes(c.Words, w.conflict),
	}
	if _, err := readBar(w.Text); w.Styling.Revision > 0 && err != nil {
		v.Problems = append(v.Problems, faultWords(c.Words, err))
	}
	for _, tone := range BarTones {
		v.Tones = append(v.Tones, ui.Option{Value: tone, Label: c.Words.T("cms.bar_tone_" + tone)})
	}
	if v.Live {
		v.Now, v.NowTone = m.barNow(c)
	}
	c.ShowsFrames()
	return c.PageStatus(status, web.Head{Title: c.Words.T("cms.fitting_bar"), Active: menusPath + "/header"}, cmsui.BarPage(v))
}

// barNow says what of the bar shoppers see at this time, from memory.
func (m *Module) barNow(c staffer) (string, ui.Tone) {
	w := c.Words.Zone(storePlace(c).zone)
	all, err := m.fittingsNow(c.Context(), c.As.In)
	have, now := all.bar, m.need.Kit.Clock.Now()
	switch {
	case err != nil || have == nil:
		return "", ui.Info
	case !have.From.IsZero() && now.Before(have.From):
		return w.T("cms.bar_waits", "at", w.DateTime(have.From)), ui.Info
	case !have.Until.IsZero() && !now.Before(have.Until):
		return w.T("cms.bar_over", "at", w.DateTime(have.Until)), ui.Warn
	case !have.Until.IsZero():
		return w.T("cms.bar_is_until", "at", w.DateTime(have.Until)), ui.OK
	}
	return w.T("cms.bar_is"), ui.OK
}

// fieldTime is a time as browsers have it in a field.
func fieldTime(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(timeShape)
}

// faultWords is what a reader is told of an error.
func faultWords(w i18n.Words, err error) string { return w.Fault(fault.As(err)) }

const (
	// BarPath is where shoppers put the announcement away.
	BarPath = "/announcement"

	barCookie = "orion_announcement"
	barDays   = 180
)

// barMark is what a mark looks like; anything else is kept by nobody.
var barMark = regexp.MustCompile(`^[0-9a-f]{12}$`)

// PutAway tells whether a reader put that announcement away.
func PutAway(c shopper, b Shown) bool { return b.Mark != "" && c.Cookie(barCookie) == b.Mark }

// putAwayPost remembers in the browser that an announcement was put away. Another one
// is shown again.
func (m *Module) putAwayPost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if mark := f.Raw("mark"); barMark.MatchString(mark) {
		c.SetCookie(barCookie, mark, barDays*24*time.Hour)
	}
	return c.RedirectTo(cmp.Or(f.Text("back"), c.URL("/")))
}
