package devtools

import (
	"slices"
	"strings"
	"testing"

	"orion/kit/ui/gallery"
)

func TestLibrary(t *testing.T) {
	t.Parallel()
	all := Library()
	if n := len(FindComponents("")); n != len(all) || n < 100 {
		t.Errorf("%d components are found, of %d", n, len(all))
	}
	for _, c := range all {
		if c.Doc == "" || c.Source == "" || c.File == "" {
			t.Errorf("%s is not wholly known: %+v", c.Name, c)
		}
	}
	button, ok := FindComponent("Button")
	if !ok || button.Use != "@ui.Button{…}" || !strings.HasPrefix(button.Source, "type Button struct {") || !strings.Contains(button.Source, "templ (v Button) html() {") {
		t.Errorf("a button is %+v", button)
	}
	prop := func(c Component, name string) Prop {
		i := slices.IndexFunc(c.Props, func(p Prop) bool { return p.Name == name })
		if i < 0 {
			t.Fatalf("%s has no %s", c.Name, name)
		}
		return c.Props[i]
	}
	if got := prop(button, "Confirm"); got.Type != "string" || got.Doc == "" {
		t.Errorf("what a button asks before it acts is %+v", got)
	}
	field, _ := FindComponent("Select")
	if got := prop(field, "options"); got.Type != "[]Option" || got.Of != "Option" || field.Use != "@ui.Select(f, options)" {
		t.Errorf("the options of a select are %+v, written %s", got, field.Use)
	}
	if v, ok := FindComponent("Option"); !ok || !v.IsValue() {
		t.Errorf("an option is a value that components take: %+v", v)
	}
	if _, ok := FindComponent("Buttonn"); ok {
		t.Error("there is no such component")
	}
	if got := FindComponents("DIALOG confirm"); len(got) == 0 || len(got) == len(all) {
		t.Errorf("a search finds %d of %d", len(got), len(all))
	}
}

// Every component stands on a page of the gallery that is shown, with an example of its use.
func TestEveryComponentIsShown(t *testing.T) {
	t.Parallel()
	// These are drawn by others, which the gallery shows: by frames, forms, cards and lists.
	byOthers := []string{
		"Buttons", "Consent", "ErrorSummary", "Flashes", "Hidden", "MenuItem", "MoneyTrace", "Narrow", "PostButton", "Product", "Refreshing", "Signup",
		"Sparkline", "Trap", "When", "WishForm",
	}
	for _, c := range Library() {
		shown := slices.ContainsFunc(gallery.Pages(), func(p gallery.Page) bool {
			return slices.ContainsFunc(c.Places, func(place string) bool { return slices.Contains(p.From, place) })
		})
		if !c.IsValue() && !shown && !slices.Contains(byOthers, c.Name) {
			t.Errorf("%s is on no page of the gallery: %v", c.Name, c.Places)
		}
		for _, e := range c.Examples {
			if strings.Count(e.Text, "{") != strings.Count(e.Text, "}") || !strings.Contains(e.Text, "ui."+c.Name) {
				t.Errorf("an example of %s is no whole: %s", c.Name, e.Text)
			}
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	got := StaffTokens()
	find := func(of []Token, name string) Token {
		i := slices.IndexFunc(of, func(t Token) bool { return t.Name == name })
		if i < 0 {
			t.Fatalf("there is no %s in %+v", name, of)
		}
		return of[i]
	}
	if c := find(got.Colours, "--base"); c.Light != "#fbfaf8" || c.Dark != "#121317" {
		t.Errorf("the page's colour is %+v", c)
	}
	if c := find(got.Radius, "--r-card"); c.Value != "12px" {
		t.Errorf("the radius of cards is %+v", c)
	}
	find(got.Type, "--mono")
	find(got.Space, "--control")
}
