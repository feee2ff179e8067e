package tenancy

import (
	"context"
	"fmt"
	"time"

	"orion/kit/db"
)

// pollEvery is how late a node may learn of a change that another one made and
// of which the database could not tell it.
const pollEvery = 500 * time.Millisecond

// Refresh looks whether the directory changed since this node read it, which
// costs one statement, and reads it again only then. Reading is what start-up
// does, too.
func (m *Module) Refresh(ctx context.Context) error {
	_, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (struct{}, error) {
		version, err := readVersion(ctx, tx)
		if err != nil {
			return struct{}{}, fmt.Errorf("look at the directory: %w", err)
		}
		if have := m.directory.Load(); have.version == version {
			return struct{}{}, nil
		}
		f, err := readFacts(ctx, tx)
		if err != nil {
			return struct{}{}, fmt.Errorf("read the directory: %w", err)
		}
		m.publish(newDirectory(f, m.base))
		return struct{}{}, nil
	})
	return err
}

// publish shows a directory to the requests that come next, unless a newer one
// is there already.
func (m *Module) publish(d *directory) {
	for {
		have := m.directory.Load()
		if have.version > d.version || m.directory.CompareAndSwap(have, d) {
			return
		}
	}
}

// told is the channel on which PostgreSQL tells the nodes of a change.
const told = "orion_directory"

// Watch keeps the directory fresh until ctx ends: it looks when the database
// tells of a change, and every now and then in case it could not. A look that
// fails is made again; requests are answered from what is known meanwhile. It also
// chains the audit log.
func (m *Module) Watch(ctx context.Context) {
	news := make(chan struct{}, 1)
	go m.db.Listen(ctx, told, func() {
		select {
		case news <- struct{}{}:
		default: // a look is due already
		}
	})
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-news:
		}
		if err := m.Refresh(ctx); err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "directory not refreshed", "error", err.Error())
		}
		m.sealNoted(ctx)
	}
}

// changed shows a committed change on this node at once. Failing is no reason
// to fail the change: the next look finds it.
func (m *Module) changed(ctx context.Context) {
	if err := m.Refresh(context.WithoutCancel(ctx)); err != nil {
		m.log.WarnContext(ctx, "directory not refreshed", "error", err.Error())
	}
}
