package cms

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/modules/cms/cmsapi"
)

const hostile = `"'><script>x()</script><img src=x onerror=x()><a href="javascript:x()">a</a>{{x}}`

// Nothing that somebody writes in any field of any kind of section runs.
func TestNothingInSectionsRuns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var all []Section
		for i, k := range w.kinds.all() {
			s := k.New()
			fill := func() {
				eachField(s.Fields(), "", func(_ string, f cmsapi.Field) {
					switch f.Shape {
					case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
						text := hostile[:min(len(hostile), most(f))]
						*f.Text = i18n.Text{i18n.En: text, i18n.Fr: text}
					case cmsapi.Plain:
						*f.One = hostile[:50]
					case cmsapi.Address:
						*f.One = "javascript:x()"
					case cmsapi.Image:
						*f.Picture = cmsapi.Picture{Image: "javascript:x()\t10\t10\t", Alt: i18n.Text{i18n.En: hostile}}
					case cmsapi.Moment:
						*f.Time = w.Clock.Now().Add(time.Hour)
					case cmsapi.Many:
						f.Items.Resize(2)
					}
				})
			}
			fill()
			tidySection(s)
			refused := map[string]bool{}
			for _, bad := range checkSection(s, i18n.En).Fields {
				refused[bad.Name] = true
			}
			eachField(s.Fields(), "", func(name string, f cmsapi.Field) {
				if f.Shape == cmsapi.Address {
					if !refused[name] {
						t.Errorf("%s takes a script as %s", k.Name(), name)
					}
					*f.One = "/products"
				}
				if f.Shape == cmsapi.Image && f.Picture.Image != "" {
					t.Errorf("%s takes an address as a picture", k.Name())
				}
			})
			all = append(all, Section{ID: number(int64(i + 1)), Kind: k.Name(), Value: textOf(s)})
		}
		id := w.home(t, all...)
		f := serve(t, w)
		for _, path := range []string{"/", "/?lang=fr", "/store" + sectionsPath(id), "/store" + sectionsPath(id) + "/1", "/store/pages/" + id.String() + "/versions?n=1"} {
			page := f.wants(200, "lena", "GET", path, nil, "!<script>x", "!<img src=x", `!javascript:x()">`)
			if path == "/" && strings.Count(page, `id="section-`) < 6 {
				t.Errorf("only %d sections are on the page", strings.Count(page, `id="section-`))
			}
		}
	})
}

// A home page costs nothing once it is known, however many sections it has.
func TestHomeTakesFewStatements(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		id := w.home(t, many(8)...)
		for path, most := range map[string]int{"/": 0, "/store" + sectionsPath(id): 1, "/store" + sectionsPath(id) + "/1": 1} {
			f.wants(200, "lena", "GET", path, nil)
			ctx, n := db.WithCounter(t.Context())
			r := httptest.NewRequestWithContext(ctx, "GET", "http://maison.localhost"+path, nil)
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: "lena"})
			got := httptest.NewRecorder()
			f.site.ServeHTTP(got, r)
			if got.Code != 200 || n.N() > most {
				t.Errorf("%s answers %d with %d statements, want at most %d", path, got.Code, n.N(), most)
			}
		}
	})
}

// many are sections with texts in four languages.
func many(n int) []Section {
	out := make([]Section, n)
	for i := range out {
		text := i18n.Text{}
		for _, l := range i18n.Langs {
			text[l] = "<p>" + strings.Repeat("What we make lasts longer than what we say of it. ", 12) + "</p>"
		}
		out[i] = Section{ID: number(int64(i + 1)), Kind: "cms.text", Value: textOf(&prose{Title: i18n.Text{i18n.En: "Title"}, Body: text})}
	}
	return out
}

