package catalog

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/i18n"
)

// TestPageReading compares with the decoder of the standard library, on values
// whose every field is set, so that a new field cannot be forgotten.
func TestPageReading(t *testing.T) {
	t.Parallel()
	text := func(word string) i18n.Text {
		return i18n.Text{"en": word, "fr": `le "` + word + `" \ é`, "de": "<b>" + word + "\u2028"}
	}
	options := []Option{
		{Code: "color", Name: text("Colour"), Values: []Value{{Code: "red", Name: text("Red"), Swatch: "#ff0000"}, {Code: "blue", Name: text("Blue"), Swatch: "#0000ff"}}},
		{Code: "size", Name: text("Size"), Values: []Value{{Code: "m", Name: text("M"), Swatch: "#ffffff"}}},
	}
	image := Image{}
	setAll(reflect.ValueOf(&image).Elem())
	image.Alt = text("A shirt")
	images := []Image{image, {Src: "https://example.com/a.jpg"}}
	tags := []string{"summer", `quoted "tag"`, "é"}

	for _, l := range []i18n.Lang{"en", "fr", "de", "lb"} {
		one := func(s i18n.Text) i18n.Text {
			if s == nil {
				return nil
			}
			return i18n.Text{l: s.In(l)}
		}
		wantOptions := decoded(t, options)
		for i := range wantOptions {
			wantOptions[i].Name = one(wantOptions[i].Name)
			for j := range wantOptions[i].Values {
				wantOptions[i].Values[j].Name = one(wantOptions[i].Values[j].Name)
			}
		}
		wantImages := decoded(t, images)
		for i := range wantImages {
			wantImages[i].Alt = one(wantImages[i].Alt)
		}
		if diff := cmp.Diff(wantOptions, pageOptions(encoded(t, options), l)); diff != "" {
			t.Errorf("options in %s: %s", l, diff)
		}
		if diff := cmp.Diff(wantImages, pageImages(encoded(t, images), l)); diff != "" {
			t.Errorf("pictures in %s: %s", l, diff)
		}
	}
	if diff := cmp.Diff(tags, pageTags(encoded(t, tags))); diff != "" {
		t.Error(diff)
	}
	for _, empty := range []string{"", "null", "[]"} {
		if pageOptions(empty, "en") != nil || pageImages(empty, "en") != nil || pageTags(empty) != nil {
			t.Errorf("%q is not nothing", empty)
		}
	}
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decoded[T any](t *testing.T, v []T) []T {
	t.Helper()
	var out []T
	if err := json.Unmarshal([]byte(encoded(t, v)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// setAll sets every field to something that is not zero.
func setAll(v reflect.Value) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("word" + v.Type().Field(i).Name)
		case reflect.Int, reflect.Int64:
			f.SetInt(int64(i) + 1)
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 2, 2))
		}
	}
}
