package cmsui

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// List is the staff's list of pages.
type List struct {
	Sub   string
	New   string // where a page is begun
	May   bool   // may write
	Store bool   // of a store, which has pages of its platform, too
	// StartHome tells that there is no home page yet, and that the reader may begin one.
	StartHome bool
	// Translates tells that the reader may translate what the store says.
	Translates bool
	Tabs       []ui.Tab
	Pick       ui.Menu // leads to other platforms
	Rows       []Row
	Shared     []Shared
	Pager      ui.Pager
	Query      string // behind addresses
}

// home is a word about the home page: of a store, or of all.
func (v List) home(word string) string {
	if v.Store {
		return "cms.section_" + word
	}
	return "cms.section_" + word + "_all"
}

// Row is one page in the list.
type Row struct {
	Href, Title, Path, State, Where, Edited, By string
	Due                                         string // when it is published by itself
	Replaces                                    bool   // stands in the place of the platform's
}

// Shared is a page that a store has of its platform.
type Shared struct {
	Title, Slug, Href, Where string
	Begun                    bool // the store is writing one of its own
}

// Editor is where a page is written.
type Editor struct {
	ID, Heading, Tier        string
	New                      bool
	MayEdit, MayPublish      bool
	State, Plan              ui.Form // of the page, and of the time when it is published
	Langs                    []i18n.Lang
	Query, Back              string
	Slug, Address            string
	Title, Body              i18n.Text
	SEOTitle, SEODescription i18n.Text
	Header, Footer, Legal    bool
	Pictures                 string // where those are that the text can show, "" is nowhere
	Places                   string // what is filled in where the text is read
	Place, Revision          string
	PageState, Edited, Due   string
	DueField                 string // the time as browsers have it
	Versions                 int64
	Base, Lists              string // path of the list, and what it is called
	Post                     *Post  // of a post alone
	Preview, Shown           string // addresses
	Sections                 string // where its sections are; empty where it has none
	Home                     bool   // it is the home page, which consists of them
	Conflicted               bool
	Conflict                 []ui.Change
}

// Versions are what a page said.
type Versions struct {
	Title, Href, Back, Action string
	Lists                     string // what the list is called
	May                       bool
	Rows                      []VersionRow
	First, Next               string
	Number, Chosen            string // the version that is looked at
	Changes                   []ui.Change
}

// VersionRow is one version in the list.
type VersionRow struct {
	Name, Detail, Href string
	Badge              ui.Badge
}

var tones = map[string]ui.Tone{"published": ui.OK, "changed": ui.Warn}

func stateBadge(ctx context.Context, state string) ui.Badge {
	return ui.Badge{Label: t(ctx, "cms.state_"+state), Tone: tones[state]}
}

// path is where something of the page is done.
func (v Editor) path(what string) string { return v.Base + "/" + v.ID + what + v.Query }

// text is a field of a text in a language.
func (v Editor) text(ctx context.Context, name string, of i18n.Text, limit int) func(l i18n.Lang) ui.Field {
	return func(l i18n.Lang) ui.Field {
		f := v.State.Field(ctx, name+"_"+string(l), "cms."+name, of[l]).Limit(limit)
		if name == "title" && l == v.Langs[0] {
			f = f.Must()
		}
		if name == "body" && v.Pictures != "" {
			f = f.Pictures(ctx, v.Pictures)
		}
		return f
	}
}
