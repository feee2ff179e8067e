package cmsui

import (
	"context"
	"slices"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// Texts is how far a store is translated.
type Texts struct {
	ui.Paging
	Langs   []i18n.Lang // the first is the one that is translated from
	Lang    i18n.Lang
	State   string
	Area    string
	Areas   []ui.Option
	States  []ui.Option
	Tabs    []ui.Tab
	Never   bool // nobody looked through the texts
	Running bool // somebody does
	Looked  int  // things, so far
	Seen    string
	Here    string // path of the page, with what is chosen
	Pages   bool   // the reader may see the pages of the store
	Rows    []TextRow

	Progress []TextProgress
}

// TextRow is a thing in the list.
type TextRow struct {
	Href, Title, Area       string
	Missing, Changed, Total int
}

// TextProgress is how far an area is.
type TextProgress struct {
	Area, Label             string
	Total, Missing, Changed int
}

// Place is where an area stands among all, -1 is nowhere.
func (v Texts) Place(area string) int {
	return slices.IndexFunc(v.Areas, func(o ui.Option) bool { return o.Value == area })
}

// AreaWord is what an area is called, empty where there is none.
func (v Texts) AreaWord(area string) string {
	if i := v.Place(area); i >= 0 {
		return v.Areas[i].Label
	}
	return ""
}

// chip is a filter of the list.
func (v Texts) chip(label, name, chosen string, options []ui.Option) ui.Chip {
	c := ui.Chip{Label: label, Options: options, Href: func(value string) string { return v.With(name, value) }}
	if i := slices.IndexFunc(options, func(o ui.Option) bool { return o.Value == chosen }); i >= 0 {
		c.Value, c.Remove = options[i].Label, v.Without(name)
	}
	return c
}

// from is where the page asks for itself again while texts are looked through.
func (v Texts) from() string {
	if v.Running {
		return v.Here
	}
	return ""
}

// TextEditor is where a thing is translated.
type TextEditor struct {
	Title, Area, Path  string
	From, Into         i18n.Lang
	Action, Back, Next string
	State              ui.Form
	Texts              []TextField
	Met                bool // somebody else wrote it meanwhile
	Drafts             bool // what is saved is published in a step of its own
	Ahead              bool // readers do not see yet what it says
	MayPublish         bool
}

// TextField is one text beside its translation.
type TextField struct {
	Name, Of, Label, From, Into, State string
	Rich, Long                         bool
	Most                               int
	Mark                               string // tells what the text said that was translated
	Stored                             bool   // somebody else wrote it since the form was shown
}

// field is the control of a translation.
func (v TextEditor) field(ctx context.Context, t TextField) ui.Field {
	f := v.State.Field(ctx, t.Name, "cms.texts_translation", t.Into)
	f.Label, f.Settled = t.Label+", "+v.Into.Name(), true
	if t.Stored {
		f.Help = ui.Words(ctx).T("cms.texts_stored", "text", t.Into)
	}
	return f.Attr("lang", string(v.Into))
}

var textTones = map[string]ui.Tone{"missing": ui.Warn, "changed": ui.Info}

// TextImports is where files with translations are sent.
type TextImports struct {
	State ui.Form
	Rows  []TextImportRow
}

// TextImportRow is a file that was sent.
type TextImportRow struct {
	Href, File, Lang, Who, When string
	Status                      ui.Badge
}

// TextImport is a file with translations.
type TextImport struct {
	Title, Sub, Path   string
	Status             ui.Badge
	Running, Ready     bool
	Done, Total        int
	Changes, Conflicts int
	MayPublish         bool
	Facts              []ui.Fact
	First              []ui.Change
	Problems           []TextProblem
	Drafts             []TextDraft
}

// TextProblem is a row of a file that changes nothing.
type TextProblem struct{ Row, What, Why, Said string }

// TextDraft is a page that readers do not see yet as it was translated.
type TextDraft struct{ Title, Href string }

func (v TextImport) from() string {
	if v.Running {
		return v.Path
	}
	return ""
}
