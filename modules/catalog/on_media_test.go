package catalog

import (
	"slices"
	"testing"

	"orion/kit/i18n"
	"orion/modules/cms/mediaapi"
)

// A file that a product's text shows is used, and one of another store is not.
func TestTextsUseMedia(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		p := simple("mug", 1200)
		p.Body = i18n.Text{i18n.En: `<p>Look: <img src="/files/med_1a/cup.jpg" alt=""></p>`}
		id := b.save(t, p)
		b.save(t, simple("cup", 900))
		asked := mediaapi.Asked{In: b.in, File: "med_1a", Address: "/files/med_1a/"}
		uses := func(a mediaapi.Asked) []mediaapi.Use {
			t.Helper()
			got, err := b.pictured(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := uses(asked); !slices.Equal(got, []mediaapi.Use{{Title: p.Title.In(i18n.En), Path: "/products/" + id.String()}}) {
			t.Errorf("it is used by %+v", got)
		}
		if got := uses(mediaapi.Asked{In: b.env.Store(), File: asked.File, Address: asked.Address}); len(got) > 0 {
			t.Errorf("another store uses it: %+v", got)
		}
		if got := uses(mediaapi.Asked{In: b.in, File: "med_1", Address: "/files/med_1/"}); len(got) > 0 {
			t.Errorf("another file is used: %+v", got)
		}
	})
}
