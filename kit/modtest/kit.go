package modtest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/blob"
	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/mail"
	"orion/kit/module"
	"orion/kit/picture"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Plan is the schema that a module's tests need: the framework's tables, then
// the given lines in order.
func Plan(lines ...migrate.Line) migrate.Plan {
	return migrate.Plan{
		Steps: []migrate.Step{job.Migrate},
		Lines: append([]migrate.Line{
			{Module: "auth", Files: auth.Files},
			{Module: "event", Files: event.Files},
			{Module: "mail", Files: mail.Files},
		}, lines...),
	}
}

// Kit is the framework over a test's database, for building modules. Bundle
// has kit's own words and those of the given file systems' locales.
func Kit(t testing.TB, e *dbtest.Env) module.Kit {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	queue, err := job.NewQueue(e.DB, log)
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return module.Kit{
		DB: e.DB, Events: event.NewBus(e.DB, queue, nil), Slots: slot.NewHub(log), Jobs: queue, Bundle: bundle,
		Clock: e.Clock, Log: log, Sign: auth.NewSigner([]byte("a key of thirty-two bytes length"), e.Clock),
		Sessions: auth.NewSessions(e.DB, e.Gate.System(), time.Hour), Tokens: auth.NewTokens(e.DB, e.Gate.System()),
		Mail: &Mails{}, Blobs: blobs, Pictures: picture.NewStudio(blobs), Config: config.Config{Data: t.TempDir(), BaseDomain: "localhost", Reservation: 15 * time.Minute},
	}
}

// Settle runs the modules' jobs and event handlers until nothing is left to
// do now. Call it as often as needed.
func Settle(t testing.TB, e *dbtest.Env, k module.Kit, defs ...module.Definition) {
	t.Helper()
	jobs := k.Events.Jobs()
	for _, d := range defs {
		jobs = append(jobs, d.Jobs...)
	}
	r, err := job.NewRunner(job.Options{
		DB: e.DB, Gate: e.Gate, Jobs: jobs, Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond,
		Resolve: func(_ context.Context, s tenant.StoreID) (tenant.Store, bool) { return e.Gate.Store(s, 1, 1), true },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := r.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

// Mails is an outbox that remembers what was sent.
type Mails struct{ Sent []mail.Message }

// Send implements mail.Outbox.
func (m *Mails) Send(_ context.Context, tx *db.Tx[tenant.Store], msg mail.Message) error {
	tx.AfterCommit(func() { m.Sent = append(m.Sent, msg) })
	return nil
}
