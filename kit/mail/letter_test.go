package mail_test

import (
	"fmt"
	"strings"
	"testing"

	"orion/kit/mail"
)

func ExampleRender() {
	_, text := mail.Render(mail.Letter{
		Shop: "Maison Clé", Lang: "en", Title: "Your order 1048",
		Intro:  "Hello Léa,\n\nthank you for your order.",
		Lines:  []mail.Line{{Label: "Stoneware mug", Detail: "Ember, 30 cl", Value: "24,00 €"}, {Label: "Total", Value: "24,00 €", Strong: true}},
		Button: mail.Button{Label: "See your order", URL: "https://shop.example/o/1"},
		Footer: "1, rue du Fort\nL-1234 Luxembourg",
	})
	fmt.Print(strings.ReplaceAll(text, "-- \n", "--\n"))
	// Output:
	// Your order 1048
	//
	// Hello Léa,
	//
	// thank you for your order.
	//
	// Stoneware mug: 24,00 €
	//   Ember, 30 cl
	// Total: 24,00 €
	//
	// See your order:
	// https://shop.example/o/1
	//
	// --
	// Maison Clé
	// 1, rue du Fort
	// L-1234 Luxembourg
}

func TestRenderEscapes(t *testing.T) {
	t.Parallel()
	const bad = `<script>alert(1)</script>"'`
	html, text := mail.Render(mail.Letter{
		Shop: bad, Lang: "en", Title: bad, Intro: bad, Lines: []mail.Line{{Label: bad, Detail: bad, Value: bad}},
		Button: mail.Button{Label: bad, URL: "javascript:alert(1)"}, Note: bad, Footer: bad,
	})
	if strings.Contains(html, "<script") || strings.Contains(html, `href="javascript`) {
		t.Errorf("markup came through:\n%s", html)
	}
	if !strings.Contains(text, bad) {
		t.Error("plain text is not plain")
	}
}
