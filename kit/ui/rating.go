package ui

import (
	"context"
	"io"
	"strconv"

	"orion/kit/i18n"
)

// Rating is how many stars of five something has, on the average of so many
// opinions. Without opinions it draws nothing.
type Rating struct {
	Stars int64 // of all opinions together
	Count int64
	Href  string // where the opinions are, empty for none
	Brief bool   // one star and the figures, as on a card
}

// Tenths is the average in tenths of a star.
func (v Rating) Tenths() int64 {
	if v.Count <= 0 {
		return 0
	}
	return min((20*v.Stars+v.Count)/(2*v.Count), 50)
}

// Average is the average in the reader's words: "4,6".
func (v Rating) Average(w i18n.Words) string {
	t, point := v.Tenths(), ","
	if w.Lang() == i18n.En {
		point = "."
	}
	return strconv.FormatInt(t/10, 10) + point + strconv.FormatInt(t%10, 10)
}

// Render writes the stars.
func (v Rating) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	v.draw(&p, envOf(ctx))
	return p.err
}

func (v Rating) draw(p *pen, env Env) {
	if v.Count <= 0 {
		return
	}
	if v.Href != "" {
		p.raw(`<a class="rating"`)
		p.attr("href", env.url(v.Href))
		p.raw(`>`)
	} else {
		p.raw(`<span class="rating">`)
	}
	average := v.Average(env.Words)
	if v.Brief {
		p.raw(oneStar)
	} else {
		drawStars(p, v.Tenths())
	}
	p.raw(`<span class="sr-only">`)
	p.text(env.Words.T("ui.stars_of", "n", average))
	p.raw(`</span><b aria-hidden="true">`)
	p.text(average)
	p.raw(`</b> <span class="rating-count"><span aria-hidden="true">(`, strconv.FormatInt(v.Count, 10), `)</span><span class="sr-only">`)
	p.text(env.Words.N("ui.opinions", int(v.Count)))
	p.raw(`</span></span>`)
	if v.Href != "" {
		p.raw(`</a>`)
	} else {
		p.raw(`</span>`)
	}
}

// Stars are the stars of one opinion.
type Stars struct{ N int64 }

// Render writes the stars.
func (v Stars) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	p.raw(`<span class="rating">`)
	drawStars(&p, v.N*10)
	p.raw(`<span class="sr-only">`)
	p.text(Words(ctx).T("ui.stars_of", "n", strconv.FormatInt(v.N, 10)))
	p.raw(`</span></span>`)
	return p.err
}

const (
	starPath = `M12 2.6l2.9 6 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5-4.7-4.6 6.5-.9z`
	oneStar  = `<svg class="stars" viewBox="0 0 24 24" aria-hidden="true"><path class="is-on" d="` + starPath + `"/></svg>`
	onShift  = `M12 2.6` // how the path of a star begins
)

// fiveStars is the path of all five beside each other.
var fiveStars = func() string {
	out := ""
	for i := range 5 {
		out += "M" + strconv.Itoa(12+24*i) + " 2.6" + starPath[len(onShift):]
	}
	return out
}()

// drawStars draws five stars, filled up to so many tenths; the upper layer ends
// where the filling does.
func drawStars(p *pen, tenths int64) {
	width := strconv.FormatInt(tenths*24/10, 10)
	p.raw(`<svg class="stars is-five" viewBox="0 0 120 24" aria-hidden="true"><path d="`, fiveStars, `"/><svg width="`, width,
		`" height="24" viewBox="0 0 `, width, ` 24"><path class="is-on" d="`, fiveStars, `"/></svg></svg>`)
}
