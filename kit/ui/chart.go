package ui

import (
	"context"
	"io"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/a-h/templ"

	"orion/kit/i18n"
)

// polyline fits the values into a box, with room for the width of the line.
func polyline(values []float64, width, height float64) string {
	low, high := slices.Min(values), slices.Max(values)
	span := high - low
	if span == 0 {
		span = 1
	}
	const pad = 3
	out := make([]byte, 0, len(values)*12)
	for i, v := range values {
		if i > 0 {
			out = append(out, ' ')
		}
		out = strconv.AppendFloat(out, float64(i)*width/float64(len(values)-1), 'f', 1, 64)
		out = append(out, ',')
		out = strconv.AppendFloat(out, height-pad-(v-low)/span*(height-2*pad), 'f', 1, 64)
	}
	return string(out)
}

// scale is what the height of a chart stands for.
type scale struct {
	low, high, step float64
	ticks           []float64 // from low to high
}

// scaleOf has round steps, and zero on it, so that heights can be compared.
func scaleOf(low, high float64) scale {
	low, high = min(low, 0), max(high, 0)
	if low == high {
		high = 1
	}
	rough := (high - low) / 4
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * power
	for _, nice := range []float64{1, 2, 2.5, 5} {
		if nice*power >= rough*(1-1e-9) {
			step = nice * power
			break
		}
	}
	s := scale{low: math.Floor(low/step+1e-9) * step, high: math.Ceil(high/step-1e-9) * step, step: step}
	for i := range int(math.Round((s.high-s.low)/step)) + 1 {
		s.ticks = append(s.ticks, s.low+float64(i)*step)
	}
	return s
}

// up is how far above the bottom a value is, in hundredths of the height.
func (s scale) up(v float64) float64 { return (v - s.low) / (s.high - s.low) * 100 }

// digits are the decimals that tell one step from the next, in units.
func (s scale) digits(unit int) int {
	return max(0, int(math.Ceil(-math.Log10(s.step/float64(max(unit, 1)))-1e-9)))
}

// short is a number as it fits beside a scale.
func short(w i18n.Words, v float64, digits int) string {
	for _, big := range []struct {
		size float64
		key  string
	}{{1e6, "ui.millions"}, {1e3, "ui.thousands"}} {
		if math.Abs(v) >= big.size*10 || math.Abs(v) >= big.size && big.size > 1e3 {
			n := math.Round(v/big.size*10) / 10
			return w.T(big.key, "n", w.Decimal(n, map[bool]int{true: 0, false: 1}[n == math.Trunc(n)]))
		}
	}
	return w.Decimal(v, digits)
}

func (v Chart) kind() string {
	if v.Line {
		return "line"
	}
	return "bar"
}

// steps are how many values a series has.
func (v Chart) steps() int {
	if len(v.Series) == 0 {
		return 0
	}
	return len(v.Series[0].Points)
}

func (v Chart) scale() scale {
	low, high := 0.0, 0.0
	for _, s := range v.Series {
		for _, p := range s.Points {
			low, high = min(low, p.Value), max(high, p.Value)
		}
	}
	return scaleOf(low, high)
}

// at is where a step stands, in hundredths of the width.
func (v Chart) at(i int) float64 {
	n := v.steps()
	switch {
	case !v.Line:
		return (float64(i) + 0.5) / float64(n) * 100
	case n == 1:
		return 50
	}
	return float64(i) / float64(n-1) * 100
}

// label is a word below a chart.
type label struct {
	x            float64
	text, anchor string
	spare        bool // left out where it is narrow
}

