package devtools

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

var (
	wordsStmt        = db.Must[tenant.System](Files, "words")
	wordsOfStmt      = db.Must[tenant.System](Files, "words_of")
	wordsVersionStmt = db.Must[tenant.System](Files, "words_version")
	putWordStmt      = db.Must[tenant.System](Files, "put_word")
	deleteWordStmt   = db.Must[tenant.System](Files, "delete_word")
)

func readReworded(ctx context.Context, tx tx) ([]Reworded, error) {
	return db.All(ctx, tx, wordsStmt, nil, scanReworded)
}

func readRewordedOf(ctx context.Context, tx tx, key string) ([]Reworded, error) {
	return db.All(ctx, tx, wordsOfStmt, db.Args{"key": key}, scanReworded)
}

func scanReworded(r db.Row) (w Reworded, err error) {
	return w, r.Scan(&w.Key, &w.Lang, &w.Text, db.JSON(&w.Forms), &w.Author, db.Time(&w.At))
}

func readWordsVersion(ctx context.Context, tx tx) (wordsVersion, error) {
	return db.One(ctx, tx, wordsVersionStmt, nil, func(r db.Row) (v wordsVersion, err error) { return v, r.Scan(&v.count, &v.latest) })
}

func putReworded(ctx context.Context, tx tx, by auth.Actor, r i18n.Rewording) error {
	_, err := db.Exec(ctx, tx, putWordStmt, db.Args{"key": r.Key, "lang": string(r.Lang), "sentence": r.Text, "forms": db.JSON(r.Forms), "author": by.Name, "now": tx.Now()})
	return err
}

func deleteReworded(ctx context.Context, tx tx, key string, l i18n.Lang) error {
	_, err := db.Exec(ctx, tx, deleteWordStmt, db.Args{"key": key, "lang": string(l)})
	return err
}
