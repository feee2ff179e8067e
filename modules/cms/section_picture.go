package cms

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"orion/kit/fault"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
)

const (
	pictureWait  = 20 * time.Second // that somebody waits for the pictures of others
	pictureAgain = 200 * time.Millisecond
)

var errNotShown = fault.New(fault.Invalid, "cms.section_picture_kind")

// TakePicture puts a picture that staff send for a section into the store's library,
// where the same is kept once, and gives its identifier. Whoever saves the section waits
// until it is drawn; a job draws what takes longer. One that cannot be drawn is not kept.
func (m *Module) TakePicture(ctx context.Context, in tenant.Store, u MediaUpload, r io.ReadSeeker) (MediaID, error) {
	j, err := judgeMedia(r)
	if err == nil && !shown(j.kind) {
		err = errNotShown
	}
	if err != nil {
		return 0, err
	}
	f, had, err := m.ReceiveMedia(ctx, in, u, r)
	if err != nil {
		return 0, err
	}
	err = m.drawSoon(ctx, in, f)
	if refused(err) != nil && !had {
		return 0, errors.Join(err, m.DeleteMedia(context.WithoutCancel(ctx), in, f.ID, u.By))
	}
	return f.ID, err
}

// drawSoon draws a picture now instead of in its job.
func (m *Module) drawSoon(ctx context.Context, in tenant.Store, f Media) error {
	if !f.Pending() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, pictureWait)
	defer cancel()
	for {
		ready, err := m.prepare(ctx, f)
		switch {
		case err == nil:
			return m.drawn(ctx, in, drawing{f.ID, f.Wanted}, ready, "")
		case errors.Is(err, picture.ErrBusy):
		case fault.As(err).Kind == fault.Invalid:
			return errors.Join(err, m.drawn(ctx, in, drawing{f.ID, f.Wanted}, ready, fault.As(err).Code))
		case ctx.Err() != nil:
			return nil
		default:
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pictureAgain):
		}
	}
}

// picturesOf are the pictures of a section, by the names of its form.
func picturesOf(s cmsapi.Section) map[string]*cmsapi.Picture {
	out := map[string]*cmsapi.Picture{}
	eachField(s.Fields(), "", func(name string, f cmsapi.Field) {
		if f.Shape == cmsapi.Image && f.Picture.File != "" {
			out[name] = f.Picture
		}
	})
	return out
}

// filesOf are the files of the store's library that pictures name: one statement, and
// none without such pictures.
func (m *Module) filesOf(ctx context.Context, in tenant.Store, all []*cmsapi.Picture) (map[string]Media, error) {
	out := map[string]Media{}
	var ids []MediaID
	for _, p := range all {
		if id, err := parseMedia(p.File); err == nil {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	files, err := m.MediaAll(ctx, in, ids)
	for _, f := range files {
		out[f.ID.String()] = f
	}
	return out, err
}

// fillPictures says of the pictures of sections that are in the store's library what
// the library has of them now.
func (m *Module) fillPictures(ctx context.Context, in tenant.Store, all []part) error {
	var pictures []*cmsapi.Picture
	for _, p := range all {
		if p.bad == nil {
			pictures = slices.AppendSeq(pictures, maps.Values(picturesOf(p.value)))
		}
	}
	return m.fillFrom(ctx, in, pictures)
}

// fillFrom says of pictures of the store's library what the library has of them now.
func (m *Module) fillFrom(ctx context.Context, in tenant.Store, pictures []*cmsapi.Picture) error {
	files, err := m.filesOf(ctx, in, pictures)
	for _, p := range pictures {
		fill(p, files)
	}
	return err
}

func fill(p *cmsapi.Picture, files map[string]Media) {
	f := files[p.File]
	p.Image, p.Said, p.Focus = f.Drawn.Text(), f.Alt, [2]int{int(f.FocusX), int(f.FocusY)}
}

// checkPictures tells which pictures of a section are not in the store's library.
func (m *Module) checkPictures(ctx context.Context, in tenant.Store, s cmsapi.Section) (*fault.Error, error) {
	wanted := picturesOf(s)
	files, err := m.filesOf(ctx, in, slices.Collect(maps.Values(wanted)))
	bad := errInvalid
	for name, p := range wanted {
		if !shown(files[p.File].Kind) {
			bad = bad.Field(name, "cms.section_picture_gone")
		}
	}
	return bad, err
}

// picturesChanged has pages show a file of the library as it is now.
func (m *Module) picturesChanged(tx mediaTx, f Media) {
	if shown(f.Kind) {
		m.Stores.changed(tx)
		m.Posts.changed(tx)
	}
}
