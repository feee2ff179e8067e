package tenancy

import (
	"context"
	"io"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/picture"
	"orion/kit/tenant"
)

// Slot is a place where a store shows a picture of its own.
type Slot string

// The places.
const (
	Logo Slot = "logo"
	Hero Slot = "hero_image"
)

// Slots are all of them in the order of the form.
var Slots = []Slot{Logo, Hero}

// plans say what is made of a picture in its place. A logo stands on any colour.
var plans = map[Slot]picture.Plan{
	Logo: {Folder: "stores", Widths: []int{480}, Clear: true},
	Hero: {Folder: "stores", Widths: []int{400, 800, 1600}},
}

// Sent is a picture that staff sent and that is not in use yet.
type Sent struct {
	Upload string
	Failed string // code of why it never will be
}

// ProfileEdit is a profile with what staff did to its pictures: one in a place
// with an upload is prepared and then used, one without is taken away. The
// pictures of the profile itself are not asked.
type ProfileEdit struct {
	Profile
	Pictures map[Slot]Sent
}

// ReceivePicture keeps a picture that staff send for one of the places.
func (m *Module) ReceivePicture(ctx context.Context, s Slot, r io.ReadSeeker) (Sent, error) {
	upload, err := m.pictures.Receive(ctx, "", r)
	return Sent{Upload: upload}, picture.At(string(s), err)
}

// EditProfileAndPictures changes what a store says about itself. The earlier
// picture stays in use until a new one is prepared.
func (m *Module) EditProfileAndPictures(ctx context.Context, in tenant.Store, by auth.Actor, e ProfileEdit) error {
	return m.changeProfile(ctx, in, by, e.Profile, func(tx storeTx, before Profile, p *Profile) error {
		p.Logo, p.HeroImage = before.Logo, before.HeroImage
		for slot, sent := range e.Pictures {
			if sent.Upload != "" {
				if err := putPicture(ctx, tx, slot, sent.Upload); err != nil {
					return err
				}
				if err := m.preparePicture(ctx, tx, slot, sent.Upload); err != nil {
					return err
				}
				continue
			}
			if err := forgetPicture(ctx, tx, slot); err != nil {
				return err
			}
			p.put(slot, "")
		}
		return nil
	})
}

func (p *Profile) put(s Slot, text string) {
	if s == Logo {
		p.Logo = text
		return
	}
	p.HeroImage = text
}

// in is the picture in use.
func (p Profile) in(s Slot) picture.Ready {
	if s == Logo {
		return picture.Read(p.Logo)
	}
	return picture.Read(p.HeroImage)
}

// SentPictures are the pictures that are not in use yet.
func (m *Module) SentPictures(ctx context.Context, in tenant.Store) (map[Slot]Sent, error) {
	return db.Read(ctx, m.db, in, func(tx storeTx) (map[Slot]Sent, error) { return sentPictures(ctx, tx) })
}

// prepared puts a picture to use, or writes down why it cannot be. One that staff
// have replaced or taken away meanwhile is left alone.
func (m *Module) prepared(ctx context.Context, in tenant.Store, s Slot, sent Sent, ready picture.Ready) error {
	err := db.Do(ctx, m.db, in, func(tx storeTx) error {
		if sent.Failed != "" {
			return failPicture(ctx, tx, s, sent)
		}
		waited, err := takePicture(ctx, tx, s, sent.Upload)
		if err != nil || !waited {
			return err
		}
		if err := setPicture(ctx, tx, s, ready.Text()); err != nil {
			return err
		}
		return touchForStore(ctx, tx)
	})
	if err == nil {
		m.changed(ctx)
	}
	return err
}
