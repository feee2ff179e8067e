package cms

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/tenant"
	"orion/modules/cms/textsapi"
)

func (m *Module) importTextsJob() job.Kind[importing] {
	return job.Define("cms.import_texts", m.workImportTexts, job.Timeout(time.Hour), job.Tries(3))
}

// workImportTexts looks at a file, or writes what it says. A run that was cut off
// begins again, and finds its own texts as they are to be.
func (m *Module) workImportTexts(ctx context.Context, r job.Run, a importing) error {
	i, err := m.TextImport(ctx, r.Store, a.Import)
	if err != nil || !i.Running() || a.Write != (i.Status == ImportWriting) {
		return err
	}
	content, err := m.textFile(ctx, i)
	if err != nil {
		return err
	}
	_, units, err := readUnits(content, a.Langs[0], a.Langs)
	if err != nil {
		i.Status = ImportFailed
		i.problem(TextProblem{Code: errFileUnknown.Fields[0].Code})
		return m.noteTextImport(ctx, r.Store, i)
	}
	i.TextReport, i.Total, i.Position = TextReport{}, int64(len(units)), 0
	run := textRun{m: m, in: r.Store, i: &i, a: a, langs: Langs{All: a.Langs, Into: i.Lang}, areas: m.areas(r.Store.Platform())}
	for n, b := range bundles(units, &i.TextReport) {
		if err := run.bundle(ctx, b); err != nil {
			return fmt.Errorf("import texts of %s: %w", b.thing, err)
		}
		if i.Position += int64(len(b.units)); n%scanBatch == scanBatch-1 {
			if err := m.noteTextImport(ctx, r.Store, i); err != nil {
				return err
			}
		}
	}
	if i.Position, i.Status = i.Total, ImportReady; a.Write {
		i.Status = ImportDone
	}
	return m.noteTextImport(ctx, r.Store, i)
}

func (m *Module) textFile(ctx context.Context, i TextImport) ([]byte, error) {
	f, _, err := m.need.Kit.Blobs.Open(ctx, i.Blob)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, nil // reads as a file of no known form
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(f)
}

// noteTextImport writes down how far a file is.
func (m *Module) noteTextImport(ctx context.Context, in tenant.Store, i TextImport) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		i.Ended = time.Time{}
		if !i.Running() {
			i.Ended = tx.Now()
		}
		return updateTextImport(ctx, tx, i)
	})
}

// textRun is one run over a file.
type textRun struct {
	m     *Module
	in    tenant.Store
	i     *TextImport
	a     importing
	langs Langs
	areas []textsapi.TextArea
}

// bundle looks at the texts of one thing, or writes them. Its error is the database's.
func (r *textRun) bundle(ctx context.Context, b bundle) error {
	area, err := areaNamed(r.areas, b.area)
	var t textsapi.TextThing
	if err == nil {
		t, err = area.Find(ctx, r.in, b.thing)
	}
	if isTextsGone(err) {
		for _, u := range b.units {
			r.i.refuse(u, fault.As(err).Code)
		}
		return nil
	}
	if err != nil {
		return err
	}
	return r.write(ctx, area, t, r.weigh(b, t))
}

// weighed is what a file says of one thing.
type weighed struct {
	said []textsapi.TextSaid
	rows []unit
}

func (r *textRun) weigh(b bundle, t textsapi.TextThing) (out weighed) {
	l := Tongues{r.langs.All[0], r.langs.Into}
	for i, u := range b.units {
		u.What = whatOf(r.words(), t, l.From, b.names[i].text)
		if b.twice(i) {
			r.i.refuse(u, "cms.texts_twice")
			continue
		}
		if s, ok := r.i.weigh(u, b.names[i], weighing{t, l, r.a}); ok {
			out.said, out.rows = append(out.said, s), append(out.rows, u)
		}
	}
	return out
}

// words are those in which a report names texts: the store's.
func (r *textRun) words() i18n.Words { return r.m.need.Kit.Bundle.In(r.langs.All[0]) }

func (r *textRun) write(ctx context.Context, area textsapi.TextArea, t textsapi.TextThing, w weighed) error {
	if !r.a.Write || len(w.said) == 0 {
		return nil
	}
	err := area.Save(ctx, r.in, t.Key, textsapi.TextChange{Lang: r.langs.Into, Said: w.said, By: r.a.By})
	if f := fault.As(err); err != nil && f.Kind != fault.Internal && ctx.Err() == nil {
		r.i.Changes -= len(w.said)
		for _, u := range w.rows {
			r.i.refuse(u, f.Code)
		}
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := r.m.noteThing(ctx, r.in, area, t.Key, Langs{All: r.langs.All}); err != nil && !isTextsGone(err) {
		return err
	}
	return r.publish(ctx, area, t)
}

// publish shows what was written where nothing else waits for that, and where staff
// asked for it.
func (r *textRun) publish(ctx context.Context, area textsapi.TextArea, t textsapi.TextThing) error {
	if area.Publish == nil {
		return nil
	}
	if r.a.Publish && !t.Ahead {
		err := area.Publish(ctx, r.in, t.Key, r.a.By)
		if err == nil || fault.As(err).Kind == fault.Internal {
			return err
		}
	}
	if len(r.i.Drafts) < maxTextDrafts {
		r.i.Drafts = append(r.i.Drafts, TextDraft{area.Name(), t.Key, t.Title.In(r.langs.All[0]), t.Path})
	}
	return nil
}

func (m *Module) scanJob() job.Kind[scanning] {
	return job.Define("cms.scan_texts", m.workScan, job.Timeout(time.Hour), job.Tries(3))
}

// workScan looks through all texts. A run that was cut off begins again, and finds
// what it kept as it is.
func (m *Module) workScan(ctx context.Context, r job.Run, s scanning) error {
	areas := m.areas(r.Store.Platform())
	var done int64
	for _, a := range areas {
		var after string
		for {
			things, err := a.List(ctx, r.Store, after, scanBatch)
			if err != nil {
				return err
			}
			if done += int64(len(things)); len(things) > 0 {
				after = things[len(things)-1].Key
				if err := m.keepStandings(ctx, r.Store, batch{a.Name(), things, s.Langs, done}); err != nil {
					return err
				}
			}
			if len(things) < scanBatch {
				break
			}
		}
	}
	return db.Do(ctx, m.need.Kit.DB, r.Store, func(tx textsTx) error { return endScan(ctx, tx, areaNames(areas), s.Asked) })
}

func (m *Module) orderScan(ctx context.Context, tx textsTx, s scanning) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.scanning, s)
}

func (m *Module) orderImport(ctx context.Context, tx textsTx, a importing) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.importing, a)
}
