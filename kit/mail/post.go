package mail

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"time"

	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

//go:embed sql migrations
var files embed.FS

// Files has the package's statements and migrations, under the line "mail".
var Files fs.FS = files

const (
	tries    = 10
	deadline = 20 * time.Second
	// keepBodies is how long the text of a sent message can be looked up; the
	// statement stores_with_old_bodies has the same time.
	keepBodies = 30 * 24 * time.Hour
)

// Needs are what a post office is given.
type Needs struct {
	DB     *db.DB
	Jobs   *job.Queue
	Config config.Config // without SMTP.Host messages become files below Data
	Log    *slog.Logger
}

// Post is the outbox of the program: it stores messages in the transaction
// that causes them and sends them after the commit. Between Start and Stop they
// leave from memory; otherwise, and when that fails, by a job.
type Post struct {
	db      *db.DB
	queue   *job.Queue
	log     *slog.Logger
	kind    job.Kind[letterJob]
	sender  sender
	courier *courier
}

// sender hands a message over. It is told the same message again when it is
// not known whether the first time worked.
type sender interface {
	send(ctx context.Context, m stored) error
}

type letterJob struct {
	ID int64 `json:"id,string"`
}

var _ Outbox = (*Post)(nil)

// New opens a post office.
func New(n Needs) *Post {
	from := operator(n.Config.SMTP)
	p := &Post{db: n.DB, queue: n.Jobs, log: n.Log, sender: smtpSender{conf: n.Config.SMTP, from: from}}
	if p.log == nil {
		p.log = slog.Default()
	}
	if n.Config.SMTP.Host == "" {
		p.sender = fileSender{dir: filepath.Join(n.Config.Data, "mail"), from: from}
	}
	p.courier = newCourier(p.log, p.atOnce)
	p.kind = job.Define("mail.send", p.work, job.Tries(tries), job.Timeout(deadline+10*time.Second))
	return p
}

// Jobs are those that send and tidy up.
func (p *Post) Jobs() []job.Job {
	return []job.Job{
		p.kind.Job(),
		job.Sweep("mail.empty_bodies", time.Hour, oldBodiesStmt, p.emptyBodies),
		job.Sweep("mail.find_lost", time.Minute, lostStmt, p.findLost),
	}
}

// Start lets messages leave right after their commit.
func (p *Post) Start(ctx context.Context) { p.courier.start(ctx) }

// Stop waits for messages that are leaving, at the longest until ctx ends.
func (p *Post) Stop(ctx context.Context) { p.courier.stop(ctx) }

// Send implements Outbox. A key that the store used before sends nothing.
func (p *Post) Send(ctx context.Context, tx *db.Tx[tenant.Store], m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	s := stored{Message: m, id: tx.NewID(), store: tx.Scope().ID(), status: Queued, created: tx.Now()}
	if !p.courier.takes(s.store) {
		if fresh, err := insertMessage(ctx, tx, s); err != nil || !fresh {
			return err
		}
		return job.Enqueue(ctx, p.queue, tx, p.kind, letterJob{ID: s.id})
	}
	fresh := false
	tx.AfterCommit(func() {
		if fresh {
			p.courier.take(parcel{tx.Scope(), s})
		}
	})
	return deferMessage(tx, s, func(n int64) { fresh = n > 0 })
}

// hand gives a message to the sender, with a deadline.
func (p *Post) hand(ctx context.Context, m stored) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	return p.sender.send(ctx, m)
}

// atOnce sends a message that was committed a moment ago. When that fails, a job
// tries again; the error is only that it could not get one.
func (p *Post) atOnce(ctx context.Context, m parcel) error {
	if p.db.Clock().Now().Sub(m.created) > soonest/2 {
		return nil // it waited so long that the sweep will have it
	}
	failed := job.Guard(func() error { return p.hand(ctx, m.stored) })
	ctx = context.WithoutCancel(ctx)
	if failed == nil {
		return markSent(ctx, p.db.Relaxed(), m.in, m.id)
	}
	return db.Do(ctx, p.db, m.in, func(tx *db.Tx[tenant.Store]) error {
		if err := markTried(ctx, tx, m.id, Queued, failed.Error()); err != nil {
			return err
		}
		return p.byJob(ctx, tx, m.id)
	})
}

// byJob gives a message that has no job one.
func (p *Post) byJob(ctx context.Context, tx *db.Tx[tenant.Store], id int64) error {
	if n, err := markJob(ctx, tx, id); err != nil || n == 0 {
		return err
	}
	return job.Enqueue(ctx, p.queue, tx, p.kind, letterJob{ID: id})
}

// findLost gives jobs to messages whose process ended before it sent them.
func (p *Post) findLost(ctx context.Context, in tenant.Store) error {
	return db.Do(ctx, p.db, in, func(tx *db.Tx[tenant.Store]) error {
		ids, err := lostMessages(ctx, tx, tx.Now().Add(-soonest))
		for i := 0; i < len(ids) && err == nil; i++ {
			err = p.byJob(ctx, tx, ids[i])
		}
		return err
	})
}

// work sends one message. Between the sending and its note the program may
// stop; the message then leaves twice with one Message-ID.
func (p *Post) work(ctx context.Context, r job.Run, a letterJob) error {
	m, err := db.Read(ctx, p.db, r.Store, func(tx *db.Tx[tenant.Store]) (stored, error) { return findMessage(ctx, tx, a.ID) })
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil || m.status == Sent {
		return err
	}
	m.store, m.id = r.Store.ID(), a.ID
	failed := p.hand(ctx, m)
	if failed == nil {
		return markSent(ctx, p.db.Relaxed(), r.Store, a.ID)
	}
	status := Queued
	if r.Attempt >= tries {
		status = Failed
		p.log.WarnContext(ctx, "a mail was given up", "store", r.Store.ID().String(), "key", m.Key, "error", failed.Error())
	}
	if err := db.Do(ctx, p.db, r.Store, func(tx *db.Tx[tenant.Store]) error {
		return markTried(ctx, tx, a.ID, status, failed.Error())
	}); err != nil {
		return errors.Join(failed, err)
	}
	return fmt.Errorf("send a mail: %w", failed)
}

func (p *Post) emptyBodies(ctx context.Context, in tenant.Store) error {
	return db.Do(ctx, p.db, in, func(tx *db.Tx[tenant.Store]) error { return emptyBodies(ctx, tx, tx.Now().Add(-keepBodies)) })
}

// Recent are the newest hundred messages of a store, the newest first.
func (p *Post) Recent(ctx context.Context, in tenant.Store) ([]Receipt, error) {
	return db.Read(ctx, p.db, in, func(tx *db.Tx[tenant.Store]) ([]Receipt, error) { return listMessages(ctx, tx) })
}
