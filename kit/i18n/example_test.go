package i18n_test

import (
	"fmt"
	"testing/fstest"

	"orion/kit/i18n"
)

// A module brings one flat file per language.
func ExampleLoad() {
	module := fstest.MapFS{
		"locales/en.json": {Data: []byte(`{
			"orders.thanks": "Thank you, {name}!",
			"orders.items": {"one": "one item", "other": "{n} items"}
		}`)},
		"locales/lb.json": {Data: []byte(`{"orders.thanks": "Merci, {name}!"}`)},
	}
	bundle, err := i18n.Load(module)
	if err != nil {
		fmt.Println(err)
		return
	}
	words := bundle.In(i18n.Lb)
	fmt.Println(words.T("orders.thanks", "name", "Léa"))
	fmt.Println(words.N("orders.items", 3), "(fallback)")
	fmt.Println(words.T("ui.sign_in"))
	// Output:
	// Merci, Léa!
	// 3 items (fallback)
	// Umellen
}
