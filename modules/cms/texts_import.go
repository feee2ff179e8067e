package cms

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/rich"
	"orion/kit/tenant"
	"orion/modules/cms/textsapi"
)

// TextImportID names a file with translations.
type TextImportID = id.ID[textImportKind]

type textImportKind struct{}

// Prefix of the identifiers.
func (textImportKind) Prefix() string { return "txi" }

var errNoTextImport = fault.New(fault.NotFound, "cms.texts_no_import")

// ImportStatus is how far a file is.
type ImportStatus string

// What happens to a file: it is read, staff look at what it would change, and it is
// written once they say so.
const (
	ImportReading ImportStatus = "reading"
	ImportReady   ImportStatus = "ready"
	ImportWriting ImportStatus = "writing"
	ImportDone    ImportStatus = "done"
	ImportFailed  ImportStatus = "failed"
)

// TextImport is a file with translations that staff sent.
type TextImport struct {
	TextReport
	ID       TextImportID
	File     string // what it was called
	Blob     string // where it is kept
	Lang     i18n.Lang
	Status   ImportStatus
	Total    int64 // texts in it
	Position int64 // of them, that were looked at
	Actor    string
	Asked    time.Time
	Ended    time.Time // zero until it was read, or written
}

// Running tells that it is being worked on.
func (i TextImport) Running() bool { return i.Status == ImportReading || i.Status == ImportWriting }

// TextReport tells what a file changes, or changed.
type TextReport struct {
	Changes   int           `json:"changes"`
	Same      int           `json:"same"`
	Empty     int           `json:"empty"`     // not translated in the file
	Conflicts int           `json:"conflicts"` // said something else when the file was made
	Failed    int           `json:"failed"`
	First     []TextEdit    `json:"first,omitempty"` // of the changes
	Problems  []TextProblem `json:"problems,omitempty"`
	Drafts    []TextDraft   `json:"drafts,omitempty"` // what readers do not see yet
}

// TextEdit is a text that a file changes.
type TextEdit struct {
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// TextProblem is why a row of a file changes nothing.
type TextProblem struct {
	Row  int            `json:"row"`
	What string         `json:"what"`
	Code string         `json:"code"` // translation key
	Args map[string]any `json:"args,omitempty"`
	Said string         `json:"said,omitempty"` // how the row's translation begins
}

// TextDraft is a thing whose draft says something that readers do not see.
type TextDraft struct {
	Area  string `json:"area"`
	Thing string `json:"thing"`
	Title string `json:"title"`
	Path  string `json:"path"`
}

// The limits keep a report readable and in memory.
const (
	maxTextFile     = 24 << 20
	maxTextEdits    = 100
	maxTextProblems = 5_000
	maxTextDrafts   = 200
	shownOfText     = 200
)

func (r *TextReport) problem(p TextProblem) {
	if len(r.Problems) < maxTextProblems {
		p.Said = excerptOf(p.Said)
		r.Problems = append(r.Problems, p)
	}
}

// excerptOf is how a text begins, as people read it.
func excerptOf(s string) string {
	s = rich.Text(s)
	if r := []rune(s); len(r) > shownOfText {
		return string(r[:shownOfText]) + " …"
	}
	return s
}

// TextFile is a file that staff want to import.
type TextFile struct {
	Name  string
	R     io.Reader
	Langs []i18n.Lang // of the store; the first is the one that is translated from
	By    auth.Actor
}

var errTextFileLarge = errTexts.Field("file", "cms.texts_file_large", "max", maxTextFile>>20)

// importing is what is to be done with a file.
type importing struct {
	Import    TextImportID `json:"import"`
	Langs     []i18n.Lang  `json:"langs"`
	By        auth.Actor   `json:"by"`
	Write     bool         `json:"write"`     // else it is only looked at
	Overwrite bool         `json:"overwrite"` // also what changed since the file was made
	Publish   bool         `json:"publish"`   // what readers saw whole before
}

// ImportTexts keeps a file and has it looked at; nothing is changed by that.
func (m *Module) ImportTexts(ctx context.Context, in tenant.Store, f TextFile) (TextImportID, error) {
	content, err := io.ReadAll(io.LimitReader(f.R, maxTextFile+1))
	if err != nil {
		return 0, fmt.Errorf("read the file: %w", err)
	}
	if len(content) > maxTextFile {
		return 0, errTextFileLarge
	}
	into, _, err := readUnits(content, f.Langs[0], f.Langs)
	if err != nil {
		return 0, err
	}
	key := blob.Key("texts/"+in.ID().String(), "txt", content)
	if err := m.need.Kit.Blobs.Put(ctx, key, bytes.NewReader(content)); err != nil {
		return 0, err
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx textsTx) (TextImportID, error) {
		i := TextImport{ID: TextImportID(tx.NewID()), File: clipTitle(line(f.Name)), Blob: key, Lang: into, Actor: author(f.By)}
		if err := insertTextImport(ctx, tx, i); err != nil {
			return 0, err
		}
		return i.ID, m.orderImport(ctx, tx, importing{Import: i.ID, Langs: f.Langs, By: f.By})
	})
}