// There is room for so many sections, and deleted ones make way.
func TestFullOfSections(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id := w.home(t, many(maxSections)...)
		compose := func(seen int64, do func([]Section) ([]Section, error)) (int64, error) {
			return w.Stores.Compose(ctx, in, id, Composing{Seen: seen, By: lena, Do: do})
		}
		var added string
		if _, err := compose(2, w.kinds.add("cms.text", "", &added)); !errors.Is(err, errSectionFull) {
			t.Errorf("one more: %v", err)
		}
		rev, err := compose(2, func(all []Section) ([]Section, error) { return amend(all, "7", func(s *Section) { s.Gone = true }) })
		must(t, err)
		rev, err = compose(rev, w.kinds.add("cms.text", "3", &added))
		must(t, err)
		p := wants(t, w.Stores, in, id, Changed, rev)
		if len(p.Sections) != maxSections || p.Sections[3].ID != added {
			t.Errorf("%d sections, the new one is %q behind %q", len(p.Sections), added, p.Sections[2].ID)
		}
		if _, err := compose(rev, func(all []Section) ([]Section, error) {
			return amend(all, "1", func(s *Section) {
				s.Value = textOf(&prose{Title: i18n.Text{i18n.En: strings.Repeat("x", maxSectionBytes)}})
			})
		}); !errors.Is(err, errSectionHuge) {
			t.Errorf("too much in one: %v", err)
		}
	})
}

// BenchmarkSave200 changes one section of a page that has as many as a page can.
func BenchmarkSave200(b *testing.B) {
	w := setup(b, dbtest.NewSQLite(b, plan))
	ctx, in := b.Context(), w.at.Store
	id, err := w.StartHome(ctx, w.at, i18n.En, lena)
	if err != nil {
		b.Fatal(err)
	}
	rev, err := w.Stores.Compose(ctx, in, id, Composing{Seen: 1, By: lena, Do: func([]Section) ([]Section, error) { return many(maxSections), nil }})
	for b.Loop() {
		if err != nil {
			b.Fatal(err)
		}
		s := &prose{Body: i18n.Text{i18n.En: "<p>Said anew, the " + number(rev) + "th time.</p>"}}
		tidySection(s)
		rev, err = w.Stores.Compose(ctx, in, id, Composing{Seen: rev, By: lena, Do: rewrite("100", s)})
	}
}

// Nobody sees or changes the sections of another store.
func TestSectionsStayApart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := write(t, w.Stores, w.other.Store, Writing{Tier: Own, Home: true, Lang: i18n.En, By: lena, Content: Content{Head: Head{Title: w.homeTitle()}, Sections: many(2)}})
		f := serve(t, w)
		studio := "/store" + sectionsPath(id)
		f.wants(404, "lena", "GET", studio, nil)
		f.wants(404, "lena", "GET", studio+"/1", nil)
		f.wants(404, "lena", "POST", studio+"?kind=cms.text&seen=1", nil)
		f.wants(404, "lena", "POST", studio+"/order?seen=1", nil)
		f.wants(404, "lena", "POST", studio+"/1", nil)
		for name := range sectionActs {
			f.wants(404, "lena", "POST", studio+"/1/"+name+"?seen=1", nil)
		}
		f.wants(404, "", "POST", "/pages/preview/"+w.Stores.Preview(w.other.Store, id)+"/1", nil)
		if p := wants(t, w.Stores, w.other.Store, id, Published, 1); ids(p.Sections) != "1 2" {
			t.Errorf("the sections of the other store are %s", ids(p.Sections))
		}
		f.can = []string{MayView.Code}
		mine := w.home(t, many(1)...)
		f.wants(200, "vera", "GET", "/store"+sectionsPath(mine), nil, "!/delete", "!/copy")
		f.wants(403, "vera", "POST", "/store"+sectionsPath(mine)+"/1/delete?seen=2", nil)
		f.wants(403, "vera", "GET", "/store"+sectionsPath(mine)+"/1", nil)
		f.wants(403, "vera", "POST", "/store/pages/home", nil)
	})
}
