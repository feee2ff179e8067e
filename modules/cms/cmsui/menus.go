package cmsui

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// Fitting is where something that stands around all pages of a store is made: what
// its pages have in common.
type Fitting struct {
	Kind, Path          string // "header", and of its page
	Sub, State          string
	Revision            string // "0" where nothing was begun
	Live, Versions      bool
	MayEdit, MayPublish bool
	Problems            []string // why shoppers see something else
	Preview             string   // address of the storefront with the drafts
}

// Menu is where the entries of a menu are arranged.
type Menu struct {
	Fitting
	Nodes []ui.Node
	Kinds []ui.MenuItem // to add
	Empty bool
	Form  *MenuItem // instead of the entries
}

// MenuItem is where an entry is written.
type MenuItem struct {
	Title, Text      string
	Path, Kind, Seen string
	State            ui.Form
	Langs            []i18n.Lang
	Label            i18n.Text
	Named            bool // it needs a label of its own
	To               string
	Address, Chosen  bool // where it leads is written, or chosen from
	Options          []ui.Option
	Search           string // address at which more are looked for, empty where all are there
	Limit            int
	Conflicted       bool
	Conflict         []ui.Change
}

// Bar is where the announcement bar is written.
type Bar struct {
	Fitting
	Form        ui.Form
	Langs       []i18n.Lang
	Text        i18n.Text
	Limit       int
	To, Tone    string
	From, Until string
	Stays       bool
	Zone        string // whose clock the times are of
	Now         string // what of it shoppers see now
	NowTone     ui.Tone
	Tones       []ui.Option
	Conflicted  bool
	Conflict    []ui.Change
}

// FittingVersions is what was published, and one of them beside the draft.
type FittingVersions struct {
	Title, Path    string
	May            bool
	Rows           []VersionRow
	First, Next    string
	Number, Chosen string
	Problem        string
	Changes        []ui.Change
}

func (v Fitting) tabs(ctx context.Context) ui.Tabs {
	out := ui.Tabs{Label: t(ctx, "cms.menus")}
	for _, k := range []string{"header", "footer", "bar"} {
		out.Tabs = append(out.Tabs, ui.Tab{Label: t(ctx, "cms.fitting_"+k), Href: "/menus/" + k, Active: k == v.Kind})
	}
	return out
}

func (v Fitting) badges(ctx context.Context) []ui.Badge {
	if v.Revision == "0" {
		return []ui.Badge{{Label: t(ctx, "cms.fitting_default")}}
	}
	return []ui.Badge{stateBadge(ctx, v.State)}
}

// move is where the tree posts what is put elsewhere.
func (v Menu) move() string {
	if !v.MayEdit {
		return ""
	}
	return v.Path + "/items"
}

func (v MenuItem) texts(ctx context.Context) []ui.Translated {
	return []ui.Translated{{Label: t(ctx, "cms.menu_label"), Field: func(l i18n.Lang) ui.Field {
		f := v.State.Field(ctx, "label_"+string(l), "cms.menu_label", v.Label[l]).Limit(v.Limit)
		if v.Named && l == v.Langs[0] {
			f = f.Must()
		}
		return f
	}}}
}

func (v Bar) texts(ctx context.Context) []ui.Translated {
	return []ui.Translated{{Label: t(ctx, "cms.bar_text"), Field: func(l i18n.Lang) ui.Field {
		return v.Form.Field(ctx, "text_"+string(l), "cms.bar_text", v.Text[l]).Limit(v.Limit)
	}}}
}
