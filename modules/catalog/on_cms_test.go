package catalog

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/ui"
	"orion/modules/cms/cmsapi"
)

// The sections of pages that show products draw them, with one statement and mostly
// none.
func TestSections(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		hub := slot.NewHub(b.kit.Log)
		hub.Add(b.fills()...)
		kinds := map[string]cmsapi.Kind{}
		for _, k := range slot.Collect(t.Context(), hub, cmsapi.Sections, struct{}{}, nil) {
			kinds[k.Name()] = k
		}
		bundle, err := i18n.Load(ui.Files, Files)
		if err != nil {
			t.Fatal(err)
		}
		draw := func(kind, value string) (string, int, error) {
			s, err := kinds[kind].Read([]byte(value))
			if err != nil {
				t.Fatal(err)
			}
			ctx, n := db.WithCounter(t.Context())
			d, err := s.Draw(ctx, cmsapi.Spot{In: b.in, Words: bundle.In(i18n.En), ID: "section-1"})
			var out bytes.Buffer
			if err == nil && d != nil {
				err = d(ui.With(context.Background(), ui.Env{Words: bundle.In(i18n.En)}), &out)
			}
			return out.String(), n.N(), err
		}
		if _, err := b.Tree(t.Context(), b.in); err != nil { // is in memory of every store that is visited
			t.Fatal(err)
		}
		for kind, c := range map[string]struct{ value, want string }{
			"catalog.featured":   {`{"ways":true,"many":"4"}`, "Crème brûlée cup"},
			"catalog.collection": {`{"category":"table","title":{"en":"On the table"}}`, "On the table"},
			"catalog.looked":     {`{}`, "/seen"},
		} {
			for i, most := range []int{1, 0} {
				if got, n, err := draw(kind, c.value); err != nil || n > most || !strings.Contains(got, c.want) {
					t.Errorf("%s, time %d: %d statements, %v, lacks %q: %s", kind, i+1, n, err, c.want, got)
				}
			}
		}
		if got, _, _ := draw("catalog.featured", `{"many":"4","ways":false}`); strings.Count(got, "<article") > 4 || strings.Contains(got, "home-ways") {
			t.Errorf("more is shown than was chosen: %s", got)
		}
		if _, _, err := draw("catalog.collection", `{"category":"gone"}`); !errors.Is(err, ErrNoCategory) {
			t.Errorf("a category that is gone: %v", err)
		}
		choices, err := b.categoryChoices(t.Context(), b.in, i18n.En)
		if err != nil || !slices.Contains(choices, cmsapi.Option{Value: "mugs", Label: "Table › Mugs"}) {
			t.Errorf("the categories to choose from are %v, %v", choices, err)
		}
	})
}
