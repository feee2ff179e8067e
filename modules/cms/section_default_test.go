package cms

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/modules/cms/cmsapi"
)

// Operators arrange what all stores show on their home pages, see it in one of them, and
// a store that makes its own stays alone with that.
func TestDefaultSections(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.wants(200, "", "GET", "/", nil, "Maison", "!Asked often")
		f.wants(200, "otto", "GET", "/admin/pages", nil, "Arrange for all stores")
		studio := f.wants(303, "otto", "POST", "/admin/pages/home?tier=default", nil)
		path, query, _ := strings.Cut(studio, "?")
		path, page := strings.Split(path, "?")[0], mustParse(t, path)
		f.wants(200, "otto", "GET", "/admin/pages", nil, "/pages/pag_", "!Arrange for all stores")
		f.wants(303, "otto", "POST", "/admin/pages/home?tier=default", nil) // again
		seen := func() string {
			t.Helper()
			p, err := w.Platforms.Page(t.Context(), w.at.Platform, page)
			must(t, err)
			return number(p.Revision)
		}
		list := f.wants(200, "otto", "GET", studio, nil, "For all stores", "cms.faq", "!cms.gallery")
		draft := regexp.MustCompile(samplePath + `/pages/preview/[\w-]+`).FindString(list)
		if draft == "" {
			t.Fatal("the studio has no preview in a store")
		}

		faq := f.wants(303, "otto", "POST", path+"?kind=cms.faq&"+query+"&seen="+seen(), nil)
		f.wants(404, "otto", "POST", path+"?kind=cms.gallery&"+query+"&seen="+seen(), nil)
		form := f.wants(200, "otto", "GET", faq, nil, "Questions and answers", "title_lb")
		if strings.Contains(form, "/media/pick") {
			t.Error("there is no library to choose from")
		}
		f.wants(303, "otto", "POST", faq, url.Values{"revision": {seen()}, "title_en": {"Asked often at {store}"}, "questions.count": {"1"}, "questions.0.question_en": {"Why?"}, "questions.0.answer_en": {"Because."}})
		hero := strings.Replace(faq, "/2?", "/1?", 1)
		if got := f.wants(200, "otto", "GET", hero, nil, "title_en"); strings.Contains(got, "picture_alt_en") || strings.Contains(got, `type="file"`) {
			t.Error("a picture can be sent where there is no library")
		}
		f.wants(200, "", "GET", draft, nil, "Asked often", "Because.")
		f.wants(200, "", "POST", draft+"/2", url.Values{"title_en": {"Only tried"}, "questions.count": {"1"}, "questions.0.question_en": {"Why?"}, "questions.0.answer_en": {"So."}}, "Only tried")
		f.wants(200, "", "GET", "/", nil, "!Asked often")

		f.wants(303, "otto", "POST", strings.TrimSuffix(path, "/sections")+"/publish?"+query, url.Values{"revision": {seen()}, "back": {"sections"}})
		f.wants(200, "", "GET", "/", nil, "Asked often")
		own := f.wants(303, "lena", "POST", "/store/pages/home", nil)
		f.wants(303, "lena", "POST", strings.TrimSuffix(own, "/sections")+"/publish", url.Values{"revision": {"1"}})
		f.wants(303, "otto", "POST", path+"/2/hide?"+query+"&seen="+seen(), nil)
		f.wants(303, "otto", "POST", strings.TrimSuffix(path, "/sections")+"/publish?"+query, url.Values{"revision": {seen()}})
		f.wants(200, "", "GET", "/", nil, "Asked often")
		f.wants(303, "lena", "POST", "/store/pages/"+mustParse(t, own).String()+"/delete", nil)
		f.wants(200, "", "GET", "/", nil, "!Asked often")
	})
}

// Pages of a platform's own site are about no store: they have no sections, and their
// drafts are seen in none.
func TestSiteHasNoSections(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		path := f.wants(303, "otto", "POST", "/admin/pages?tier=site", typed("pricing", "Pricing", "<p>Free.</p>", "0"))
		before, query, _ := strings.Cut(path, "?")
		f.wants(404, "otto", "GET", before+"/sections?"+query, nil)
		f.wants(404, "otto", "POST", before+"/sections?kind=cms.faq&seen=1&"+query, nil)
		f.wants(404, "", "GET", "/pages/preview/"+w.Platforms.Preview(w.at.Platform, mustParse(t, before+"/sections")), nil)
	})
}

// What only a store can fill in is left out where a page is for many.
func TestGeneral(t *testing.T) {
	var s struct {
		Pick string
		All  []string
	}
	must := func(f cmsapi.Field) cmsapi.Field { f.Must = true; return f }
	image := cmsapi.Field{Shape: cmsapi.Image, Picture: &cmsapi.Picture{}}
	text := cmsapi.Field{Shape: cmsapi.Plain, One: &s.Pick}
	of := func(fields ...cmsapi.Field) cmsapi.Field {
		return cmsapi.Field{Shape: cmsapi.Many, Items: cmsapi.ItemsOf(&s.All, func(*string) []cmsapi.Field { return fields })}
	}
	for _, c := range []struct {
		name string
		f    cmsapi.Field
		want bool
	}{
		{"a picture that may be missing", image, true},
		{"a picture that must be there", must(image), false},
		{"nothing but pictures", of(image), false},
		{"things that must have one", of(text, must(image)), false},
		{"things that may have one", of(text, image), true},
		{"a text", must(text), true},
	} {
		if got := general([]cmsapi.Field{c.f}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
