package cms

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsapi"
)

// readSection takes what somebody wrote into the section of a form, which stays as it
// was sent: with what is to be taken away, and in the order of its names. What is to be
// stored of it is given. Everything that is wrong is noted in the form. A picture that
// was sent is in the store's library from now on, so that nobody has to send it again.
func readSection[A web.Audience](c *web.Ctx[A], m *Module, f *form.Form, s sectionForm) (cmsapi.Section, error) {
	r := sectionReader{Form: f, sectionForm: s, had: imagesOf(s.part.value)}
	if s.library != nil {
		t := taking{m, *s.library, c.Actor()}
		r.take = func(name string, p *cmsapi.Picture) { t.sent(c.Context(), f, name, p) }
	}
	r.read()
	tidySection(s.part.value)
	out, err := s.part.kind.Read(textOf(s.part.value))
	if err != nil {
		return nil, err
	}
	gone := errInvalid
	if s.library != nil {
		if gone, err = m.checkPictures(c.Context(), *s.library, s.part.value); err != nil {
			return nil, err
		}
	}
	dropped := droppedThings(f, s.part.value.Fields(), "")
	for _, bad := range slices.Concat(checkSection(s.part.value, s.langs[0]).Fields, gone.Fields) {
		if !slices.ContainsFunc(dropped, func(at string) bool { return len(bad.Name) > len(at) && bad.Name[:len(at)] == at }) {
			f.Take(&fault.Error{Kind: fault.Invalid, Code: errInvalid.Code, Fields: []fault.Field{bad}})
		}
	}
	arrangeThings(f, out.Fields(), "")
	return out, nil
}

// taking is who sends pictures, into which library.
type taking struct {
	m  *Module
	in tenant.Store
	by auth.Actor
}

// sent puts a picture that was sent into the library.
func (t taking) sent(ctx context.Context, f *form.Form, name string, p *cmsapi.Picture) {
	file, head, err := f.File(name)
	if err == nil && file != nil {
		defer func() { _ = file.Close() }()
		var id MediaID
		if id, err = t.m.TakePicture(ctx, t.in, MediaUpload{Name: head.Filename, By: t.by}, file); err == nil {
			*p = cmsapi.Picture{File: id.String(), Alt: p.Alt}
			f.Forget(name + "_remove")
		}
	}
	switch why := refused(err); {
	case why != nil:
		failField(f, name, why)
	case err != nil:
		t.m.need.Kit.Log.WarnContext(ctx, "a picture of a section was not taken", "error", err.Error())
		f.Fail(name, "cms.section_picture_failed")
	}
}

// sectionReader takes what was written out of a form.
type sectionReader struct {
	*form.Form
	sectionForm
	had  []string                             // pictures that the section had without the library
	take func(name string, p *cmsapi.Picture) // what was sent; nil takes none
}

func (r sectionReader) read() { r.fields(r.part.value.Fields(), "") }

func (r sectionReader) fields(fields []cmsapi.Field, before string) {
	for _, of := range fields {
		name := before + of.Name
		if !has(r.library, of) {
			continue
		}
		switch of.Shape {
		case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
			*of.Text = readText(r.Form, r.langs, name, *of.Text)
		case cmsapi.Address, cmsapi.Plain, cmsapi.Pick:
			*of.One = r.Text(name)
		case cmsapi.Yes:
			*of.On = r.Bool(name)
		case cmsapi.Image:
			r.picture(name, of.Picture)
		case cmsapi.Moment:
			readMoment(r.Form, r.zone, name, of.Time)
		case cmsapi.Many:
			of.Items.Resize(int(min(max(r.Int(name+".count"), 0), int64(most(of)))))
			for i := range of.Items.Len() {
				r.fields(of.Items.Fields(i), thing(name, i))
			}
		}
	}
}

// thing begins the names of what is written in one of like things.
func thing(name string, i int) string { return name + "." + strconv.Itoa(i) + "." }

// picture is the one that the form names, or that was sent with it. What stands at the
// same place in the section may be another one by now.
func (r sectionReader) picture(name string, p *cmsapi.Picture) {
	p.Alt = readText(r.Form, r.langs, name+"_alt", p.Alt)
	if named := r.Text(name + "_have"); r.Has(name + "_have") {
		*p = cmsapi.Picture{Alt: p.Alt}
		if slices.Contains(r.had, named) {
			p.Image = named
		} else {
			p.File = named
		}
	}
	if r.take != nil {
		r.take(name, p)
	}
}

// Texts in languages that the form does not have stay as they were.
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

// droppedThings begin the names of things that were taken away or left empty.
func droppedThings(f *form.Form, fields []cmsapi.Field, before string) (names []string) {
	for _, of := range fields {
		for i := 0; of.Shape == cmsapi.Many && i < of.Items.Len(); i++ {
			at := thing(before+of.Name, i)
			if dropped(f, of.Items.Fields(i), at) {
				names = append(names, at)
			}
			names = append(names, droppedThings(f, of.Items.Fields(i), at)...)
		}
	}
	return names
}

// imagesOf are the pictures of a section that are in no library.
func imagesOf(s cmsapi.Section) (out []string) {
	eachField(s.Fields(), "", func(_ string, f cmsapi.Field) {
		if f.Shape == cmsapi.Image && f.Picture.File == "" && f.Picture.Image != "" {
			out = append(out, f.Picture.Image)
		}
	})
	return out
}

func dropped(f *form.Form, fields []cmsapi.Field, at string) bool {
	return f.Bool(at+"remove") || emptyFields(fields)
}

// arrangeThings takes away the pictures that nobody wants any more, and puts like
// things in the order that somebody chose, without those that were taken away or left
// empty.
func arrangeThings(f *form.Form, fields []cmsapi.Field, before string) {
	for _, of := range fields {
		if of.Shape == cmsapi.Image && f.Bool(before+of.Name+"_remove") {
			*of.Picture = cmsapi.Picture{Alt: of.Picture.Alt}
		}
		if of.Shape != cmsapi.Many {
			continue
		}
		type placed struct {
			index int
			place int64
		}
		var order []placed
		for i := range of.Items.Len() {
			at := thing(before+of.Name, i)
			if !dropped(f, of.Items.Fields(i), at) {
				arrangeThings(f, of.Items.Fields(i), at)
				order = append(order, placed{i, f.Int(at + "place")})
			}
		}
		slices.SortStableFunc(order, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
		keep := make([]int, len(order))
		for i, p := range order {
			keep[i] = p.index
		}
		of.Items.Arrange(keep)
	}
}

// emptyFields tells whether nothing was written.
func emptyFields(fields []cmsapi.Field) bool {
	return !slices.ContainsFunc(fields, func(f cmsapi.Field) bool {
		switch f.Shape {
		case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
			return !f.Text.IsEmpty()
		case cmsapi.Image:
			return f.Picture.File != "" || f.Picture.Image != "" || !f.Picture.Alt.IsEmpty()
		case cmsapi.Address, cmsapi.Plain:
			return *f.One != ""
		}
		return false
	})
}
