package cms

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/cms/mediaapi"
)

var (
	sqlDeleteMedia   = db.Must[tenant.Store](files, "delete_media")
	sqlMediaByIDs    = db.MustList[tenant.Store](files, "media_by_ids")
	sqlMediaDue      = db.Must[tenant.System](files, "stores_with_media_due")
	sqlLostMedia     = db.Must[tenant.Store](files, "lost_media")
	sqlDeletedMedia  = db.Must[tenant.Store](files, "deleted_media")
	sqlOldWaste      = db.Must[tenant.Store](files, "old_media_waste")
	sqlWasteUsed     = db.Must[tenant.Store](files, "media_waste_used")
	sqlDeleteWaste   = db.Must[tenant.Store](files, "delete_media_waste")
	sqlWasteGoes     = db.Must[tenant.Store](files, "media_waste_goes")
	sqlWasteGoing    = db.Must[tenant.Store](files, "media_waste_going")
	sqlPagesWithText = db.Must[tenant.Store](files, "pages_with_text")
)

func deleteMedia(ctx context.Context, tx mediaTx, id MediaID) error {
	_, err := db.Exec(ctx, tx, sqlDeleteMedia, db.Args{"id": id})
	return err
}

// mediaByIDs are the files among these that are there.
func mediaByIDs(ctx context.Context, tx mediaTx, ids []MediaID) ([]Media, error) {
	return db.List(ctx, tx, sqlMediaByIDs, db.Filter{Where: []db.Cond{db.In("id", ids...)}, Order: []string{"id"}, Limit: len(ids)}, scanMedia)
}

func lostMedia(ctx context.Context, tx mediaTx, before time.Time) ([]Media, error) {
	return db.All(ctx, tx, sqlLostMedia, db.Args{"before": before}, scanMedia)
}

func deletedMedia(ctx context.Context, tx mediaTx, before time.Time) ([]Media, error) {
	return db.All(ctx, tx, sqlDeletedMedia, db.Args{"before": before}, scanMedia)
}

func oldWaste(ctx context.Context, tx mediaTx, before time.Time) ([]Media, error) {
	return db.All(ctx, tx, sqlOldWaste, db.Args{"before": before}, func(r db.Row) (w Media, err error) {
		var whole, drawn string
		err = r.Scan(&w.ID, &w.Upload, &whole, &drawn)
		w.Whole, w.Drawn = picture.Read(whole), picture.Read(drawn)
		return w, err
	})
}

// wasteUsed tells whether a file of the library has what was thrown away.
func wasteUsed(ctx context.Context, tx mediaTx, w Media) (bool, error) {
	return db.One(ctx, tx, sqlWasteUsed, db.Args{"upload": w.Upload, "whole": w.Whole.Text(), "drawn": w.Drawn.Text()}, func(r db.Row) (bool, error) {
		var n int64
		err := r.Scan(&n)
		return n > 0, err
	})
}

// wasteGoes notes that stored files are being removed.
func wasteGoes(ctx context.Context, tx mediaTx, id MediaID) error {
	_, err := db.Exec(ctx, tx, sqlWasteGoes, db.Args{"id": id, "now": tx.Now()})
	return err
}

// wasteGoing tells whether files that f has are being removed since then.
func wasteGoing(ctx context.Context, tx mediaTx, f Media, since time.Time) (bool, error) {
	args := db.Args{"upload": f.Upload, "whole": f.Whole.Text(), "drawn": f.Drawn.Text(), "since": since}
	return db.One(ctx, tx, sqlWasteGoing, args, func(r db.Row) (bool, error) {
		var n int64
		err := r.Scan(&n)
		return n > 0, err
	})
}

func deleteWaste(ctx context.Context, tx mediaTx, id MediaID) error {
	_, err := db.Exec(ctx, tx, sqlDeleteWaste, db.Args{"id": id})
	return err
}

// pagesWith are the pages in which a text stands.
func pagesWith(ctx context.Context, tx mediaTx, text string) ([]mediaapi.Use, error) {
	return db.All(ctx, tx, sqlPagesWithText, db.Args{"like": "%" + text + "%"}, func(r db.Row) (u mediaapi.Use, err error) {
		var p Page
		err = r.Scan(&p.ID, db.JSON(&p.Head))
		return mediaapi.Use{Title: p.titles(), Path: "/pages/" + p.ID.String()}, err
	})
}
