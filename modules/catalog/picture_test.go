package catalog

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/picture"
	"orion/modules/catalog/catalogapi"
)

func drawn(t testing.TB, w, h int) *bytes.Reader {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(file.Bytes())
}

func (b *bench) receive(t testing.TB, w, h int) Image {
	t.Helper()
	img, err := b.ReceivePicture(t.Context(), b.in, drawn(t, w, h))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func (b *bench) product(t testing.TB, id catalogapi.ProductID) Product {
	t.Helper()
	p, err := b.Product(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// prepare works until the pictures of a product are prepared; jobs come again
// while another one is under way.
func (b *bench) prepare(t testing.TB, id catalogapi.ProductID) {
	t.Helper()
	for range 100 {
		modtest.Settle(t, b.env, b.kit, b.Definition())
		if !slices.ContainsFunc(b.product(t, id).Images, Image.Pending) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("pictures are still pending")
}

// TestPicture follows a picture from the form to the shop: until it is prepared
// the one before stays in use.
func TestPicture(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		p := shirt()
		sent := b.receive(t, 1000, 500)
		p.Images = append([]Image{sent}, p.Images...)
		p.Variants[1].Image = sent.Upload
		id := b.save(t, p)
		before := b.product(t, id)
		if cover, _ := before.Cover(); cover.Key != "products/ab/shirt.webp" || !before.Images[0].Pending() {
			t.Errorf("before: cover %+v of %+v", cover, before.Images)
		}
		s := b.site(t)
		if page := get(t, s, "/products/linen-shirt").Body.String(); !strings.Contains(page, "/media/products/ab/shirt.webp") || strings.Contains(page, sent.Upload) {
			t.Error("the page before lacks the earlier picture, or shows what was sent")
		}
		if page := get(t, s, "/store/products/"+id.String()).Body.String(); !strings.Contains(page, "Being prepared") {
			t.Error("staff are not told that it is being prepared")
		}
		var offers []catalogapi.Offer
		if err := b.do(t.Context(), func(tx tx) (err error) {
			offers, err = loadOffers(t.Context(), tx, "en", []catalogapi.VariantID{before.Variants[1].ID})
			return err
		}); err != nil || offers[0].Image != "products/ab/shirt-400.webp" {
			t.Errorf("offer before: %+v %v", offers, err)
		}
		b.prepare(t, id)
		after := b.product(t, id)
		got := after.Images[0]
		if diff := cmp.Diff(Image{Key: got.Key, Upload: sent.Upload, Width: 1000, Height: 500, Widths: []int{400, 800}, WebP: true}, got); diff != "" || got.Key == "" {
			t.Errorf("after (-want +got): %s", diff)
		}
		if cover, _ := after.Cover(); cover.Key != got.Key || after.Variants[1].Image != got.Key {
			t.Errorf("after: cover %+v, variant %s", cover, after.Variants[1].Image)
		}
		page := get(t, s, "/products/linen-shirt").Body.String()
		for _, want := range []string{`<source type="image/webp"`, picture.WebP(picture.Copy(got.Key, 400)) + " 400w", picture.Copy(got.Key, 800)} {
			if !strings.Contains(page, want) {
				t.Errorf("the page after lacks %s", want)
			}
		}
		if list := get(t, s, "/products").Body.String(); !strings.Contains(list, picture.WebP(got.Key)+" 1000w") {
			t.Error("the list does not offer WebP")
		}
	})
}

// TestPictureFails: staff are told why, and the shop goes on without it.
func TestPictureFails(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		file, err := io.ReadAll(drawn(t, 300, 300))
		if err != nil {
			t.Fatal(err)
		}
		half, err := b.ReceivePicture(t.Context(), b.in, bytes.NewReader(file[:60]))
		if err != nil {
			t.Fatal(err)
		}
		p := shirt()
		p.Images = []Image{half, {Upload: "uploads/aa/gone.png"}}
		id := b.save(t, p)
		b.prepare(t, id)
		got := b.product(t, id)
		if got.Images[0].Failed != picture.ErrUnreadable.Code || got.Images[1].Failed != "catalog.picture_failed" {
			t.Errorf("pictures %+v", got.Images)
		}
		s := b.site(t)
		page := get(t, s, "/store/products/"+id.String()).Body.String()
		if !strings.Contains(page, "not a picture that can be read") || !strings.Contains(page, "could not be prepared") {
			t.Error("staff are not told why")
		}
		if w := get(t, s, "/products/linen-shirt"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "no-image") {
			t.Errorf("the page is %d, or lacks the empty frame", w.Code)
		}
	})
}

