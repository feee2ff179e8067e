package picture

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/blob"
)

var products = Plan{Folder: "products", Widths: []int{400, 800, 1600}}

// painted is a picture whose left half is red and right half is see-through.
func painted(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w / 2 {
			p.SetNRGBA(x, y, color.NRGBA{R: 200, G: 10, B: 20, A: 255})
		}
	}
	return p
}

func pngOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, s blob.Store, key string) []byte {
	t.Helper()
	f, _, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPrepare(t *testing.T) {
	t.Parallel()
	blobs := &blob.Memory{}
	s := NewStudio(blobs)
	upload, err := s.Receive(t.Context(), "", bytes.NewReader(pngOf(t, painted(1000, 500))))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Prepare(t.Context(), upload, products)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Ready{Key: got.Key, Width: 1000, Height: 500, Widths: []int{400, 800}, WebP: true}, got); diff != "" || !strings.HasPrefix(got.Key, "products/") {
		t.Errorf("ready (-want +got): %s", diff)
	}
	for key, width := range map[string]int{got.Key: 1000, Copy(got.Key, 400): 400, Copy(got.Key, 800): 800} {
		plain, err := jpeg.Decode(bytes.NewReader(read(t, blobs, key)))
		if err != nil {
			t.Fatal(err)
		}
		light, err := decodeWebP(bytes.NewReader(read(t, blobs, WebP(key))))
		if err != nil {
			t.Fatal(err)
		}
		for _, img := range []image.Image{plain, light} {
			if img.Bounds().Dx() != width || img.Bounds().Dy() != width/2 {
				t.Errorf("%s is %v", key, img.Bounds())
			}
			near(t, img.At(width/4, width/4), color.RGBA{200, 10, 20, 255})
			near(t, img.At(width*3/4, width/4), color.RGBA{255, 255, 255, 255})
		}
	}
	again, err := s.Prepare(t.Context(), upload, products)
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Errorf("a second time (-first +second): %s %v", diff, err)
	}
}

func near(t testing.TB, got, want color.Color) {
	t.Helper()
	r, g, b, a := got.RGBA()
	wr, wg, wb, wa := want.RGBA()
	for _, d := range []int{int(r) - int(wr), int(g) - int(wg), int(b) - int(wb), int(a) - int(wa)} {
		if d > 12<<8 || d < -12<<8 {
			t.Errorf("colour %v, want %v", got, want)
			return
		}
	}
}

func TestClearKeepsWhatIsSeeThrough(t *testing.T) {
	t.Parallel()
	d, err := draw(t.Context(), pngOf(t, painted(300, 100)), Plan{Folder: "stores", Widths: []int{480}, Clear: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Files) != 2 || d.Files[0].Ext != "png" {
		t.Fatalf("files %+v", d.Files)
	}
	img, err := png.Decode(bytes.NewReader(d.Files[0].Content))
	if err != nil {
		t.Fatal(err)
	}
	near(t, img.At(250, 50), color.Transparent)
	light, err := decodeWebP(bytes.NewReader(d.Files[1].Content))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, a := light.At(250, 50).RGBA(); a != 0 {
		t.Error("WebP lost what is see-through")
	}
}

// TestUpright draws a picture with a red left half, held in all ways.
func TestUpright(t *testing.T) {
	t.Parallel()
	p := image.NewRGBA(image.Rect(0, 0, 80, 40))
	for y := range 40 {
		for x := range 80 {
			c := color.RGBA{0, 0, 200, 255}
			if x < 40 {
				c.R, c.B = 200, 0
			}
			p.SetRGBA(x, y, c)
		}
	}
	plain := jpegOf(t, p)
	red := map[int]image.Point{1: {20, 20}, 2: {60, 20}, 3: {60, 20}, 4: {20, 20}, 5: {20, 20}, 6: {20, 20}, 7: {20, 60}, 8: {20, 60}}
	for turned, at := range red {
		exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(turned)) + "\x00\x00")
		file := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
		d, err := draw(t.Context(), append(file, plain[2:]...), products)
		if err != nil {
			t.Fatal(err)
		}
		if lying := turned >= 5; lying != (d.Width == 40) {
			t.Errorf("held %d: %d × %d", turned, d.Width, d.Height)
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(d.Files[0].Content))
		if err != nil {
			t.Fatal(err)
		}
		near(t, img.At(at.X, at.Y), color.RGBA{200, 0, 0, 255})
		if bytes.Contains(d.Files[0].Content, []byte("Exif")) {
			t.Error("EXIF was kept")
		}
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	s := NewStudio(&blob.Memory{})
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":       {nil, ErrEmpty},
		"text":          {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), ErrUnreadable},
		"large":         {append([]byte("\xff\xd8\xff"), make([]byte, MaxBytes)...), ErrTooLarge},
		"many pixels":   {header(t, 30_000, 30_000, 8, 2), ErrTooMany},
		"deep":          {header(t, 6000, 5000, 16, 6), ErrTooHeavy},
		"a long side":   {header(t, 30_000, 10, 8, 2), ErrTooMany},
		"only the head": {[]byte("\x89PNG\r\n\x1a\n"), ErrUnreadable},
	} {
		if _, err := s.Receive(t.Context(), "", bytes.NewReader(c.file)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// header is the beginning of a PNG of some size.
func header(t testing.TB, w, h int, depth, kind byte) []byte {
	t.Helper()
	b := pngOf(t, painted(2, 2))
	ihdr := b[12:29]
	copy(ihdr[4:], []byte{byte(w >> 24), byte(w >> 16), byte(w >> 8), byte(w), byte(h >> 24), byte(h >> 16), byte(h >> 8), byte(h), depth, kind})
	sum := crc32.ChecksumIEEE(ihdr)
	copy(b[29:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return b
}

func TestOneAtATime(t *testing.T) {
	t.Parallel()
	s := NewStudio(&blob.Memory{})
	s.busy <- struct{}{}
	if _, err := s.Prepare(t.Context(), uploads+"/ab/c.png", products); !errors.Is(err, ErrBusy) {
		t.Errorf("a second picture: %v", err)
	}
	<-s.busy
	for _, key := range []string{"products/ab/c.jpg", "uploads/ab/none.png", ""} {
		if _, err := s.Prepare(t.Context(), key, products); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// TestWorker: a file that no decoder reads is refused by the worker, and what it
// is not told makes it fail.
func TestWorker(t *testing.T) {
	t.Parallel()
	if _, err := drawApart(t.Context(), strings.NewReader("no picture"), products); !errors.Is(err, ErrUnreadable) {
		t.Errorf("no picture: %v", err)
	}
	whole := jpegOf(t, painted(64, 64))
	if _, err := drawApart(t.Context(), bytes.NewReader(whole[:len(whole)/2]), products); !errors.Is(err, ErrUnreadable) {
		t.Errorf("half a picture: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := drawApart(ctx, bytes.NewReader(whole), products); err == nil || isRefusal(err) {
		t.Errorf("a worker that was stopped: %v", err)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, r := range []Ready{
		{},
		{Key: "stores/ab/c.png"},
		{Key: "products/ab/c.jpg", Width: 1600, Height: 900, Widths: []int{400, 800}, WebP: true},
		{Key: "demo/a.webp", Width: 12, Height: 9},
	} {
		if diff := cmp.Diff(r, Read(r.Text())); diff != "" {
			t.Errorf("%q: %s", r.Text(), diff)
		}
	}
	if got := Read("demo/a.webp"); got.Key != "demo/a.webp" || got.Width != 0 {
		t.Errorf("a key alone: %+v", got)
	}
}
