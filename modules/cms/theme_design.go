package cms

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"orion/kit/css"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/kit/ui"
)

// Design is how a store looks: the preset that it began from, and what its staff made of it.
type Design struct {
	Preset  string     `json:"preset"`
	Light   ui.Palette `json:"light"`
	Dark    ui.Palette `json:"dark"`
	Scheme  string     `json:"scheme"` // "" follows the shopper, "light" or "dark" is the only one
	Display string     `json:"display"`
	Body    string     `json:"body"` // names of faces, as Display
	Radius  string     `json:"radius"`
	Corner  string     `json:"corner"`
	Button  string     `json:"button"`
	Density string     `json:"density"`
	Shadow  string     `json:"shadow"`
	Layout  ui.Layout  `json:"layout"`
	Logo    string     `json:"logo"` // files of the library, empty for none
	Icon    string     `json:"icon"`
	Share   string     `json:"share"`
	Rules   string     `json:"rules"` // CSS as it was written; what is sent is what kit/css lets in
}

// Styling is a store's design as it is being made.
type Styling struct {
	Text     string    // the design, as it is stored
	Revision int64     // whoever edits says which they had seen; 0 is none yet
	Edited   time.Time // the draft
	Editor   string
	Versions int64
	Live     int64 // number of the version that shoppers see, 0 is their preset
	Shown    int64 // the revision that was published
}

// DesignVersion is a design as it was published.
type DesignVersion struct {
	Number int64
	Text   string
	Author string
	At     time.Time
}

// State tells how far the design is.
func (s Styling) State() State {
	return Page{Live: s.Live, Shown: s.Shown, Revision: s.Revision}.State()
}

var (
	errDesign      = fault.New(fault.Invalid, "cms.design_invalid")
	errDesignFaint = fault.New(fault.Rule, "cms.design_faint")
	errDesignBad   = fault.New(fault.Rule, "cms.design_unreadable")
)

// The lengths to choose from, and the densities.
var (
	radii     = []string{"0", "2px", "4px", "8px", "10px", "14px"}
	corners   = []string{"0", "4px", "6px", "14px", "22px"}
	buttons   = []string{"0", "2px", "4px", "10px", "16px", "999px"}
	densities = []string{"airy", "normal", "compact"}
	schemes   = []string{"auto", "light", "dark"}
)

// DesignOf is a preset as a design.
func DesignOf(preset string) Design {
	t := ui.Preset(preset)
	d := Design{
		Preset: t.Code, Light: t.Light, Dark: t.Dark, Scheme: cmp.Or(t.Scheme, "auto"), Radius: t.Radius, Corner: t.Corner, Button: t.Button,
		Density: densities[t.Density], Shadow: t.Shadow, Layout: t.Layout,
	}
	d.Display, d.Body = t.Fonts.Codes()
	return d.normal()
}

// normal is the design with every choice made and its colours in small letters.
func (d Design) normal() Design {
	for _, p := range []*ui.Palette{&d.Light, &d.Dark} {
		for _, name := range ui.Tokens {
			c := p.Token(name)
			*c = strings.ToLower(strings.TrimSpace(*c))
		}
	}
	for _, part := range ui.Parts {
		at := d.look(part.Code)
		*at = cmp.Or(*at, part.Looks[0])
	}
	d.Scheme = cmp.Or(d.Scheme, "auto")
	d.Rules = strings.TrimSpace(strings.ReplaceAll(d.Rules, "\r\n", "\n"))
	return d
}

// look is where a design keeps how a part is arranged.
func (d *Design) look(part string) *string {
	switch part {
	case "header":
		return &d.Layout.Header
	case "hero":
		return &d.Layout.Hero
	case "card":
		return &d.Layout.Card
	case "product":
		return &d.Layout.Product
	case "footer":
		return &d.Layout.Footer
	case "type":
		return &d.Layout.Type
	}
	return &d.Shadow
}

// palette is that of a scheme.
func (d *Design) palette(scheme string) *ui.Palette {
	if scheme == "dark" {
		return &d.Dark
	}
	return &d.Light
}

// schemes are those that shoppers can get to see.
func (d Design) shown() []string {
	if d.Scheme == "light" || d.Scheme == "dark" {
		return []string{d.Scheme}
	}
	return []string{"light", "dark"}
}

