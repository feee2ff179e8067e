package db

import (
	"context"
	"database/sql"
)

type preparedKey struct {
	write bool
	text  string
}

// statement is the prepared form of a text on SQLite, or nil. pgx prepares by
// itself. A text is prepared after the first transaction that used it, because
// the writer's only connection is taken while one runs.
func (t *Tx[S]) statement(ctx context.Context, text string) *sql.Stmt {
	if t.db.dialect != SQLite {
		return nil
	}
	if v, ok := t.db.prepared.Load(preparedKey{write: t.tx != nil, text: text}); ok {
		stmt := v.(*sql.Stmt)
		if t.tx != nil {
			return t.tx.StmtContext(ctx, stmt)
		}
		return stmt
	}
	if t.tx != nil {
		t.unseen = append(t.unseen, text)
		return nil
	}
	return t.db.prepareOne(ctx, false, text)
}

func (d *DB) prepare(texts []string) {
	for _, text := range texts {
		d.prepareOne(context.Background(), true, text)
	}
}

// prepareOne keeps the prepared form for the life of the database; texts are
// the modules' constants and the shapes of their lists, so they are few. A text
// that cannot be prepared is left to fail where it runs.
func (d *DB) prepareOne(ctx context.Context, write bool, text string) *sql.Stmt {
	pool := d.read
	if write {
		pool = d.write
	}
	stmt, err := pool.PrepareContext(ctx, text)
	if err != nil {
		return nil
	}
	have, loaded := d.prepared.LoadOrStore(preparedKey{write: write, text: text}, stmt)
	if loaded {
		_ = stmt.Close()
	}
	return have.(*sql.Stmt)
}
