package tenancy

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	putPictureStmt    = db.Must[tenant.Store](Files, "put_picture")
	picturesStmt      = db.Must[tenant.Store](Files, "pictures")
	failPictureStmt   = db.Must[tenant.Store](Files, "fail_picture")
	takePictureStmt   = db.Must[tenant.Store](Files, "take_picture")
	forgetPictureStmt = db.Must[tenant.Store](Files, "forget_picture")
	setPictureStmts   = map[Slot]*db.Stmt[tenant.Store]{
		Logo: db.Must[tenant.Store](Files, "set_logo"), Hero: db.Must[tenant.Store](Files, "set_hero_image"),
	}
)

func putPicture(ctx context.Context, tx storeTx, s Slot, upload string) error {
	_, err := db.Exec(ctx, tx, putPictureStmt, db.Args{"slot": s, "upload": upload, "now": tx.Now()})
	return err
}

func sentPictures(ctx context.Context, tx storeTx) (map[Slot]Sent, error) {
	out := map[Slot]Sent{}
	_, err := db.All(ctx, tx, picturesStmt, nil, func(r db.Row) (struct{}, error) {
		var slot Slot
		var sent Sent
		err := r.Scan(&slot, &sent.Upload, &sent.Failed)
		out[slot] = sent
		return struct{}{}, err
	})
	return out, err
}

func failPicture(ctx context.Context, tx storeTx, s Slot, sent Sent) error {
	_, err := db.Exec(ctx, tx, failPictureStmt, db.Args{"slot": s, "upload": sent.Upload, "failed": sent.Failed})
	return err
}

// takePicture ends the waiting for a picture, and tells whether it was waited for.
func takePicture(ctx context.Context, tx storeTx, s Slot, upload string) (bool, error) {
	n, err := db.Exec(ctx, tx, takePictureStmt, db.Args{"slot": s, "upload": upload})
	return n > 0, err
}

func forgetPicture(ctx context.Context, tx storeTx, s Slot) error {
	_, err := db.Exec(ctx, tx, forgetPictureStmt, db.Args{"slot": s})
	return err
}

func setPicture(ctx context.Context, tx storeTx, s Slot, text string) error {
	_, err := db.Exec(ctx, tx, setPictureStmts[s], db.Args{"picture": text, "now": tx.Now()})
	return err
}