// labels are as many as have room beside each other, the last one always.
func (v Chart) labels() []label {
	points, widest := v.Series[0].Points, 1
	for _, p := range points {
		widest = max(widest, utf8.RuneCountInString(p.Label))
	}
	const wide, narrow, letter, gap = 660, 260, 7, 20
	every := func(width int) int {
		fit := max(width/(widest*letter+gap), 1)
		return (len(points) + fit - 1) / fit
	}
	step := every(wide)
	few := (every(narrow) + step - 1) / step * step
	var out []label
	for i, p := range points {
		behind := len(points) - 1 - i
		if behind%step != 0 {
			continue
		}
		l := label{x: v.at(i), text: p.Label, anchor: "middle", spare: behind%few != 0}
		switch {
		case l.x < 6 && len(points) > 1:
			l.x, l.anchor = min(l.x, 0.4), "start"
		case l.x > 94 && len(points) > 1:
			l.x, l.anchor = max(l.x, 99.6), "end"
		}
		out = append(out, l)
	}
	return out
}

// plot is the drawing. Places are in hundredths, so that it fits any width
// without being stretched; only the lines are, which one does not see.
func (v Chart) plot(s scale) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		p := &pen{w: w}
		p.raw(`<svg class="chart-shapes" aria-hidden="true">`)
		for _, t := range s.ticks {
			y := percent(100 - s.up(t))
			class := ""
			if t == 0 {
				class = ` class="axis"`
			}
			p.raw(`<line x2="100%" y1="`, y, `" y2="`, y, `"`, class, `/>`)
		}
		if v.Line {
			p.raw(`<svg viewBox="0 0 100 100" preserveAspectRatio="none">`)
			for i := len(v.Series) - 1; i >= 0; i-- { // the first is on top
				v.line(p, s, i)
			}
			p.raw(`</svg>`)
		} else {
			v.bars(p, s)
		}
		p.raw(`</svg>`)
		return p.err
	})
}

// bars stand beside each other, on zero.
func (v Chart) bars(p *pen, s scale) {
	step := 100 / float64(v.steps())
	width := min(step*0.7, 8)
	one := width / float64(len(v.Series))
	zero := s.up(0)
	for i := range v.steps() {
		for n, row := range v.Series {
			if i >= len(row.Points) {
				continue
			}
			top := s.up(row.Points[i].Value)
			p.raw(`<rect class="`, series(n), `" rx="2" x="`, percent(v.at(i)-width/2+float64(n)*one), `" width="`, percent(one*0.96),
				`" y="`, percent(100-max(top, zero)), `" height="`, percent(math.Abs(top-zero)), `"/>`)
		}
	}
}

// line goes through its points without passing above or below them.
func (v Chart) line(p *pen, s scale, n int) {
	points := v.Series[n].Points
	if len(points) == 0 {
		return
	}
	y := func(i int) float64 { return 100 - s.up(points[i].Value) }
	slope := func(i int) float64 { // of the curve at a point; flat where it turns
		if i == 0 || i == len(points)-1 {
			return 0
		}
		before, after := y(i)-y(i-1), y(i+1)-y(i)
		if before*after <= 0 {
			return 0
		}
		return 2 * before * after / (before + after)
	}
	path := "M" + coord2(v.at(0)) + " " + coord2(y(0))
	for i := 1; i < len(points); i++ {
		third := (v.at(i) - v.at(i-1)) / 3
		path += "C" + coord2(v.at(i-1)+third) + " " + coord2(y(i-1)+slope(i-1)/3) + " " + coord2(v.at(i)-third) + " " + coord2(y(i)-slope(i)/3) + " " + coord2(v.at(i)) + " " + coord2(y(i))
	}
	if len(v.Series) == 1 {
		p.raw(`<path class="chart-area" d="`, path, `V`, coord2(100-s.up(0)), `H`, coord2(v.at(0)), `Z"/>`)
	}
	p.raw(`<path class="`, series(n), `" d="`, path, `"/>`)
}

// series is the class that gives one series its colour.
func series(n int) string { return "series-" + strconv.Itoa(n%4+1) }

func percent(f float64) string { return coord2(f) + "%" }

// coord2 is a place to the hundredth, as short as it can be written.
func coord2(f float64) string {
	return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
}

func coord(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
