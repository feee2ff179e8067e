package main

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"orion/app/demo/content"
)

//go:embed drawings/*.svg palettes.json style.css
var sources embed.FS

// scene is one picture: its markup and its size.
type scene struct {
	key           string
	svg, html     string
	width, height int
	first         bool // the one that stands for the product in mails and previews
}

// studio has what all scenes need: the drawings, their colours and the light.
type studio struct {
	style     string
	drawings  string
	shadows   map[string]float64 // half the width of a drawing's foot
	wide      map[string]bool
	Stores    map[string][2]string `json:"stores"`    // main and second colour
	Products  map[string][2]string `json:"products"`  // by slug; an empty main colour comes from the variant
	Backdrops map[string]string    `json:"backdrops"` // by slug or colour, where the tint of the thing is too near to it
	Heroes    map[string]hero      `json:"heroes"`
}

// hero is a still life of a store's things, from back to front.
type hero struct {
	Wall   string `json:"wall"`
	Table  string `json:"table"`
	Things []struct {
		Slug   string  `json:"slug"`
		Colour string  `json:"colour"` // an option value, or empty
		X      float64 `json:"x"`
		Front  float64 `json:"front"` // how far before the back of the table
		Size   float64 `json:"size"`
	} `json:"things"`
}

var groups = regexp.MustCompile(`<g id="([a-z-]+)" data-w="(\d+)"([^>]*)>`)

func newStudio() (*studio, error) {
	s := &studio{shadows: map[string]float64{}, wide: map[string]bool{}}
	raw, err := sources.ReadFile("palettes.json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, fmt.Errorf("read palettes: %w", err)
	}
	css, err := sources.ReadFile("style.css")
	if err != nil {
		return nil, err
	}
	s.style = string(css)
	files, err := sources.ReadDir("drawings")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		svg, err := sources.ReadFile("drawings/" + f.Name())
		if err != nil {
			return nil, err
		}
		s.drawings += string(svg)
	}
	for _, g := range groups.FindAllStringSubmatch(s.drawings, -1) {
		w, err := strconv.ParseFloat(g[2], 64)
		if err != nil {
			return nil, err
		}
		s.shadows[g[1]], s.wide[g[1]] = w, strings.Contains(g[3], "wide")
	}
	return s, nil
}

// page is the scene as a document of its own.
func (s *studio) page(sc scene) scene {
	sc.html = `<!doctype html><style>` + s.style + `</style><div hidden-defs>` + s.drawings + `</div>` + sc.svg
	return sc
}

// scenes are the hero of the store and all pictures of its products.
func (s *studio) scenes(store content.Store) []scene {
	all := []scene{s.hero(store)}
	for _, p := range store.Products {
		var shown []look
		for i, pic := range p.Pictures {
			l := s.look(store.Code, p, pic.Value)
			if i == len(p.Pictures)-1 {
				all = append(all, s.second(pic.Key, l, shown))
				continue
			}
			shown = append(shown, l)
			size := 1.12
			if s.wide[p.Slug] {
				size = .97
			}
			sc := s.frame(pic.Key, s.backdrop(l, "--a"), s.thing(l, 200, 0, size))
			sc.first = i == 0
			all = append(all, sc)
		}
	}
	return all
}

// look is a product in the colour of an option value, or else in its own colours,
// or else in its store's.
func (s *studio) look(store string, p content.Product, value string) look {
	l := look{slug: p.Slug, value: value, a: s.Products[p.Slug][0], b: s.Products[p.Slug][1]}
	for _, o := range p.Options {
		for _, v := range o.Values {
			if v.Code == value && v.Swatch != "" {
				l.a = v.Swatch
			}
		}
	}
	l.a = cmp.Or(l.a, s.Stores[store][0])
	l.b = cmp.Or(l.b, s.Stores[store][1])
	return l
}

// sheet shows all scenes of a store at once.
func (s *studio) sheet(store content.Store, scenes []scene) scene {
	var b strings.Builder
	for _, sc := range scenes[1:] {
		b.WriteString(`<div class="cell">` + sc.svg + `</div>`)
	}
	rows := (len(scenes) + 8) / 9
	out := scene{key: store.Code, width: 1800, height: 700 + rows*250}
	out.svg = `<div class="wide">` + scenes[0].svg + `</div><div class="sheet">` + b.String() + `</div>`
	return s.page(out)
}
