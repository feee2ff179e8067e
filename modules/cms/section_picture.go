package cms

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"time"

	"orion/kit/picture"
	"orion/kit/tenant"
)

// sectionPictures is what is made of every picture of a section.
var sectionPictures = picture.Plan{Folder: "stores", Widths: []int{400, 800, 1600}}

const (
	pictureWait  = 20 * time.Second // that somebody waits for the pictures of others
	pictureAgain = 200 * time.Millisecond
)

// TakePicture prepares a picture that staff send for a section, and gives it as
// kit/picture reads it. Whoever saves the section waits for it, so that there is
// no section whose picture is still to come.
func (m *Module) TakePicture(ctx context.Context, in tenant.Store, r io.ReadSeeker) (image string, err error) {
	ctx, cancel := context.WithTimeout(ctx, pictureWait)
	defer cancel()
	studio := m.need.Kit.Pictures
	// Each is one of its own, so that nobody who sends the same takes it away from here.
	upload, err := studio.Receive(ctx, "cms "+in.ID().String()+" "+rand.Text(), r)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, studio.Discard(context.WithoutCancel(ctx), upload)) }()
	for {
		ready, err := studio.Prepare(ctx, upload, sectionPictures)
		if !errors.Is(err, picture.ErrBusy) {
			return ready.Text(), err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(pictureAgain):
		}
	}
}
