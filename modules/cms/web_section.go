package cms

import (
	"cmp"
	"errors"
	"time"

	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// sectionForm is a section in its form.
type sectionForm struct {
	page    Page
	index   int
	part    part
	zone    *time.Location
	langs   []i18n.Lang
	library *tenant.Store

	state    ui.Form
	conflict []Difference // with what somebody else stored
}

// sectionOf finds the section that a request is about.
func (k studio[A, S]) sectionOf(c *web.Ctx[A]) (place[S], sectionForm, error) {
	at, page, err := k.page(c)
	out := sectionForm{page: page, zone: at.clock(), langs: at.langs, library: at.library}
	if err != nil {
		return at, out, err
	}
	if out.index, err = sectionAt(out.page.Sections, c.Param("section")); err != nil {
		return at, out, err
	}
	s := out.page.Sections[out.index]
	out.part = k.m.kinds.parts([]Section{s})[0]
	if out.part.bad != nil && out.part.kind.New != nil { // what cannot be read is written anew
		out.part.value, out.part.bad = out.part.kind.New(), nil
	}
	return at, out, out.part.bad
}

func (k studio[A, S]) sectionPage(c *web.Ctx[A]) error {
	at, s, err := k.sectionOf(c)
	if err != nil {
		return err
	}
	return k.showSection(c, 200, at, s)
}

func (k studio[A, S]) sectionPost(c *web.Ctx[A]) error {
	at, s, err := k.sectionOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	was := k.m.kinds.parts(s.page.Sections[s.index : s.index+1])[0]
	value, err := readSection(c, k.m, f, s)
	if err != nil {
		return err
	}
	id := s.page.ID
	if f.OK() {
		_, err = k.shelf.Compose(c.Context(), at.in, id, Composing{Seen: f.Int("revision"), By: c.Actor(), Do: rewrite(s.part.id, value)})
		if err == nil {
			c.Flash("ok", "cms.done_saved")
			return c.Redirect(at.behindAct(id, s.part.id))
		}
	}
	if errors.Is(err, ErrChanged) { // both are shown, and saving again means to
		mine := s.part
		mine.value = value
		s.state, s.conflict = f.State(), partDifferences(was, mine)
		return k.showSection(c, 409, at, s)
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	s.page.Revision, s.state = f.Int("revision"), f.State()
	return k.showSection(c, 422, at, s)
}

func (k studio[A, S]) showSection(c *web.Ctx[A], status int, at place[S], s sectionForm) error {
	v := k.studioOf(c, at, s.page)
	v.Form = &cmsui.SectionForm{
		Title: c.Words.T(s.part.kind.Word()), Text: c.Words.T(s.part.kind.Word() + "_text"), Path: at.section(s.page.ID, s.part.id), State: s.state, Langs: s.langs,
		Revision: number(s.page.Revision), Conflicted: status == 409, Conflict: changes(c.Words, s.conflict),
	}
	if v.Preview != "" {
		v.Form.Try = v.Try + s.part.id + v.Lang
		v.Preview += "#section-" + s.part.id
	}
	if s.library != nil {
		v.Form.Pick = "/media/pick"
		if err := k.m.fillPictures(c.Context(), *s.library, []part{s.part}); err != nil {
			return err
		}
	}
	var err error
	if v.Form.Fields, err = inputs(c, s, s.part.value.Fields(), ""); err != nil {
		return err
	}
	return k.showStudio(c, status, v)
}

// inputs are the fields of a section as its form has them. Of like things there is
// one more than there are, to be filled in or left empty.
func inputs[A web.Audience](c *web.Ctx[A], s sectionForm, fields []cmsapi.Field, before string) ([]cmsui.Input, error) {
	var out []cmsui.Input
	for _, f := range fields {
		if !has(s.library, f) {
			continue
		}
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
			if in.Options, err = options(c, s.library, f, in.Key); err != nil {
				return nil, err
			}
		case cmsapi.Yes:
			in.On = *f.On
		case cmsapi.Image:
			in.Text, in.Have = f.Picture.Alt, cmp.Or(f.Picture.File, f.Picture.Image)
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
				item, err := inputs(c, s, f.Items.Fields(i), thing(in.Name, i))
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
func options[A web.Audience](c *web.Ctx[A], in *tenant.Store, f cmsapi.Field, key string) ([]ui.Option, error) {
	var out []ui.Option
	if f.Choices == nil {
		for _, v := range f.Options {
			out = append(out, ui.Option{Value: v, Label: c.Words.T(key + "_" + v)})
		}
		return out, nil
	}
	all, err := f.Choices(c.Context(), *in, c.Words.Lang())
	if f.Must && *f.One == "" {
		out = append(out, ui.Option{Label: "–"})
	}
	for _, o := range all {
		out = append(out, ui.Option{Value: o.Value, Label: o.Label})
	}
	return out, err
}
