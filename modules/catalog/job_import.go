package catalog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/tenant"
)

func (m *Module) importJob() job.Kind[importArgs] {
	return job.Define("catalog.import_products", m.workImport, job.Timeout(time.Hour), job.Tries(3))
}

// workImport imports an uploaded file. A run that was cut off starts again from
// the first row, where it finds its own products unchanged.
func (m *Module) workImport(ctx context.Context, r job.Run, a importArgs) error {
	in := r.Store
	t, err := m.Transfer(ctx, in, a.Import)
	if err != nil || t.Over() {
		return err
	}
	file, _, err := m.need.Kit.Blobs.Open(ctx, t.Blob)
	if errors.Is(err, blob.ErrNotFound) {
		t.Status, t.Problems = Broken, []Problem{{Code: "catalog.file_gone"}}
		return m.note(ctx, in, t)
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	counted := &counting{r: file}
	t.Status, t.StartedAt = Running, m.need.Kit.Clock.Now()
	report, err := m.Import(ctx, in, counted, Options{
		Format: t.Format, Lang: a.Lang, Currency: a.Currency, DryRun: t.DryRun,
		Progress: func(r Report) {
			t.Report, t.Position = r, counted.n.Load()
			job.Report(ctx, job.Progress{Done: t.Position, Total: t.Size})
			if noteErr := m.note(ctx, in, t); noteErr != nil {
				m.need.Kit.Log.WarnContext(ctx, "import: note the progress", "error", noteErr)
			}
		},
		Stopped: func() bool {
			now, err := m.Transfer(ctx, in, t.ID)
			return err == nil && now.Status == Cancelled
		},
	})
	if err != nil && (ctx.Err() != nil || fault.As(err).Kind == fault.Internal) {
		return fmt.Errorf("import %s: %w", t.ID, err) // tried again
	}
	t.Report, t.Position, t.Status = report, t.Size, Done
	if err != nil {
		t.Status = Broken
		for _, f := range fault.As(err).Fields {
			t.Problems = append(t.Problems, Problem{Field: f.Name, Code: f.Code, Args: f.Args})
		}
	}
	return m.note(ctx, in, t)
}

// firstProblems is how many problems are shown while an import runs.
const firstProblems = 20

// note writes down how far an import is; one that was cancelled stays so.
func (m *Module) note(ctx context.Context, in tenant.Store, t Transfer) error {
	return db.Do(ctx, m.db, in, func(tx tx) error {
		if t.Over() {
			t.EndedAt = tx.Now()
		} else {
			t.Problems, t.Pictures = t.Problems[:min(len(t.Problems), firstProblems)], nil // the rest is long, and of interest at the end
		}
		return updateImport(ctx, tx, t)
	})
}

// counting tells how much of a file was read.
type counting struct {
	r io.Reader
	n atomic.Int64
}

// Read implements io.Reader.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}