// check tells everything that is wrong with a design, by the fields of its form.
// Faint colours are not: a draft may have them.
func (d Design) check() *fault.Error {
	e := errDesign
	among := func(field, value string, of []string) {
		if !slices.Contains(of, value) {
			e = e.Field(field, "form.choose")
		}
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, name := range ui.Tokens {
			if !ui.IsColour(*d.palette(scheme).Token(name)) {
				e = e.Field(colourField(scheme, name), "cms.design_no_colour")
			}
		}
	}
	if !slices.ContainsFunc(ui.Presets, func(t ui.Theme) bool { return t.Code == d.Preset }) {
		e = e.Field("preset", "form.choose")
	}
	if _, ok := ui.FaceNamed(d.Display); !ok {
		e = e.Field("display", "form.choose")
	}
	if f, ok := ui.FaceNamed(d.Body); !ok || !f.Text {
		e = e.Field("body", "form.choose")
	}
	among("radius", d.Radius, radii)
	among("corner", d.Corner, corners)
	among("button", d.Button, buttons)
	among("density", d.Density, densities)
	among("scheme", d.Scheme, schemes)
	for _, part := range ui.Parts {
		among(part.Code, *d.look(part.Code), part.Looks)
	}
	for field, file := range map[string]string{"logo": d.Logo, "icon": d.Icon, "share": d.Share} {
		if file != "" {
			if _, err := parseMedia(file); err != nil {
				e = e.Field(field, "form.choose")
			}
		}
	}
	if len(d.Rules) > css.MaxBytes {
		e = e.Field("rules", "cms.design_rules_long")
	}
	return e
}

func colourField(scheme, token string) string { return scheme + "." + token }

// Faint are the colours of a design that cannot be told well enough from what they
// are drawn upon, by scheme; a design that has any is not published.
func (d Design) Faint() map[string][]ui.Faint {
	out := map[string][]ui.Faint{}
	for _, scheme := range d.shown() {
		if faint := d.palette(scheme).Faint(); len(faint) > 0 {
			out[scheme] = faint
		}
	}
	return out
}

// Theme is the design as pages are drawn with it.
func (d Design) Theme() ui.Theme {
	display, _ := ui.FaceNamed(d.Display)
	body, _ := ui.FaceNamed(d.Body)
	t := ui.Theme{
		Code: d.Preset, Light: d.Light, Dark: d.Dark, Radius: d.Radius, Corner: d.Corner, Button: d.Button,
		Fonts:   ui.FontPair{Display: display.Face, Body: body.Face, Weight: display.Weight, Spacing: display.Spacing},
		Density: ui.Density(max(0, slices.Index(densities, d.Density))), Shadow: d.Shadow, Layout: d.Layout, //nolint:gosec // one of three
	}
	if t.Scheme = d.Scheme; t.Scheme == "auto" {
		t.Scheme = ""
	}
	return t.Ready()
}

// rulesScope is the part of a page that a merchant's own rules reach.
const rulesScope = "#main"

// rules are a merchant's own as pages send them, and what was left out of them.
// What they draw stays inside of the part that they reach, and below all else.
func (d Design) rules() (string, []css.Refusal) {
	text, refused := css.Below(rulesScope, d.Rules)
	if text != "" {
		text = rulesScope + "{contain:paint;isolation:isolate;position:relative;z-index:0}" + text
	}
	return text, refused
}

func (d Design) text() (string, error) {
	text, err := json.Marshal(d)
	return string(text), err
}

// readDesign reads a stored design. One that is not whole, or names what there no
// longer is, is an error.
func readDesign(text string) (Design, error) {
	var d Design
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return d, errDesignBad.Because(err)
	}
	if d = d.normal(); d.check().OrNil() != nil {
		return d, errDesignBad.Because(d.check())
	}
	return d, nil
}

// files are those of the library that a design shows.
func (d Design) files() []MediaID {
	var out []MediaID
	for _, f := range []string{d.Logo, d.Icon, d.Share} {
		if id, err := parseMedia(f); err == nil {
			out = append(out, id)
		}
	}
	return out
}

// designKey names the lock of a store's design.
func designKey(in tenant.Store) string { return "cms.design." + in.ID().String() }
