package cms

import (
	"bytes"
	"context"
	"html"
	"regexp"
	"strings"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/cms/cmsapi"
)

// Pictures of the library in clean HTML: what stands there, whose picture it is and
// what is said instead of it.
var (
	libraryImg = regexp.MustCompile(`<img [^>]*src="[^"]*/files/(med_[0-9a-z]+)/[^>]*>`)
	altOf      = regexp.MustCompile(` alt="([^"]*)"`)
)

// textSizes is how wide a picture stands in a text.
const textSizes = "(max-width: 760px) 100vw, 720px"

// withPictures is a text in which pictures of the library stand in all their widths:
// one statement, and none without pictures. Those that are not there any more are
// left out. What the text says instead of a picture comes before what the library says.
func (m *Module) withPictures(c shopper, body i18n.Text) (i18n.Text, error) {
	return m.withCover(c, body, &cmsapi.Picture{})
}

// withCover is such a text below a picture, of which the library says with the same
// statement what it has.
func (m *Module) withCover(c shopper, body i18n.Text, cover *cmsapi.Picture) (i18n.Text, error) {
	wanted := []*cmsapi.Picture{cover}
	for _, text := range body {
		for _, found := range libraryImg.FindAllStringSubmatch(text, -1) {
			wanted = append(wanted, &cmsapi.Picture{File: found[1]})
		}
	}
	files, err := m.filesOf(c.Context(), c.As.In, wanted)
	if err != nil {
		return nil, err
	}
	if cover.File != "" {
		fill(cover, files)
	}
	if len(wanted) == 1 {
		return body, nil
	}
	images := map[string]ui.Image{}
	for id, f := range files {
		images[id] = ImageOf(f, c.ShopURL(""), textSizes, c.Words.Lang())
	}
	out := i18n.Text{}
	for l, text := range body {
		out[l] = libraryImg.ReplaceAllStringFunc(text, func(img string) string {
			return drawnImg(c.Context(), img, images[libraryImg.FindStringSubmatch(img)[1]])
		})
	}
	return out, nil
}

// drawnImg is a picture in the place of how a text names it.
func drawnImg(ctx context.Context, img string, v ui.Image) string {
	if v.Src == "" {
		return ""
	}
	if alt := altOf.FindStringSubmatch(img); alt != nil && strings.TrimSpace(alt[1]) != "" {
		v.Alt = html.UnescapeString(alt[1])
	}
	var b bytes.Buffer
	_ = v.Render(ctx, &b) // a buffer takes everything
	return b.String()
}
