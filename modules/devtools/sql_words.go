package devtools

import (
	"context"
	"encoding/json"
	"fmt"

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
	var sentence string
	if err := r.Scan(&w.Key, &w.Lang, &sentence, &w.Author, db.Time(&w.At)); err != nil {
		return w, err
	}
	if w.Sentence, err = parseSentence(sentence); err != nil {
		return w, fmt.Errorf("the words %s in %s: %w", w.Key, w.Lang, err)
	}
	return w, nil
}

func readWordsVersion(ctx context.Context, tx tx) (wordsVersion, error) {
	return db.One(ctx, tx, wordsVersionStmt, nil, func(r db.Row) (v wordsVersion, err error) { return v, r.Scan(&v.count, &v.latest) })
}

func putReworded(ctx context.Context, tx tx, by auth.Actor, r i18n.Rewording) error {
	_, err := db.Exec(ctx, tx, putWordStmt, db.Args{"key": r.Key, "lang": string(r.Lang), "sentence": writeSentence(r.Sentence), "author": by.Name, "now": tx.Now()})
	return err
}

func deleteReworded(ctx context.Context, tx tx, key string, l i18n.Lang) error {
	_, err := db.Exec(ctx, tx, deleteWordStmt, db.Args{"key": key, "lang": string(l)})
	return err
}

func parseSentence(text string) (s i18n.Sentence, err error) {
	if json.Unmarshal([]byte(text), &s.Forms) == nil {
		s.Text = s.Forms["other"]
		return s, nil
	}
	return s, json.Unmarshal([]byte(text), &s.Text)
}

func writeSentence(s i18n.Sentence) string {
	var v any = s.Text
	if s.Forms != nil {
		v = s.Forms
	}
	text, _ := json.Marshal(v) // texts can always be written
	return string(text)
}
