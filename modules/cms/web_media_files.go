package cms

import (
	"net/http"
	"strings"

	"orion/kit/picture"
	"orion/kit/web"
)

func (m *Module) fileRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/files/{id}/{name}", web.Public, m.mediaFile)
}

// mediaFile serves a file at the address that it keeps: one statement. A picture is
// where it was drawn last, and a document or video is there to be downloaded; a
// browser asks each time whether it has changed. Nothing of them is ever run.
func (m *Module) mediaFile(c shopper) error {
	id, err := parseMedia(c.Param("id"))
	if err != nil {
		return err
	}
	f, err := m.Media(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	h := c.W.Header()
	h.Set("Cache-Control", "public, no-cache")
	if f.Kind == Picture || f.Kind == Drawing {
		if f.Drawn.Key == "" {
			return errMediaUnknown
		}
		http.Redirect(c.W, c.R, c.ShopURL(picture.Path+f.Drawn.Key), http.StatusFound)
		return nil
	}
	file, info, err := m.need.Kit.Blobs.Open(c.Context(), f.Upload)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	_, name, _ := strings.Cut(f.address(), "/")
	h.Set("Content-Type", info.Type)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", `"`+strings.NewReplacer("/", "", ".", "").Replace(f.Upload)+`"`)
	http.ServeContent(c.W, c.R, "", f.Changed, file)
	return nil
}
