package catalog

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlNoteUpload      = db.Must[tenant.Store](files, "note_upload")
	sqlOldUploadStores = db.Must[tenant.System](files, "stores_with_old_uploads")
	sqlOldUploads      = db.Must[tenant.Store](files, "old_uploads")
	sqlForgetUpload    = db.Must[tenant.Store](files, "forget_upload")
	sqlProductImages   = db.MustList[tenant.Store](files, "product_images")
)

// noteUpload writes down that a picture is wanted now.
func noteUpload(ctx context.Context, tx tx, upload string) error {
	_, err := db.Exec(ctx, tx, sqlNoteUpload, db.Args{"upload": upload, "now": tx.Now()})
	return err
}

func oldUploads(ctx context.Context, tx tx, before time.Time) ([]string, error) {
	return db.All(ctx, tx, sqlOldUploads, db.Args{"before": before}, func(r db.Row) (upload string, err error) {
		return upload, r.Scan(&upload)
	})
}

// forgetUpload tells whether nobody has wanted the picture since.
func forgetUpload(ctx context.Context, tx tx, upload string, before time.Time) (bool, error) {
	n, err := db.Exec(ctx, tx, sqlForgetUpload, db.Args{"upload": upload, "before": before})
	return n == 1, err
}

// imagesOf are the pictures of the products behind one, some hundreds of them.
func imagesOf(ctx context.Context, tx tx, after catalogapi.ProductID) ([]Product, error) {
	f := db.Filter{Where: []db.Cond{db.Gt("id", after)}, Order: []string{"id"}, Limit: imagesPage}
	return db.List(ctx, tx, sqlProductImages, f, func(r db.Row) (p Product, err error) {
		return p, r.Scan(&p.ID, db.JSON(&p.Images))
	})
}
