package cmsui

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// Library is a page of a store's files.
type Library struct {
	ui.Paging
	State   ui.Form // of the form that sends files
	Fetch   ui.Form // of the form that fetches one
	Refused []Refused
	Used    string
	Folder  string // that is looked at
	Folders []ui.Option
	Kinds   []string
	Tiles   []ui.Tile
}

// Refused is a file that was not taken.
type Refused struct{ Name, Why string }

// names are the folders.
func (v Library) names() []string {
	out := make([]string, len(v.Folders))
	for i, f := range v.Folders {
		out[i] = f.Value
	}
	return out
}

// Picker are pictures to choose from.
type Picker struct {
	ui.Paging
	Tiles []ui.Tile
}

// File is where a file is looked at and changed.
type File struct {
	ID, Name, Folder, Kind   string
	Shown                    bool // is shown as a picture
	Framed                   bool // can be cut
	Image, Whole             ui.Image
	Badge                    ui.Badge
	Failed                   string // why it could not be drawn
	Facts, Changed, Address  string
	Alt                      i18n.Text
	Langs                    []i18n.Lang
	Folders                  []string
	FocusX, FocusY           string
	Left, Top, Width, Height string
	Seen                     string
	State, Replace           ui.Form
	Conflicted               bool
	Uses                     []Use
}

// Use is something that shows a file.
type Use struct{ Title, Path string }

// path is where something of the file is done.
func (v File) path(what string) string { return "/media/" + v.ID + what }

// alt is the field of the alternative text in a language.
func (v File) alt(ctx context.Context) func(l i18n.Lang) ui.Field {
	return func(l i18n.Lang) ui.Field {
		return v.State.Field(ctx, "alt_"+string(l), "cms.media_alt", v.Alt[l]).Limit(300)
	}
}

// frame are the fields of what is shown of a picture.
func (v File) frame(ctx context.Context) ui.PictureFrame {
	field := func(name, key, value string) ui.Field {
		f := v.State.Field(ctx, name, key, value)
		f.Suffix, f.Settled = "%", true
		return f
	}
	return ui.PictureFrame{
		Image: v.Whole,
		X:     field("focus_x", "cms.media_focus_x", v.FocusX), Y: field("focus_y", "cms.media_focus_y", v.FocusY),
		Left: field("left", "cms.media_left", v.Left), Top: field("top", "cms.media_top", v.Top),
		Width: field("width", "cms.media_width", v.Width), Height: field("height", "cms.media_height", v.Height),
	}
}

// snippet is how a page shows the picture, for who writes HTML.
func (v File) snippet() string { return `<img src="` + v.Address + `" alt="">` }

// settled is the only field of a form: to call it optional says nothing.
func settled(f ui.Field) ui.Field { f.Settled = true; return f }
