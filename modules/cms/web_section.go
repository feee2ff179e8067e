package cms

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web/form"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// sectionForm is a section in its form.
type sectionForm struct {
	page  Page
	index int
	part  part
	zone  *time.Location
	langs []i18n.Lang

	state    ui.Form
	conflict []Difference // with what somebody else stored
}

// sectionOf finds the section that a request is about.
func (m *Module) sectionOf(c staffer) (sectionForm, error) {
	at := storePlace(c)
	out := sectionForm{zone: at.clock(), langs: at.langs}
	id, err := parsePage(c.Param("id"))
	if err != nil {
		return out, err
	}
	if out.page, err = m.Stores.Page(c.Context(), c.As.In, id); err != nil {
		return out, err
	}
	if out.index, err = sectionAt(out.page.Sections, c.Param("section")); err != nil {
		return out, err
	}
	s := out.page.Sections[out.index]
	out.part = m.kinds.parts([]Section{s})[0]
	if out.part.bad != nil && out.part.kind.New != nil { // what cannot be read is written anew
		out.part.value, out.part.bad = out.part.kind.New(), nil
	}
	return out, out.part.bad
}

func (m *Module) sectionPage(c staffer) error {
	s, err := m.sectionOf(c)
	if err != nil {
		return err
	}
	return m.showSection(c, 200, s)
}