// WriteTexts has what a file says written, once.
func (m *Module) WriteTexts(ctx context.Context, in tenant.Store, a importing) error {
	a.Write = true
	return db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		taken, err := takeTextImport(ctx, tx, a.Import)
		if err != nil || !taken {
			return err
		}
		return m.orderImport(ctx, tx, a)
	})
}

// TextImport is a file that staff sent.
func (m *Module) TextImport(ctx context.Context, in tenant.Store, id TextImportID) (TextImport, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) (TextImport, error) { return findTextImport(ctx, tx, id) })
}

// TextImports are the latest files, without their reports.
func (m *Module) TextImports(ctx context.Context, in tenant.Store) ([]TextImport, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) ([]TextImport, error) { return recentTextImports(ctx, tx) })
}

// weighing is what texts of a file are compared with.
type weighing struct {
	thing textsapi.TextThing
	langs Tongues
	how   importing
}

// weigh tells what a unit changes of a thing, if it does, and counts it.
func (r *TextReport) weigh(u unit, n named, w weighing) (s textsapi.TextSaid, changes bool) {
	text, ok := textNamed(w.thing, n.text)
	if !ok {
		r.refuse(u, textsapi.ErrTextGone.Code)
		return s, false
	}
	from, now, is := (*text.In)[w.langs.From], (*text.In)[w.langs.Into], neat(text, u.Into)
	code, args := fits(text, from, is)
	switch {
	case is == "":
		r.Empty++
	case is == now:
		r.Same++
	case code != "":
		r.refuse(u, code, args...)
	case n.seen != mark(from)+"."+mark(now) && !w.how.Overwrite:
		r.Conflicts++
		r.problem(TextProblem{Row: u.Row, What: u.What, Code: "cms.texts_since", Said: is})
	default:
		r.Changes++
		r.edit(u, now, is)
		return textsapi.TextSaid{Name: n.text, Was: now, Is: is}, true
	}
	return s, false
}

func (r *TextReport) edit(u unit, before, after string) {
	if len(r.First) < maxTextEdits {
		r.First = append(r.First, TextEdit{u.What, excerptOf(before), excerptOf(after)})
	}
}

func (r *TextReport) refuse(u unit, code string, kv ...any) {
	r.Failed++
	p := TextProblem{Row: u.Row, What: u.What, Code: code, Said: u.Into}
	for i := 0; i+1 < len(kv); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[kv[i].(string)] = kv[i+1]
	}
	r.problem(p)
}

// bundle are the units of one thing, in the order of the file.
type bundle struct {
	area, thing string
	units       []unit
	names       []named
}

// bundles puts the units of each thing together. What names nothing is reported.
func bundles(units []unit, r *TextReport) []bundle {
	at := map[[2]string]int{}
	var out []bundle
	for _, u := range units {
		n, ok := parseUnit(u.ID)
		if u.Problems == "" && !ok {
			u.Problems = "cms.texts_row_unknown"
		}
		if u.Problems != "" {
			r.refuse(u, u.Problems)
			continue
		}
		key := [2]string{n.area, n.thing}
		i, have := at[key]
		if !have {
			i = len(out)
			at[key] = i
			out = append(out, bundle{area: n.area, thing: n.thing})
		}
		out[i].units, out[i].names = append(out[i].units, u), append(out[i].names, n)
	}
	return out
}

// whatOf is what people call a text of a thing.
func whatOf(w i18n.Words, t textsapi.TextThing, l i18n.Lang, name string) string {
	text, ok := textNamed(t, name)
	if !ok {
		return t.Title.In(l)
	}
	return strings.Join([]string{t.Title.In(l), textWord(w, text)}, " · ")
}

// twice tells that a text stands in a bundle before.
func (b bundle) twice(i int) bool {
	return slices.ContainsFunc(b.names[:i], func(n named) bool { return n.text == b.names[i].text })
}
