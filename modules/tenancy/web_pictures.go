package tenancy

import (
	"mime/multipart"

	"orion/kit/picture"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/tenancy/tenancyui"
)

// readPictures keeps the pictures that a form brings. One that is refused is
// noted at its field.
func (m *Module) readPictures(c *web.Ctx[web.Store], f *form.Form) (map[Slot]Sent, error) {
	out := map[Slot]Sent{}
	for _, slot := range Slots {
		file, _, err := f.File(string(slot))
		if err != nil {
			return nil, err
		}
		if file == nil {
			if f.Bool(string(slot) + "_remove") {
				out[slot] = Sent{}
			}
			continue
		}
		sent, err := m.receive(c, slot, file)
		if err == nil {
			out[slot] = sent
		} else if !f.Take(err) {
			return nil, err
		}
	}
	return out, nil
}

func (m *Module) receive(c *web.Ctx[web.Store], slot Slot, file multipart.File) (Sent, error) {
	defer func() { _ = file.Close() }()
	return m.ReceivePicture(c.Context(), slot, file)
}

// showPictures are the places with what is in use and what was sent.
func showPictures(c *web.Ctx[web.Store], p Profile, sent map[Slot]Sent) []tenancyui.PictureFields {
	out := make([]tenancyui.PictureFields, len(Slots))
	for i, slot := range Slots {
		out[i] = tenancyui.PictureFields{Slot: string(slot), Pending: sent[slot].Upload != "" && sent[slot].Failed == ""}
		if have := p.in(slot); have.Key != "" {
			out[i].Image = c.ShopURL(picture.Path + picture.Copy(have.Key, 400))
		}
		if code := sent[slot].Failed; code != "" {
			out[i].Failed = c.Words.T(code)
		}
	}
	return out
}
