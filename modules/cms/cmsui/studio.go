package cmsui

import (
	"context"
	"strconv"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// Studio is where a page is made of sections, beside a preview of it.
type Studio struct {
	Title, Sub          string
	Path, Page, Pages   string // of the sections, of the page itself, and of the list of pages
	Query               string // behind addresses of the page and its sections
	Shared              bool   // the page is in many stores
	Preview, Shown      string // addresses in the storefront
	Try, Lang           string // before and behind a section, where one is tried
	Seen                string // revision
	State, Due          string
	Missed              bool // it was due, and was not published
	Versions            bool
	MayEdit, MayPublish bool
	Rows, Gone          []SectionRow
	Kinds               []ui.MenuItem // to add
	Form                *SectionForm  // instead of the list
}

// SectionRow is a section in the list.
type SectionRow struct {
	ID, Kind, Icon, Says, Path string
	Hidden                     bool
	Problem                    string // why readers do not get to see it
	Focus                      bool   // it is at hand
}

// SectionForm is where a section is written.
type SectionForm struct {
	Title, Text, Path, Try, Revision string
	Pick                             string // path of the pictures to choose from; empty without any
	State                            ui.Form
	Langs                            []i18n.Lang
	Fields                           []Input
	Conflicted                       bool
	Conflict                         []ui.Change
}

// Input is a field of a section.
type Input struct {
	Name, Key, Shape string
	Must             bool
	Most             int
	Text             i18n.Text
	Value            string
	On               bool
	Image, Have      string // address of the picture, and what names it
	Options          []ui.Option
	Items            [][]Input
	New              bool // the last of the items is an empty one
}

func (v Studio) badges(ctx context.Context) []ui.Badge {
	out := []ui.Badge{stateBadge(ctx, v.State)}
	if v.Due != "" {
		out = append(out, ui.Badge{Label: v.Due, Tone: ui.Info})
	}
	return out
}

// seen is the address of something that is done to what was seen.
func (v Studio) seen(path string) string {
	if v.Query != "" {
		return path + v.Query + "&seen=" + v.Seen
	}
	return path + "?seen=" + v.Seen
}

// act is a button that does something to a section.
func (v Studio) act(ctx context.Context, r SectionRow, b ui.Button) ui.PostButton {
	b.Label, b.IconOnly, b.Kind, b.Size = t(ctx, "cms.section_"+b.Value, "what", r.name()), true, ui.Quiet, ui.Small
	action := v.seen(r.Path + "/" + b.Value)
	b.Value = ""
	return ui.PostButton{Action: action, Button: b}
}

// name is what a section is called where several are of its kind.
func (r SectionRow) name() string {
	if r.Says == "" {
		return r.Kind
	}
	return r.Kind + ": " + r.Says
}

// texts are the fields that are written in several languages.
func (f SectionForm) texts(ctx context.Context, all []Input) []ui.Translated {
	var out []ui.Translated
	for _, in := range all {
		switch in.Shape {
		case "line", "lines", "rich":
			out = append(out, ui.Translated{Label: t(ctx, in.Key), Lines: in.lines(), Rich: in.Shape == "rich", Field: f.text(ctx, in)})
		case "picture":
			in.Key = "cms.section_f_alt"
			out = append(out, ui.Translated{Label: t(ctx, in.Key), Field: f.text(ctx, in)})
		}
	}
	return out
}

func (f SectionForm) text(ctx context.Context, in Input) func(l i18n.Lang) ui.Field {
	return func(l i18n.Lang) ui.Field {
		out := f.State.Field(ctx, in.name(l), in.Key, in.Text[l]).Limit(in.Most)
		if in.Shape == "rich" {
			out.MaxLength = 0
		}
		if in.Must && l == f.Langs[0] {
			out = out.Must()
		}
		return out
	}
}

func (in Input) name(l i18n.Lang) string {
	if in.Shape == "picture" {
		return in.Name + "_alt_" + string(l)
	}
	return in.Name + "_" + string(l)
}

func (in Input) lines() int {
	if in.Shape == "lines" {
		return 3
	}
	return 1
}

func (f SectionForm) field(ctx context.Context, in Input) ui.Field {
	out := f.State.Field(ctx, in.Name, in.Key, in.Value).Limit(in.Most)
	if in.Must {
		out = out.Must()
	}
	return out
}

// items are like things, in an order that people choose.
func (f SectionForm) items(ctx context.Context, in Input) ui.DragList {
	out := ui.DragList{Label: t(ctx, in.Key)}
	for i, fields := range in.Items {
		n := strconv.Itoa(i)
		at := in.Name + "." + n + "."
		label := t(ctx, "cms.section_item", "what", t(ctx, in.Key), "n", i+1)
		out.Items = append(out.Items, ui.DragItem{Label: label, Name: at + "place", Body: f.item(fields, at, in.New && i == len(in.Items)-1)})
	}
	return out
}