// TestPictureMeetsEditing: who edits has read the product before the job was
// done, and the job works on what staff changed since.
func TestPictureMeetsEditing(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		p := shirt()
		sent := b.receive(t, 600, 600)
		p.Images = []Image{sent}
		id := b.save(t, p)
		old := b.product(t, id)
		b.env.Clock.Advance(time.Second)
		b.prepare(t, id)
		done := b.product(t, id).Images[0]

		old.Images[0].Alt = i18n.Text{"en": "A shirt"}
		b.save(t, old.ProductInput)
		b.prepare(t, id)
		done.Alt = old.Images[0].Alt
		if diff := cmp.Diff([]Image{done}, b.product(t, id).Images); diff != "" {
			t.Errorf("after an edit that was begun before (-want +got): %s", diff)
		}

		if err := b.prepared(ctx, b.in, id, Image{Upload: sent.Upload, Failed: "late"}); err != nil {
			t.Fatal(err)
		}
		gone := b.product(t, id)
		gone.Images = nil
		b.save(t, gone.ProductInput)
		if err := b.prepared(ctx, b.in, id, Image{Upload: sent.Upload, Key: "products/late.jpg"}); err != nil {
			t.Fatal(err)
		}
		if have := b.product(t, id).Images; len(have) != 0 {
			t.Errorf("a late job brought back %+v", have)
		}
		err := b.do(ctx, func(tx tx) error { return updatePictures(ctx, tx, old) })
		if !errors.Is(err, ErrChanged) {
			t.Errorf("pictures of a product that was read long ago: %v", err)
		}
	})
}

// TestPictureForm posts a picture through the editor.
func TestPictureForm(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		id := b.save(t, shirt())
		s := b.site(t)
		w := postPicture(t, s, "/store/products/"+id.String(), "a.png", drawn(t, 30, 20))
		if w.Code != http.StatusSeeOther {
			t.Fatalf("a picture: %d %s", w.Code, w.Body)
		}
		if have := b.product(t, id).Images; len(have) != 2 || !have[1].Pending() {
			t.Errorf("pictures %+v", have)
		}
		w = postPicture(t, s, "/store/products/"+id.String(), "a.png", strings.NewReader("<svg/>"))
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "not a picture that can be read") {
			t.Errorf("no picture: %d", w.Code)
		}
		_, err := b.ReceivePicture(context.Background(), b.in, strings.NewReader("<svg/>"))
		if f := fault.As(err); len(f.Fields) != 1 || f.Fields[0].Name != "picture" {
			t.Errorf("the fault names %+v", f.Fields)
		}
	})
}

// postPicture sends the form of a one-variant product with a file.
func postPicture(t testing.TB, h http.Handler, path, name string, file io.Reader) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"title_en": "Linen shirt", "slug": "linen-shirt", "status": "active", "variants.0.price": "10.00", "variants.0.choice": ""} {
		if err := form.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("picture", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(part, file); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A picture that no product has is kept for a day, in case the form is still
// open; one that a product has, or that another store sent, stays.
func TestTidyUploads(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		there := func(img Image) bool {
			f, _, err := b.kit.Blobs.Open(ctx, img.Upload)
			if err == nil {
				_ = f.Close()
			}
			return err == nil
		}
		tidy := func() {
			if err := b.TidyUploads(ctx, b.in); err != nil {
				t.Fatal(err)
			}
		}
		lost, kept := b.receive(t, 30, 20), b.receive(t, 20, 30)
		in := simple("Cup", 500)
		in.Images = []Image{kept}
		id := b.save(t, in)
		other, err := b.ReceivePicture(ctx, b.env.Store(), drawn(t, 30, 20)) // the same content, of another store
		if err != nil || other.Upload == lost.Upload {
			t.Fatal(other.Upload, err)
		}
		first := b.receive(t, 40, 40)
		b.env.Clock.Advance(23 * time.Hour)
		again := b.receive(t, 40, 40) // wanted again
		tidy()
		if !there(lost) || !there(kept) || first.Upload != again.Upload {
			t.Error("thrown away within a day")
		}
		b.env.Clock.Advance(2 * time.Hour)
		tidy()
		if there(lost) || !there(kept) || !there(again) || !there(other) {
			t.Errorf("after a day: lost %t, kept %t, wanted again %t, another's %t", there(lost), there(kept), there(again), there(other))
		}
		p := b.product(t, id)
		p.Images = nil
		b.save(t, p.ProductInput)
		b.env.Clock.Advance(25 * time.Hour)
		tidy()
		if there(kept) || there(again) {
			t.Errorf("taken away: kept %t, wanted again %t", there(kept), there(again))
		}
	})
}
