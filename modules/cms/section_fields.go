package cms

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/rich"
	"orion/modules/cms/cmsapi"
)

const (
	mostLine    = 200
	mostLines   = 2_000
	mostRich    = 20_000
	mostAddress = 500
	mostItems   = 24
)

// most is how many characters a field takes, or things.
func most(f cmsapi.Field) int {
	if f.Most > 0 {
		return f.Most
	}
	switch f.Shape {
	case cmsapi.Lines:
		return mostLines
	case cmsapi.Rich:
		return mostRich
	case cmsapi.Address:
		return mostAddress
	case cmsapi.Many:
		return mostItems
	}
	return mostLine
}

// eachField visits the fields of a section and of the things in it, each with the
// name that forms have for it.
func eachField(fields []cmsapi.Field, before string, visit func(name string, f cmsapi.Field)) {
	for _, f := range fields {
		visit(before+f.Name, f)
		if f.Shape == cmsapi.Many {
			for i := range f.Items.Len() {
				eachField(f.Items.Fields(i), before+f.Name+"."+strconv.Itoa(i)+".", visit)
			}
		}
	}
}

// tidySection makes what was written safe and short of what nobody sees. Done twice
// it is done once.
func tidySection(s cmsapi.Section) {
	eachField(s.Fields(), "", func(_ string, f cmsapi.Field) {
		switch f.Shape {
		case cmsapi.Line:
			*f.Text = tidy(*f.Text, line)
		case cmsapi.Lines:
			*f.Text = tidy(*f.Text, strings.TrimSpace)
		case cmsapi.Rich:
			*f.Text = tidy(*f.Text, rich.Clean)
		case cmsapi.Address, cmsapi.Plain, cmsapi.Pick:
			*f.One = line(*f.One)
		case cmsapi.Image:
			f.Picture.Alt = tidy(f.Picture.Alt, line)
			if f.Picture.File != "" || !servable(f.Picture.Image) {
				f.Picture.Image = ""
			}
		}
	})
}

// servable tells whether a picture is one that was prepared to be served.
func servable(image string) bool {
	r := picture.Read(image)
	return r.Key == "" || !picture.IsUpload(r.Key) && !strings.Contains(r.Key, "..") && !strings.Contains(r.Key, ":") && r.Text() == image
}

// checkSection tells everything that is wrong with what was written, by the names of
// the form's fields; lang is the language that must have what is needed, empty is any.
func checkSection(s cmsapi.Section, lang i18n.Lang) *fault.Error {
	bad := errInvalid
	eachField(s.Fields(), "", func(name string, f cmsapi.Field) { bad = checkField(bad, name, f, lang) })
	return bad
}

func checkField(bad *fault.Error, name string, f cmsapi.Field, lang i18n.Lang) *fault.Error {
	limit := most(f)
	switch f.Shape {
	case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
		if f.Must && (f.Text.IsEmpty() || lang != "" && (*f.Text)[lang] == "") {
			bad = bad.Field(name+"_"+string(lang), "form.required")
		}
		for l, text := range *f.Text {
			bad = short(bad, name+"_"+string(l), text, limit)
		}
	case cmsapi.Address, cmsapi.Plain, cmsapi.Pick:
		switch {
		case f.Must && *f.One == "":
			bad = bad.Field(name, "form.required")
		case f.Shape == cmsapi.Address && !goodAddress(*f.One):
			bad = bad.Field(name, "cms.section_bad_address")
		case f.Shape == cmsapi.Pick && len(f.Options) > 0 && *f.One != "" && !slices.Contains(f.Options, *f.One):
			bad = bad.Field(name, "form.choose")
		}
		bad = short(bad, name, *f.One, limit)
	case cmsapi.Image:
		for l, text := range f.Picture.Alt {
			bad = short(bad, name+"_alt_"+string(l), text, limit)
		}
	case cmsapi.Moment:
		if f.Must && f.Time.IsZero() {
			bad = bad.Field(name, "form.required")
		}
	case cmsapi.Many:
		if f.Items.Len() > limit {
			bad = bad.Field(name, "form.too_large", "max", limit)
		}
	}
	return bad
}

// goodAddress tells whether an address leads to a page of the store, to a place on
// the page, or to another site in the open; anything else may run, or load.
func goodAddress(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	if err != nil || utf8.RuneCountInString(s) > mostAddress || strings.ContainsAny(s, "\\\x00 <>\"") {
		return false
	}
	switch {
	case u.Scheme == "https":
		return u.Host != "" && u.User == nil
	case u.Scheme == "" && u.Host == "":
		return strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") || strings.HasPrefix(s, "#")
	}
	return false
}

// textOf is a section as it is kept.
func textOf(s cmsapi.Section) json.RawMessage {
	text, err := json.Marshal(s)
	if err != nil { // a section is a plain struct, which can always be written
		return json.RawMessage("{}")
	}
	return text
}
