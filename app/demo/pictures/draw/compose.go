package main

import (
	"fmt"
	"strings"

	"orion/app/demo/content"
)

// look is a drawing in its colours.
type look struct {
	slug, value, a, b string
}

// thing places a drawing with its shadow: its middle at x, its foot so many units
// in front of the usual ground line.
func (s *studio) thing(l look, x, front, scale float64) string {
	w := s.shadows[l.slug]
	return fmt.Sprintf(`<g class="s" style="--a:%s;--b:%s" transform="translate(%.1f %.1f) scale(%.3f) translate(-200 -400)">`+
		`<ellipse class="shade" cx="214" cy="401" rx="%.0f" ry="13"/><ellipse class="touch" cx="202" cy="400" rx="%.0f" ry="6"/><use href="#%s"/></g>`,
		l.a, l.b, x, 400+front, scale, w*1.12, w*.92, l.slug)
}

// backdrop is the colour behind a thing: a tint of one of its colours, unless it
// has one of its own.
func (s *studio) backdrop(l look, of string) string {
	if c := s.Backdrops[l.slug]; c != "" && of == "--a" {
		return c
	}
	if c := s.Backdrops[l.value]; c != "" && of == "--a" {
		return c
	}
	colour := l.a
	if of == "--b" {
		colour = l.b
	}
	return "color-mix(in oklab, " + colour + " 19%, #faf5ec)"
}

// frame is a product's picture, 4 to 5.
func (s *studio) frame(key, back, inside string) scene {
	svg := fmt.Sprintf(`<svg viewBox="0 0 400 500" style="--bg:%s"><rect class="bg" width="400" height="500"/>`+
		`<rect width="400" height="500" fill="url(#light)"/>%s</svg>`, back, inside)
	return scene{key: key, svg: svg, width: 1200, height: 1500}
}

// second is the other view: the colours together where there are several, else a
// closer look.
func (s *studio) second(key string, l look, shown []look) scene {
	if len(shown) < 2 {
		back := s.backdrop(l, "--b")
		inside := `<g transform="translate(200 265) scale(1.75) translate(-178 -262)">` + s.thing(l, 200, 0, 1) + `</g>`
		return s.frame(key, back, inside)
	}
	places := [][3]float64{{112, -40, .62}, {288, -40, .62}, {200, 22, .74}}
	if len(shown) == 2 {
		places = [][3]float64{{134, -34, .74}, {262, 18, .82}}
	}
	if s.wide[l.slug] {
		places = [][3]float64{{180, -225, .56}, {220, -90, .66}, {196, 36, .8}}[3-min(3, len(shown)):]
	}
	var b strings.Builder
	for i, at := range places {
		b.WriteString(s.thing(shown[(i+1)%len(shown)], at[0], at[1], at[2]))
	}
	return s.frame(key, s.backdrop(look{a: shown[1].a, b: l.b}, "--b"), b.String())
}

func (s *studio) hero(store content.Store) scene {
	h := s.Heroes[store.Code]
	var b strings.Builder
	for _, t := range h.Things {
		for _, p := range store.Products {
			if p.Slug == t.Slug {
				b.WriteString(s.thing(s.look(store.Code, p, t.Colour), t.X, 380+t.Front, t.Size))
			}
		}
	}
	svg := fmt.Sprintf(`<svg viewBox="0 0 1600 1000" style="--bg:%s"><rect class="bg" width="1600" height="1000"/>`+
		`<rect y="700" width="1600" height="300" fill="%s"/><rect width="1600" height="1000" fill="url(#light)"/>%s</svg>`, h.Wall, h.Table, b.String())
	return scene{key: store.Hero, svg: svg, width: 1600, height: 1000, first: true}
}
