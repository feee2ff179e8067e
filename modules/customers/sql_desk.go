package customers

import (
	"context"
	"errors"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	setTagsStmt       = db.Must[tenant.Store](files, "set_tags")
	countTagStmt      = db.Must[tenant.Store](files, "count_tag")
	tagsStmt          = db.Must[tenant.Store](files, "tags")
	notesStmt         = db.Must[tenant.Store](files, "notes")
	insertNoteStmt    = db.Must[tenant.Store](files, "insert_note")
	noteOfStmt        = db.Must[tenant.Store](files, "note_of")
	deleteNoteStmt    = db.Must[tenant.Store](files, "delete_note")
	deleteNotesStmt   = db.Must[tenant.Store](files, "delete_notes")
	segmentsStmt      = db.Must[tenant.Store](files, "segments")
	insertSegmentStmt = db.Must[tenant.Store](files, "insert_segment")
	deleteSegmentStmt = db.Must[tenant.Store](files, "delete_segment")
)

// tagText is how tags are kept: with a comma on both sides of each.
func tagText(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	return "," + strings.Join(tags, ",") + ","
}

func setTags(ctx context.Context, tx tx, id auth.CustomerID, tags []string) error {
	_, err := db.Exec(ctx, tx, setTagsStmt, db.Args{"id": id, "tags": tagText(tags)})
	return err
}

func countTag(ctx context.Context, tx tx, tag string, by int64) error {
	_, err := db.Exec(ctx, tx, countTagStmt, db.Args{"tag": tag, "by": by})
	return err
}

func tagsInUse(ctx context.Context, tx tx) ([]string, error) {
	return db.All(ctx, tx, tagsStmt, nil, func(r db.Row) (t string, err error) { return t, r.Scan(&t) })
}

func notesOf(ctx context.Context, tx tx, id auth.CustomerID) ([]Note, error) {
	return db.All(ctx, tx, notesStmt, db.Args{"customer_id": id}, func(r db.Row) (n Note, err error) {
		return n, r.Scan(&n.ID, &n.Author, &n.Text, db.Time(&n.At))
	})
}

func insertNote(ctx context.Context, tx tx, id auth.CustomerID, n Note) error {
	_, err := db.Exec(ctx, tx, insertNoteStmt, db.Args{"id": n.ID, "customer_id": id, "author": n.Author, "text": n.Text, "now": n.At})
	return err
}

// noteOf is the customer whom a note is about.
func noteOf(ctx context.Context, tx tx, id NoteID) (auth.CustomerID, error) {
	c, err := db.One(ctx, tx, noteOfStmt, db.Args{"id": id}, func(r db.Row) (c auth.CustomerID, err error) { return c, r.Scan(&c) })
	if errors.Is(err, db.ErrNoRow) {
		return c, errNoteGone
	}
	return c, err
}

func deleteNote(ctx context.Context, tx tx, id NoteID) error {
	_, err := db.Exec(ctx, tx, deleteNoteStmt, db.Args{"id": id})
	return err
}

func deleteNotes(ctx context.Context, tx tx, id auth.CustomerID) error {
	_, err := db.Exec(ctx, tx, deleteNotesStmt, db.Args{"customer_id": id})
	return err
}

func segments(ctx context.Context, tx tx) ([]Segment, error) {
	return db.All(ctx, tx, segmentsStmt, nil, func(r db.Row) (s Segment, err error) {
		return s, r.Scan(&s.ID, &s.Name, db.JSON(&s.Rules))
	})
}

func insertSegment(ctx context.Context, tx tx, s Segment) error {
	_, err := db.Exec(ctx, tx, insertSegmentStmt, db.Args{"id": s.ID, "name": s.Name, "rules": db.JSON(&s.Rules), "now": tx.Now()})
	return err
}

func deleteSegment(ctx context.Context, tx tx, id SegmentID) error {
	_, err := db.Exec(ctx, tx, deleteSegmentStmt, db.Args{"id": id})
	return err
}
