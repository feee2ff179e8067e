package pictures_test

import (
	"bytes"
	"image/jpeg"
	"io/fs"
	"testing"

	"github.com/gen2brain/webp"
	"github.com/google/go-cmp/cmp"

	"orion/app/demo/content"
	"orion/app/demo/pictures"
)

func TestContentHasItsPictures(t *testing.T) {
	t.Parallel()
	all, err := pictures.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, s := range d.Stores {
		want[s.Hero] = true
		for _, p := range s.Products {
			for _, pic := range p.Pictures {
				want[pic.Key] = true
			}
			if all[p.Pictures[0].Key].JPEG == "" {
				t.Errorf("%s has no JPEG", p.Slug)
			}
		}
		for _, mark := range []string{s.Logo, s.Code + "/mark"} {
			if _, err := pictures.Mark(mark); err != nil {
				t.Error(err)
			}
		}
	}
	for _, p := range d.Platforms {
		if _, err := pictures.Mark(p.Picture); err != nil {
			t.Error(err)
		}
	}
	got := map[string]bool{}
	for key, p := range all {
		got[key] = true
		if len(p.Files) != 3 {
			t.Errorf("%s has %d sizes", key, len(p.Files))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pictures (-content +files): %s", diff)
	}
}

func TestSizesAreTrue(t *testing.T) {
	t.Parallel()
	all, err := pictures.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"maison-kirchberg/hero", "velo-moselle/brass-bell", "kirchberg-kids/plush-fox-2"} {
		p := all[key]
		raw, err := pictures.FS.ReadFile(p.Largest())
		if err != nil {
			t.Fatal(err)
		}
		c, err := webp.DecodeConfig(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if c.Width != p.Width || c.Height != p.Height {
			t.Errorf("%s is %d × %d, listed as %d × %d", key, c.Width, c.Height, p.Width, p.Height)
		}
	}
	raw, err := pictures.FS.ReadFile(all["maison-kirchberg/hero"].JPEG)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(raw)); err != nil || c.Width != 800 {
		t.Errorf("JPEG is %d wide: %v", c.Width, err)
	}
}

func TestTheyAreSmall(t *testing.T) {
	t.Parallel()
	var total int64
	err := fs.WalkDir(pictures.FS, ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 8<<20 {
		t.Errorf("%d bytes, more than 8 MiB", total)
	}
}
