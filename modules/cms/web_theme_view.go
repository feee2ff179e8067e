package cms

import (
	"net/http"
	"strings"

	"orion/kit/css"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// designPictures is how many files of the library there are to choose from.
const designPictures = 100

// showTheme draws the editor: one statement for the pictures to choose from.
func (m *Module) showTheme(c staffer, status int, s shaping) error {
	w := c.Words.Zone(storePlace(c).zone)
	d := s.design
	v := cmsui.Theme{
		Revision: number(s.Revision), State: string(s.State()), Form: s.state, Preset: d.Preset, Scheme: d.Scheme, Sample: c.As.Shop.Name, Live: s.Live > 0, Versions: s.Versions > 0,
		Preview: c.ShopOrigin() + "/", Token: "?design=" + m.PreviewDesign(c.As.In), Conflicted: s.conflicted, Conflict: changes(c.Words, s.conflict),
		Colours: colourGroups(c, d), Picks: picksOf(c, d), Rules: d.Rules, Bytes: css.MaxBytes,
	}
	if m.need.Browse != nil {
		v.Browse = m.need.Browse(c.As.In.Platform())
	}
	_, v.Refused = triedRules(c, d)
	v.Faint = len(d.Faint()) > 0
	v.Choosing = status == http.StatusOK && (s.Revision == 0 || c.Query("begin") != "")
	if s.Revision > 0 {
		v.Sub = w.T("cms.edited_by", "at", w.DateTime(s.Edited), "by", who(w, s.Editor))
	}
	if s.broken != nil {
		v.Problems = append(v.Problems, w.Fault(fault.As(s.broken)))
	}
	if m.Broken(c.As.In) != "" {
		v.Problems = append(v.Problems, w.T("cms.design_broken"))
	}
	for _, p := range ui.Presets {
		v.Presets = append(v.Presets, ui.Option{Value: p.Code, Label: w.T("cms.design_preset_" + p.Code), Detail: w.T("cms.design_preset_" + p.Code + "_text")})
	}
	files, err := m.choosable(c)
	if err != nil {
		return err
	}
	for _, of := range []struct{ name, file string }{{"logo", d.Logo}, {"icon", d.Icon}, {"share", d.Share}} {
		v.Files = append(v.Files, fileOf(c, of.name, of.file, files))
	}
	c.ShowsFrames()
	return c.PageStatus(status, web.Head{Title: w.T("cms.design"), Active: themePath}, cmsui.ThemePage(v))
}

// choosable are the pictures and drawings of the library, the latest first.
func (m *Module) choosable(c staffer) ([]Media, error) {
	all, err := m.PicturesOf(c.Context(), c.As.In, MediaQuery{Request: page.Request{Limit: designPictures}, Shown: true})
	return all.Items, err
}

func fileOf(c staffer, name, file string, all []Media) cmsui.Pick {
	p := cmsui.Pick{Name: name, Key: "cms.design_" + name, Value: file, Options: []ui.Option{{Label: c.Words.T("cms.design_no_file")}}}
	found := file == ""
	for _, f := range all {
		id := f.ID.String()
		p.Options = append(p.Options, ui.Option{Value: id, Label: f.Name})
		if id == file {
			found, p.Image = true, ImageOf(f, c.ShopURL(""), "64px", c.Words.Lang())
		}
	}
	if !found { // it is older, or is gone
		p.Options = append(p.Options, ui.Option{Value: file, Label: c.Words.T("cms.design_older_file")})
	}
	return p
}

// colourGroups are the colours of both schemes, with what is too faint of them.
func colourGroups(c staffer, d Design) []cmsui.ColourGroup {
	faint := map[string][]ui.Faint{}
	for _, scheme := range []string{"light", "dark"} {
		faint[scheme] = d.palette(scheme).Faint()
	}
	var out []cmsui.ColourGroup
	for _, scheme := range []string{"light", "dark"} {
		g := cmsui.ColourGroup{Scheme: scheme}
		for _, token := range ui.Tokens {
			at := cmsui.Colour{Name: colourField(scheme, token), Key: colourKey(token), Value: *d.palette(scheme).Token(token)}
			for _, f := range faint[scheme] {
				if f.Over == token {
					at.Better = f.Better
					at.Faint = append(at.Faint, c.Words.T("cms.design_too_faint", "on", c.Words.T(colourKey(f.Under)), "got", decimal(f.Got), "want", decimal(f.Want)))
				}
			}
			g.Colours = append(g.Colours, at)
		}
		out = append(out, g)
	}
	return out
}

// colourKey is the word of a token.
func colourKey(token string) string {
	if token == "on-accent" {
		return "cms.design_c_on_accent"
	}
	return "cms.design_c_" + token
}

// picksOf are the choices of a design, in the order of the editor.
func picksOf(c staffer, d Design) []cmsui.PickGroup {
	w := c.Words
	faces := func(all bool) []ui.Option {
		var out []ui.Option
		for _, f := range ui.Faces {
			if all || f.Text {
				out = append(out, ui.Option{Value: f.Code, Label: w.T("cms.design_face_" + f.Code)})
			}
		}
		return out
	}
	among := func(name, value string, all []string) cmsui.Pick {
		p := cmsui.Pick{Name: name, Key: "cms.design_" + name, Value: value}
		for _, v := range all {
			p.Options = append(p.Options, ui.Option{Value: v, Label: pickWord(w, p.Key, v)})
		}
		return p
	}
	arranged := cmsui.PickGroup{Key: "cms.design_layout"}
	for _, part := range ui.Parts {
		if part.Code != "type" && part.Code != "shadow" {
			arranged.Picks = append(arranged.Picks, among(part.Code, *d.look(part.Code), part.Looks))
		}
	}
	return []cmsui.PickGroup{
		{Key: "cms.design_letters", Picks: []cmsui.Pick{
			{Name: "display", Key: "cms.design_display", Value: d.Display, Options: faces(true)},
			{Name: "body", Key: "cms.design_body", Value: d.Body, Options: faces(false)},
			among("type", d.Layout.Type, ui.PartNamed("type").Looks),
		}},
		{Key: "cms.design_shapes", Picks: []cmsui.Pick{
			among("radius", d.Radius, radii), among("corner", d.Corner, corners), among("button", d.Button, buttons),
			among("density", d.Density, densities), among("shadow", d.Shadow, ui.PartNamed("shadow").Looks),
		}},
		arranged,
	}
}

// decimal is a ratio as people write it, cut off so that none seems to be enough.
func decimal(n float64) string {
	tenths := int(n * 10)
	return number(int64(tenths/10)) + "." + number(int64(tenths%10))
}

// faceName is a typeface as style sheets call it.
func faceName(code string) string {
	f, _ := ui.FaceNamed(code)
	name, _, _ := strings.Cut(f.Family, ",")
	return name
}

// designDifferences are how two designs differ, in the order of the editor.
func designDifferences(a, b Design) []Difference {
	var out []Difference
	add := func(key, x, y string, pick bool) {
		if x != y {
			out = append(out, Difference{Key: key, Before: x, After: y, Pick: pick})
		}
	}
	add("cms.design_preset", a.Preset, b.Preset, true)
	for _, scheme := range []string{"light", "dark"} {
		for _, token := range ui.Tokens {
			x, y := *a.palette(scheme).Token(token), *b.palette(scheme).Token(token)
			if x != y {
				out = append(out, Difference{Of: "cms.design_" + scheme, Key: colourKey(token), Before: x, After: y})
			}
		}
	}
	add("cms.design_scheme", a.Scheme, b.Scheme, true)
	add("cms.design_display", faceName(a.Display), faceName(b.Display), false)
	add("cms.design_body", faceName(a.Body), faceName(b.Body), false)
	add("cms.design_radius", a.Radius, b.Radius, true)
	add("cms.design_corner", a.Corner, b.Corner, true)
	add("cms.design_button", a.Button, b.Button, true)
	add("cms.design_density", a.Density, b.Density, true)
	for _, part := range ui.Parts {
		add("cms.design_"+part.Code, *a.look(part.Code), *b.look(part.Code), true)
	}
	add("cms.design_logo", a.Logo, b.Logo, false)
	add("cms.design_icon", a.Icon, b.Icon, false)
	add("cms.design_share", a.Share, b.Share, false)
	add("cms.design_rules", a.Rules, b.Rules, false)
	return out
}
