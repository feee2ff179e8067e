package catalog

import (
	"context"
	"io"
	"slices"

	"orion/kit/db"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// pictures is what is made of every picture of a product; the narrowest is for
// rows, carts and mails.
var pictures = picture.Plan{Folder: "products", Widths: []int{400, 800, 1600}}

// ReceivePicture keeps a picture that staff send. A product that is saved with
// it has it prepared by a job; until then it is pending. One that no product has
// for a day is thrown away.
func (m *Module) ReceivePicture(ctx context.Context, in tenant.Store, r io.ReadSeeker) (Image, error) {
	upload, err := m.need.Kit.Pictures.Receive(ctx, in.ID().String(), r)
	if err != nil {
		return Image{}, picture.At("picture", err)
	}
	return Image{Upload: upload}, db.Do(ctx, m.db, in, func(tx tx) error { return noteUpload(ctx, tx, upload) })
}

// keepPrepared gives pending pictures of the input what was prepared meanwhile:
// who edits has read the product before.
func keepPrepared(have, want []Image) []Image {
	out := slices.Clone(want)
	for i := range out {
		if at := slices.IndexFunc(have, func(h Image) bool { return h.Upload == out[i].Upload }); at >= 0 && out[i].Pending() {
			alt, value := out[i].Alt, out[i].Value
			out[i] = have[at]
			out[i].Alt, out[i].Value = alt, value
		}
	}
	return out
}

// prepared writes how the preparing of a picture went. One that staff took away
// meanwhile stays away.
func (m *Module) prepared(ctx context.Context, in tenant.Store, id catalogapi.ProductID, img Image) error {
	return db.Do(ctx, m.db, in, func(tx tx) error {
		p, err := productIn(ctx, tx, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(p.Images, func(h Image) bool { return h.Upload == img.Upload && h.Pending() })
		if at < 0 {
			return nil
		}
		img.Alt, img.Value, img.Src = p.Images[at].Alt, p.Images[at].Value, p.Images[at].Src
		p.Images[at] = img
		if err := updatePictures(ctx, tx, p); err != nil {
			return err
		}
		if img.Key != "" {
			if err := renamePicture(ctx, tx, id, img.Upload, img.Key); err != nil {
				return err
			}
		}
		m.changed(tx)
		return nil
	})
}

// pending tells whether a picture still waits to be prepared.
func (m *Module) pending(ctx context.Context, in tenant.Store, id catalogapi.ProductID, upload string) (bool, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (bool, error) {
		ps, err := products(ctx, tx, db.Eq("p.id", id))
		if err != nil || len(ps) == 0 {
			return false, err
		}
		return slices.ContainsFunc(ps[0].Images, func(h Image) bool { return h.Upload == upload && h.Pending() }), nil
	})
}