func (m *Module) sectionPost(c staffer) error {
	s, err := m.sectionOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	was := m.kinds.parts(s.page.Sections[s.index : s.index+1])[0]
	m.readSection(c.Context(), f, s, &c.As.In)
	tidySection(s.part.value)
	for _, bad := range checkSection(s.part.value, s.langs[0]).Fields {
		f.Take(&fault.Error{Kind: fault.Invalid, Code: errInvalid.Code, Fields: []fault.Field{bad}})
	}
	id := s.page.ID
	if f.OK() {
		_, err = m.Stores.Compose(c.Context(), c.As.In, id, Composing{Seen: f.Int("revision"), By: c.Actor(), Do: rewrite(s.part.id, s.part.value)})
		if err == nil {
			c.Flash("ok", "cms.done_saved")
			return c.Redirect(behindAct(id, s.part.id))
		}
	}
	if errors.Is(err, ErrChanged) { // both are shown, and saving again means to
		s.state, s.conflict = f.State(), partDifferences(was, s.part)
		return m.showSection(c, 409, s)
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	s.page.Revision, s.state = f.Int("revision"), f.State()
	return m.showSection(c, 422, s)
}

func (m *Module) showSection(c staffer, status int, s sectionForm) error {
	v := m.studioOf(c, s.page)
	v.Form = &cmsui.SectionForm{
		Title: c.Words.T(s.part.kind.Word()), Text: c.Words.T(s.part.kind.Word() + "_text"), Path: v.Path + "/" + s.part.id, State: s.state, Langs: s.langs,
		Try: v.Try + s.part.id + v.Lang, Revision: number(s.page.Revision), Conflicted: status == 409, Conflict: changes(c.Words, s.conflict),
	}
	v.Preview += "#section-" + s.part.id
	var err error
	if v.Form.Fields, err = m.inputs(c, s, s.part.value.Fields(), ""); err != nil {
		return err
	}
	return m.showStudio(c, status, v)
}

// inputs are the fields of a section as its form has them. Of like things there is
// one more than there are, to be filled in or left empty.
func (m *Module) inputs(c staffer, s sectionForm, fields []cmsapi.Field, before string) ([]cmsui.Input, error) {
	var out []cmsui.Input
	for _, f := range fields {
		in := cmsui.Input{Name: before + f.Name, Key: f.Key, Shape: string(f.Shape), Must: f.Must, Most: most(f)}
		if in.Key == "" {
			in.Key = "cms.section_f_" + f.Name
		}
		switch f.Shape {
		case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
			in.Text = *f.Text
		case cmsapi.Address, cmsapi.Plain:
			in.Value = *f.One
		case cmsapi.Pick:
			in.Value = *f.One
			var err error
			if in.Options, err = m.options(c, f, in.Key); err != nil {
				return nil, err
			}
		case cmsapi.Yes:
			in.On = *f.On
		case cmsapi.Image:
			in.Text = f.Picture.Alt
			if key := picture.Read(f.Picture.Image).Key; key != "" {
				in.Image = c.ShopURL(picture.Path + picture.Copy(key, 400))
			}
		case cmsapi.Moment:
			if !f.Time.IsZero() {
				in.Value = f.Time.In(s.zone).Format(timeShape)
			}
		case cmsapi.Many:
			n := f.Items.Len()
			if n < most(f) {
				f.Items.Resize(n + 1)
			}
			for i := range f.Items.Len() {
				item, err := m.inputs(c, s, f.Items.Fields(i), in.Name+"."+strconv.Itoa(i)+".")
				if err != nil {
					return nil, err
				}
				in.Items = append(in.Items, item)
			}
			in.New = n < most(f)
		}
		out = append(out, in)
	}
	return out, nil
}

// options are the values to pick from, in words.
func (m *Module) options(c staffer, f cmsapi.Field, key string) ([]ui.Option, error) {
	var out []ui.Option
	if f.Choices == nil {
		for _, v := range f.Options {
			out = append(out, ui.Option{Value: v, Label: c.Words.T(key + "_" + v)})
		}
		return out, nil
	}
	all, err := f.Choices(c.Context(), c.As.In, c.Words.Lang())
	if f.Must && *f.One == "" {
		out = append(out, ui.Option{Label: "–"})
	}
	for _, o := range all {
		out = append(out, ui.Option{Value: o.Value, Label: o.Label})
	}
	return out, err
}

// readSection takes what somebody wrote out of a form. Texts in languages that the
// form does not have stay as they were. Pictures are taken for a store, if there is one.
func (m *Module) readSection(ctx context.Context, f *form.Form, s sectionForm, in *tenant.Store) {
	take := func(name string, p *cmsapi.Picture) {
		file, _, err := f.File(name)
		if err == nil && file != nil {
			defer func() { _ = file.Close() }()
			var image string
			if image, err = m.TakePicture(ctx, *in, file); err == nil {
				p.Image = image
			}
		}
		if err != nil && !f.Take(picture.At(name, err)) {
			f.Fail(name, "cms.section_picture_failed")
		}
	}
	if in == nil {
		take = func(string, *cmsapi.Picture) {}
	}
	sectionReader{f, s, take}.fields(s.part.value.Fields(), "")
}

// sectionReader takes what was written out of a form.
type sectionReader struct {
	*form.Form
	sectionForm
	take func(name string, p *cmsapi.Picture)
}

func (r sectionReader) fields(fields []cmsapi.Field, before string) {
	for _, of := range fields {
		name := before + of.Name
		switch of.Shape {
		case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
			*of.Text = readText(r.Form, r.langs, name, *of.Text)
		case cmsapi.Address, cmsapi.Plain, cmsapi.Pick:
			*of.One = r.Text(name)
		case cmsapi.Yes:
			*of.On = r.Bool(name)
		case cmsapi.Image:
			of.Picture.Alt = readText(r.Form, r.langs, name+"_alt", of.Picture.Alt)
			if r.Bool(name + "_remove") {
				of.Picture.Image = ""
			}
			r.take(name, of.Picture)
		case cmsapi.Moment:
			readMoment(r.Form, r.zone, name, of.Time)
		case cmsapi.Many:
			r.items(of, name)
		}
	}
}

func readText(f *form.Form, langs []i18n.Lang, name string, have i18n.Text) i18n.Text {
	out := keep(have, langs)
	for _, l := range langs {
		out[l] = f.Raw(name + "_" + string(l))
	}
	return out
}

func readMoment(f *form.Form, zone *time.Location, name string, into *time.Time) {
	*into = time.Time{}
	if text := f.Text(name); text != "" {
		at, err := time.ParseInLocation(timeShape, text, zone)
		if err != nil {
			f.Fail(name, "cms.bad_time")
			return
		}
		*into = at.UTC()
	}
}

// items takes like things in the order in which they were put, without those
// that were taken away or left empty.
func (r sectionReader) items(of cmsapi.Field, name string) {
	n := int(min(max(r.Int(name+".count"), 0), int64(most(of))))
	of.Items.Resize(n)
	type placed struct{ index, place int64 }
	var order []placed
	for i := range n {
		at := name + "." + strconv.Itoa(i) + "."
		if r.Bool(at + "remove") {
			continue
		}
		fields := of.Items.Fields(i)
		r.fields(fields, at)
		if !emptyFields(fields) {
			order = append(order, placed{int64(i), r.Int(at + "place")})
		}
	}
	slices.SortStableFunc(order, func(a, b placed) int { return int(a.place - b.place) })
	keep := make([]int, len(order))
	for i, p := range order {
		keep[i] = int(p.index)
	}
	of.Items.Arrange(keep)
}

// emptyFields tells whether nothing was written.
func emptyFields(fields []cmsapi.Field) bool {
	return !slices.ContainsFunc(fields, func(f cmsapi.Field) bool {
		switch f.Shape {
		case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
			return !f.Text.IsEmpty()
		case cmsapi.Image:
			return f.Picture.Image != "" || !f.Picture.Alt.IsEmpty()
		case cmsapi.Address, cmsapi.Plain:
			return *f.One != ""
		}
		return false
	})
}
