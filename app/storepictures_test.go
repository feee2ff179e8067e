package app

import (
	"image"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"orion/kit/picture"
	"orion/modules/tenancy"
)

// settingsForm is the form of a store with only what it must have.
var settingsForm = map[string]string{"name": "Maison Kirchberg", "lang": "fr", "langs": "fr", "staff_lang": "en", "country": "LU", "status": "open"}

// until asks for a page until it is as wanted.
func (s sender) until(t testing.TB, path string, want func(page string) bool) string {
	t.Helper()
	var page string
	for range 1500 {
		if _, page = s.ask(t, http.MethodGet, path, "", nil); want(page) {
			return page
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s never became as wanted: %s", path, page[strings.Index(page, "<main"):])
	return ""
}

func has(words ...string) func(string) bool {
	return func(page string) bool {
		for _, w := range words {
			if !strings.Contains(page, w) {
				return false
			}
		}
		return true
	}
}

// TestStorePictures sends a logo and a large picture through the settings of a
// store. The earlier ones stay until the new ones are prepared.
func TestStorePictures(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSender(t, dsn(t))
			save := func(more map[string]string, files ...hostile) (int, string) {
				fields := maps.Clone(settingsForm)
				maps.Copy(fields, more)
				body, kind := form(t, fields, files...)
				resp, page := s.ask(t, http.MethodPost, "/store/settings/store", kind, body)
				return resp.StatusCode, page
			}
			plain := must(t, writePNG, image.Image(small(640, 320)))
			logo := hostile{field: "logo", name: "logo.png", kind: "image/png", content: plain}
			hero := hostile{field: "hero_image", name: "hero.jpg", kind: "image/jpeg", content: must(t, writeJPEG, image.Image(small(1000, 600)))}
			if status, page := save(nil, logo, hero); status != http.StatusSeeOther {
				t.Fatalf("two pictures: %d %.2000s", status, page)
			}
			s.until(t, "/", has(`/media/stores/`, `alt="Maison Kirchberg"`, `width="64"`, `<source type="image/webp"`, `-800.webp 800w`, `width="1000" height="600"`))
			before := s.profile(t)

			for field, content := range map[string]string{"logo": "<svg/>", "hero_image": ""} {
				status, page := save(nil, hostile{field: field, name: "a.png", kind: "image/png", content: []byte(content)})
				if status != http.StatusUnprocessableEntity || !strings.Contains(page, `id="f-`+field+`-error"`) {
					t.Errorf("no picture as %s: %d", field, status)
				}
			}
			half := logo
			half.content = plain[:len(plain)/2]
			if status, _ := save(nil, half); status != http.StatusSeeOther {
				t.Errorf("half a picture: %d", status)
			}
			s.until(t, "/store/settings/store", has("Cette image est illisible", "/media/stores/"))
			if after := s.profile(t); after.Logo != before.Logo || after.HeroImage != before.HeroImage || before.Logo == "" {
				t.Errorf("the pictures before are gone: %+v, then %+v", before, after)
			}
			if status, _ := save(map[string]string{"logo_remove": "on", "hero_image_remove": "on"}); status != http.StatusSeeOther {
				t.Errorf("take away: %d", status)
			}
			s.until(t, "/", func(page string) bool { return !strings.Contains(page, "/media/stores/") })
			if page := s.until(t, "/store/settings/store", has("Aucune pour l’instant")); strings.Contains(page, "illisible. Utilisez") {
				t.Error("what failed is still told of")
			}
		})
	}
}

// profile is the store's, and looks at how its logo is kept.
func (s sender) profile(t testing.TB) tenancy.Profile {
	t.Helper()
	store, err := s.a.modules.tenancy.OwnStore(t.Context(), s.in)
	if err != nil {
		t.Fatal(err)
	}
	if logo := picture.Read(store.Logo); !strings.HasSuffix(logo.Key, ".png") || logo.Width != 480 || logo.Height != 240 {
		t.Errorf("the logo is kept as %q", store.Logo)
	}
	return store.Profile
}

// TestKilledServerPreparesPictures kills the server while it prepares pictures.
// What was sent is not lost, and each picture is prepared once the server is back.
func TestKilledServerPreparesPictures(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, data := dsn(t), t.TempDir()
			s := newSender(t, address)
			s.server.Kill()
			s.server = startChild(t, data, address)
			var made []string
			for i := range 6 {
				resp, _ := s.send(t, hostile{name: "a.png", kind: "image/png", content: must(t, writePNG, image.Image(small(300+i, 300)))})
				made = append(made, resp.Header.Get("Location"))
			}
			s.pictures(t, made[0]) // the next ones are under way
			s.server.Kill()
			s.forgetWorkers(t)
			s.server = startChild(t, data, address)
			defer func() { s.server.Kill() }()
			for _, location := range made {
				have := s.pictures(t, location)
				if len(have) != 1 || have[0].Key == "" {
					t.Fatalf("%s: %+v", location, have)
				}
				if msg := s.inspect(t, have[0]); msg != "" {
					t.Error(msg)
				}
			}
		})
	}
}

// forgetWorkers gives the jobs that ran when the server was killed to others, as
// the queue does after some minutes.
func (s sender) forgetWorkers(t *testing.T) {
	t.Helper()
	if _, err := owner(t, s.a).ExecContext(t.Context(), `UPDATE river_job SET state = 'available' WHERE state = 'running'`); err != nil {
		t.Fatal(err)
	}
}
