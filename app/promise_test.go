package app

import (
	"strings"
	"testing"
)

// The page of a product and the cart say in the reader's language when a piece
// would be there, as the delivery methods of the store have it.
func TestPromise(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		for lang, want := range map[string]string{"en": "With you ", "fr": "Chez vous ", "de": "Bei Ihnen ", "lb": "Bei Iech "} {
			v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost:8080", jar: map[string]string{"lang": lang}}
			if page := v.get("/products/serving-bowl"); !strings.Contains(page, want) {
				t.Errorf("%s: nothing is promised", lang)
			}
		}
	})
}
