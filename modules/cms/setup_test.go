package cms

import (
	"context"
	"errors"
	"sync"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/tenancy/tenancyapi"
)

var plan = modtest.Plan(migrate.Line{Module: cmsapi.Code, Files: Files})

var (
	lena = auth.Actor{Kind: "user", ID: "usr_1", Name: "Lena"}
	paul = auth.Actor{Kind: "user", ID: "usr_2", Name: "Paul"}
)

// world is a store on a platform, and another store there.
type world struct {
	*Module
	*dbtest.Env
	kit   module.Kit
	at    At
	other At
	log   *auditLog
}

func setup(t testing.TB, e *dbtest.Env) *world {
	t.Helper()
	w := &world{Env: e, log: &auditLog{}, kit: modtest.Kit(t, e)}
	in := e.Store()
	w.at = At{Platform: e.Gate.Platform(in.Platform()), Store: in}
	w.other = At{Platform: w.at.Platform, Store: e.Gate.Store(in.ID()+1, in.Merchant(), in.Platform())}
	w.Module = New(Needs{Kit: w.kit, Audit: w.log, Chronicle: w.log, Platforms: func() []Platform {
		return []Platform{{In: w.at.Platform, Code: "main", Name: "Orion", Host: "localhost", Lang: i18n.En}}
	}})
	w.kit.Slots.Add(w.fills()...)
	return w
}

// each runs fn on both databases.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) { fn(t, setup(t, e)) })
}

// says is a page with a title and a text in English.
func says(slug, title, body string) Writing {
	return Writing{
		Tier: Own, Slug: slug, Lang: i18n.En, By: lena,
		Content: Content{Head: Head{Title: i18n.Text{i18n.En: title}, Footer: true}, Body: i18n.Text{i18n.En: body}},
	}
}

// write makes a page and publishes it.
func write[S tenant.Scope](t *testing.T, s *Shelf[S], in S, w Writing) PageID {
	t.Helper()
	id, err := s.Create(t.Context(), in, w)
	if err == nil {
		err = s.Publish(t.Context(), in, id, 1, lena)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// common publishes a page that all stores have.
func (w *world) common(t *testing.T, slug, title, body string) PageID {
	t.Helper()
	writing := says(slug, title, body)
	writing.Tier = Default
	return write(t, w.Platforms, w.at.Platform, writing)
}

// reads holds a store to what its readers see at an address; an empty text is nothing.
func (w *world) reads(t *testing.T, at At, slug, body string) {
	t.Helper()
	r, err := w.Read(t.Context(), at, slug)
	switch {
	case body == "" && !errors.Is(err, errUnknown):
		t.Errorf("/pages/%s says %q, %v, want nothing", slug, r.Body[i18n.En], err)
	case body != "" && (err != nil || r.Body[i18n.En] != body):
		t.Errorf("/pages/%s says %q, %v, want %q", slug, r.Body[i18n.En], err, body)
	}
}

// wants reads a page and holds it to a state and a revision.
func wants[S tenant.Scope](t *testing.T, s *Shelf[S], in S, id PageID, state State, revision int64) Page {
	t.Helper()
	p, err := s.Page(t.Context(), in, id)
	if err != nil {
		t.Fatal(err)
	}
	if p.State() != state || p.Revision != revision {
		t.Errorf("the page is %s at revision %d, want %s at %d", p.State(), p.Revision, state, revision)
	}
	return p
}

// must fails the test on an error.
func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// settle runs what is due.
func (w *world) settle(t *testing.T) {
	t.Helper()
	modtest.Settle(t, w.Env, w.kit, w.Definition())
}

// auditLog is a fake of the audit log.
type auditLog struct {
	mu      sync.Mutex
	actions []string
}

// Record implements tenancyapi.Audit.
func (a *auditLog) Record(_ context.Context, tx *db.Tx[tenant.Store], e tenancyapi.Entry) error {
	tx.AfterCommit(func() { a.add(e) })
	return nil
}

// RecordHere implements tenancyapi.Chronicle.
func (a *auditLog) RecordHere(_ context.Context, tx *db.Tx[tenant.Platform], e tenancyapi.Entry) error {
	tx.AfterCommit(func() { a.add(e) })
	return nil
}

func (a *auditLog) add(e tenancyapi.Entry) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.actions = append(a.actions, e.Action+" by "+e.Actor.Name)
}
