package catalog

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"orion/kit/auth"
	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/job"
	"orion/kit/money"
	"orion/kit/tenant"
)

// ImportID names an import that staff asked for.
type ImportID = id.ID[importKind]

type importKind struct{}

// Prefix of import identifiers.
func (importKind) Prefix() string { return "imp" }

// ErrNoImport says that the store has no such import.
var ErrNoImport = fault.New(fault.NotFound, "catalog.no_import")

// Transfer is an import that works in the background, and how far it is.
type Transfer struct {
	Report
	ID        ImportID
	File      string // what the file was called
	Blob      string // where it is kept
	DryRun    bool
	Status    string // waiting, running, done, failed or cancelled
	Size      int64  // of the file
	Position  int64  // how much of it was read
	Actor     string // who asked for it
	AskedAt   time.Time
	StartedAt time.Time // zero while it waits
	EndedAt   time.Time // zero until then
}

// Left is about how long the import still takes, zero when nobody can tell yet.
func (t Transfer) Left(now time.Time) time.Duration {
	spent := now.Sub(t.StartedAt)
	if t.Status != Running || t.StartedAt.IsZero() || spent < time.Second || t.Position*100 < t.Size {
		return 0
	}
	return time.Duration(float64(spent) * float64(t.Size-t.Position) / float64(t.Position))
}

// The states of an import.
const (
	Waiting   = "waiting"
	Running   = "running"
	Done      = "done"
	Broken    = "failed"
	Cancelled = "cancelled"
)

// Over tells that nothing more will happen.
func (t Transfer) Over() bool { return t.Status != Waiting && t.Status != Running }

// maxFile is how large an uploaded file may be.
const maxFile = 48 << 20

var errTooLarge = errFile.Field("file", "catalog.file_too_large", "max", maxFile>>20)

// importArgs is what the job needs beside the row.
type importArgs struct {
	Import   ImportID       `json:"import"`
	Lang     i18n.Lang      `json:"lang"`
	Currency money.Currency `json:"currency"`
}

// Upload is a file that staff want to import.
type Upload struct {
	File  string
	R     io.Reader
	Actor auth.Actor
	Options
}

// Request keeps a file and lets it be imported in the background.
func (m *Module) Request(ctx context.Context, in tenant.Store, u Upload) (ImportID, error) {
	content, err := io.ReadAll(io.LimitReader(u.R, maxFile+1))
	if err != nil {
		return 0, fmt.Errorf("read the file: %w", err)
	}
	if len(content) > maxFile {
		return 0, errTooLarge
	}
	s, err := openSheet(bytes.NewReader(content))
	if err != nil {
		return 0, err
	}
	_, format, err := formatOf(s, u.Options)
	if err != nil {
		return 0, err
	}
	key := blob.Key("imports/"+in.ID().String(), "csv", content)
	if err := m.need.Kit.Blobs.Put(ctx, key, bytes.NewReader(content)); err != nil {
		return 0, err
	}
	return db.Write(ctx, m.db, in, func(tx tx) (ImportID, error) {
		t := Transfer{
			ID: ImportID(tx.NewID()), File: u.File, Blob: key, DryRun: u.DryRun, Size: int64(len(content)),
			Actor: u.Actor.Name, Report: Report{Format: format},
		}
		if err := insertImport(ctx, tx, t); err != nil {
			return 0, err
		}
		args := importArgs{Import: t.ID, Lang: u.Lang, Currency: u.Currency}
		return t.ID, job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.importing, args)
	})
}

// Transfer is an import of the store.
func (m *Module) Transfer(ctx context.Context, in tenant.Store, i ImportID) (Transfer, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (Transfer, error) { return findImport(ctx, tx, i) })
}

// Transfers are the latest imports of the store, without their problems.
func (m *Module) Transfers(ctx context.Context, in tenant.Store) ([]Transfer, error) {
	return db.Read(ctx, m.db, in, func(tx tx) ([]Transfer, error) { return recentImports(ctx, tx) })
}

// Cancel ends an import; what it stored so far stays.
func (m *Module) Cancel(ctx context.Context, in tenant.Store, i ImportID) error {
	return db.Do(ctx, m.db, in, func(tx tx) error {
		if _, err := findImport(ctx, tx, i); err != nil {
			return err
		}
		_, err := cancelImport(ctx, tx, i)
		return err
	})
}
