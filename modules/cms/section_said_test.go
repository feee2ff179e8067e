package cms

import (
	"context"
	"testing"

	"orion/kit/i18n"
	"orion/modules/cms/cmsapi"
)

// What is picked or ticked in a section is told in words between versions.
func TestSectionDifferencesHaveWords(t *testing.T) {
	t.Parallel()
	kind := ownKinds()[2]
	kind.Module = cmsapi.Code
	a, b := part{kind: kind, value: &beside{Side: "start"}}, part{kind: kind, value: &beside{Side: "end"}}
	all := partDifferences(a, b)
	if len(all) != 1 || !all[0].Pick {
		t.Fatalf("they differ in %+v", all)
	}
	off, on := false, true
	x, y := writtenIn(ticked{&off}), writtenIn(ticked{&on})
	if !x["on"].yes || x["on"].text == y["on"].text {
		t.Errorf("ticked is %+v and %+v", x, y)
	}
}

// ticked is a section with one tick.
type ticked struct{ on *bool }

func (s ticked) Fields() []cmsapi.Field {
	return []cmsapi.Field{{Name: "on", Shape: cmsapi.Yes, On: s.on}}
}

func (s ticked) Draw(context.Context, cmsapi.Spot) (cmsapi.Drawing, error) { return nil, nil }

// Every link of logos has a name.
func TestLogosAreNamed(t *testing.T) {
	t.Parallel()
	for href, want := range map[string]string{"https://www.luxair.lu/x": "luxair.lu", "/products": "/products", "": ""} {
		if got := siteOf(href); got != want {
			t.Errorf("%q is called %q, want %q", href, got, want)
		}
	}
	empty, err := (&logos{Items: []logo{{Href: "/products"}}}).Draw(t.Context(), cmsapi.Spot{Words: i18n.Words{}})
	if err != nil || empty != nil {
		t.Errorf("a link without a name is drawn, %v", err)
	}
}
