package gallery_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/a-h/templ"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/gallery"
)

func render(t testing.TB, page templ.Component) []byte {
	t.Helper()
	bundle, err := i18n.Load(ui.Files)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	ctx := ui.With(t.Context(), ui.Env{Words: bundle.In(i18n.En), Nonce: "nonce"})
	if err := page.Render(ctx, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestWrite writes the pages for a look at them: ORION_GALLERY=dir go test.
func TestWrite(t *testing.T) {
	dir := os.Getenv("ORION_GALLERY")
	if dir == "" {
		t.Skip("ORION_GALLERY is not set")
	}
	for _, p := range gallery.Pages() {
		if err := os.WriteFile(filepath.Join(dir, p.Name+".html"), render(t, p.Body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
