package cms

import (
	"context"
	"errors"
	"slices"
	"strings"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/letters"
	"orion/kit/page"
	"orion/kit/picture"
	"orion/kit/tenant"
)

type mediaTx = *db.Tx[tenant.Store]

var (
	sqlInsertMedia       = db.Must[tenant.Store](files, "insert_media")
	sqlHoldMedia         = db.Must[tenant.Store](files, "hold_media")
	sqlFindMedia         = db.Must[tenant.Store](files, "find_media")
	sqlFindMediaByUpload = db.Must[tenant.Store](files, "find_media_by_upload")
	sqlListMedia         = db.MustList[tenant.Store](files, "list_media")
	sqlMediaFolders      = db.Must[tenant.Store](files, "media_folders")
	sqlMediaBytes        = db.Must[tenant.Store](files, "media_bytes")
	sqlUpdateMedia       = db.Must[tenant.Store](files, "update_media")
	sqlCountMedia        = db.Must[tenant.Store](files, "count_media")
	sqlInsertWaste       = db.Must[tenant.Store](files, "insert_media_waste")
)

func mediaArgs(f Media) db.Args {
	return db.Args{
		"id": f.ID, "kind": string(f.Kind), "folder": f.Folder, "name": f.Name, "alt": db.JSON(f.Alt), "words": f.words(), "upload": f.Upload, "bytes": f.Bytes,
		"whole": f.Whole.Text(), "drawn": f.Drawn.Text(), "cut": db.JSON(f.Cut), "wanted": f.Wanted, "shown": f.Shown, "author": f.Author,
	}
}

func insertMedia(ctx context.Context, tx mediaTx, f Media) error {
	args := mediaArgs(f)
	args["now"] = f.Changed
	if _, err := db.Exec(ctx, tx, sqlInsertMedia, args); err != nil {
		return err
	}
	return countMedia(ctx, tx, counted{}, f.counts())
}

// countMedia says that a file counts otherwise than before.
func countMedia(ctx context.Context, tx mediaTx, was, is counted) error {
	if was == is {
		return nil
	}
	for _, c := range []counted{{was.folder, -was.files, -was.bytes}, is} {
		if c.files == 0 {
			continue
		}
		if _, err := db.Exec(ctx, tx, sqlCountMedia, db.Args{"folder": c.folder, "files": c.files, "bytes": c.bytes}); err != nil {
			return err
		}
	}
	return nil
}

func updateMedia(ctx context.Context, tx mediaTx, f Media) error {
	args := mediaArgs(f)
	args["focus_x"], args["focus_y"], args["failed"], args["changed_at"], args["deleted_at"] = f.FocusX, f.FocusY, f.Failed, f.Changed, f.Deleted
	if _, err := db.Exec(ctx, tx, sqlUpdateMedia, args); err != nil {
		return err
	}
	return countMedia(ctx, tx, f.was, f.counts())
}

// holdMedia reads a file that nobody else changes before the transaction ends.
func holdMedia(ctx context.Context, tx mediaTx, id MediaID) (Media, error) {
	if _, err := db.Exec(ctx, tx, sqlHoldMedia, db.Args{"id": id}); err != nil {
		return Media{}, err
	}
	return findMedia(ctx, tx, id)
}

func findMedia(ctx context.Context, tx mediaTx, id MediaID) (Media, error) {
	return oneMedia(db.One(ctx, tx, sqlFindMedia, db.Args{"id": id}, scanMedia))
}

func findMediaByUpload(ctx context.Context, tx mediaTx, upload string) (Media, error) {
	return oneMedia(db.One(ctx, tx, sqlFindMediaByUpload, db.Args{"upload": upload}, scanMedia))
}

func oneMedia(f Media, err error) (Media, error) {
	if errors.Is(err, db.ErrNoRow) {
		err = errMediaUnknown
	}
	return f, err
}

// maxTerms is how many words a search looks for.
const maxTerms = 6

func listMedia(ctx context.Context, tx mediaTx, q MediaQuery) (page.Page[Media], error) {
	var where []db.Cond
	if q.Kind != "" {
		where = append(where, db.Eq("kind", string(q.Kind)))
	}
	if q.Shown {
		where = append(where, db.Ne("drawn", ""))
	}
	if q.Folder != "" {
		where = append(where, db.Eq("folder", q.Folder))
	}
	terms := strings.Fields(letters.Fold(q.Search))
	for _, term := range terms[:min(len(terms), maxTerms)] {
		where = append(where, db.Has("words", term))
	}
	if q.After != "" {
		var before MediaID
		if err := page.Decode(q.After, &before); err != nil {
			return page.Page[Media]{}, err
		}
		where = append(where, db.Lt("id", before))
	}
	rows, err := db.List(ctx, tx, sqlListMedia, db.Filter{Where: where, Order: []string{"id DESC"}, Limit: q.Fetch()}, scanMedia)
	return page.Of(rows, q.Rows(), func(f Media) []any { return []any{f.ID} }), err
}

func mediaFolders(ctx context.Context, tx mediaTx) ([]Folder, error) {
	all, err := db.All(ctx, tx, sqlMediaFolders, nil, func(r db.Row) (f Folder, err error) { return f, r.Scan(&f.Name, &f.Files, &f.Bytes) })
	return slices.Clip(all), err
}

func mediaBytes(ctx context.Context, tx mediaTx) (int64, error) {
	return db.One(ctx, tx, sqlMediaBytes, nil, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
}

// throwAway has the stored files of f removed once no page shows them any more.
func throwAway(ctx context.Context, tx mediaTx, f Media) error {
	if f.Upload == "" && f.Whole.Key == "" && f.Drawn.Key == "" {
		return nil
	}
	_, err := db.Exec(ctx, tx, sqlInsertWaste, db.Args{"id": tx.NewID(), "upload": f.Upload, "whole": f.Whole.Text(), "drawn": f.Drawn.Text(), "bytes": f.Bytes, "now": tx.Now()})
	return err
}

func scanMedia(r db.Row) (f Media, err error) {
	var whole, drawn string
	f.Alt = i18n.Text{}
	err = r.Scan(&f.ID, &f.Kind, &f.Folder, &f.Name, db.JSON(&f.Alt), &f.Upload, &f.Bytes, &whole, &drawn, db.JSON(&f.Cut), &f.FocusX, &f.FocusY, &f.Wanted, &f.Shown, &f.Failed,
		db.Time(&f.Changed), &f.Author, db.Time(&f.Deleted))
	f.Whole, f.Drawn = picture.Read(whole), picture.Read(drawn)
	f.was = f.counts()
	return f, err
}
