package ui_test

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/icon"
)

func words(t *testing.T) i18n.Words {
	t.Helper()
	bundle, err := i18n.Load(ui.Files)
	if err != nil {
		t.Fatal(err)
	}
	return bundle.In(i18n.En)
}

func draw(ctx context.Context, t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestURL(t *testing.T) {
	t.Parallel()
	ctx := ui.With(t.Context(), ui.Env{Base: "/shops/kirchberg/"})
	for path, want := range map[string]string{
		"/cart":                    "/shops/kirchberg/cart",
		"/":                        "/shops/kirchberg/",
		"/shops/kirchberg/cart":    "/shops/kirchberg/cart",
		"/shops/kirchberg?x=1":     "/shops/kirchberg?x=1",
		"/shops/kirchberger":       "/shops/kirchberg/shops/kirchberger",
		"?page=2":                  "?page=2",
		"#top":                     "#top",
		"https://example.com/cart": "https://example.com/cart",
		"//example.com":            "//example.com",
		"~/admin":                  "/admin",
		"":                         "",
	} {
		if got := ui.URL(ctx, path); got != want {
			t.Errorf("URL(%q) = %q, want %q", path, got, want)
		}
	}
	if got := ui.URL(t.Context(), "/cart"); got != "/cart" {
		t.Errorf("without a prefix: %q", got)
	}
}

func TestFormField(t *testing.T) {
	t.Parallel()
	ctx := ui.WithWords(t.Context(), words(t))
	form := ui.Form{
		Values: map[string][]string{"email": {"lea@"}, "news": {"true"}},
		Fault:  fault.New(fault.Invalid, "form.invalid").Field("email", "form.required"),
	}
	got := form.Field(ctx, "email", "ui.email", "old@example.lu")
	want := ui.Field{Name: "email", Label: "E-mail", Value: "lea@", Values: []string{"lea@"}, Checked: true, Error: form.Error(ctx, "email")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("typed values and errors come back (-want +got):\n%s", diff)
	}
	if got.Error == "" {
		t.Error("the error has no words")
	}
	if !form.Toggle(ctx, "news", "ui.name", false).Checked || form.Toggle(ctx, "sms", "ui.name", true).Checked {
		t.Error("a sent form overrules what was set before")
	}
	if !(ui.Form{}).Toggle(ctx, "sms", "ui.name", true).Checked {
		t.Error("a form not yet sent shows what is set")
	}
}

func TestSummaryNamesFields(t *testing.T) {
	t.Parallel()
	ctx := ui.WithWords(t.Context(), words(t))
	state := ui.Form{Values: map[string][]string{}, Fault: fault.New(fault.Invalid, "form.invalid").Field("email", "form.required").Field("lines", "form.required")}
	body := templ.ComponentFunc(ui.Email(state.Field(ctx, "email", "ui.email", "")).Render)
	out := draw(templ.WithChildren(ctx, body), t, ui.PostForm{Action: "/x", State: state})
	if !strings.Contains(out, `<a href="#f-email">E-mail</a>`) {
		t.Errorf("the summary does not lead to the field:\n%s", out)
	}
	if strings.Count(out, "<li>") != 2 {
		t.Errorf("the error without a field is not listed:\n%s", out)
	}
}

func TestEscapes(t *testing.T) {
	t.Parallel()
	const evil = `"><script>alert(1)</script>`
	ctx := ui.With(t.Context(), ui.Env{Words: words(t), Nonce: evil})
	for name, c := range map[string]templ.Component{
		"button":  ui.Button{Label: evil, Href: "javascript:alert(1)", Icon: icon.Plus},
		"product": ui.Product{Title: evil, Href: "/" + evil, Image: ui.Image{Src: evil, Alt: evil}},
		"field":   ui.Input(ui.Field{Name: evil, Label: evil, Value: evil, Error: evil, Placeholder: evil}),
		"code":    ui.Code{Text: evil},
		"swatch":  ui.VariantPicker{Axes: []ui.VariantAxis{{Name: "a", Options: []ui.VariantOption{{Label: evil, Swatch: evil}}}}},
	} {
		out := draw(ctx, t, c)
		if strings.Contains(out, "<script>") || strings.Contains(out, "javascript:") {
			t.Errorf("%s lets a script through:\n%s", name, out)
		}
	}
}

func TestWordsAreComplete(t *testing.T) {
	t.Parallel()
	bundle, err := i18n.Load(ui.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range append(bundle.Missing(), bundle.Mismatched()...) {
		t.Errorf("words: %+v", g)
	}
}
