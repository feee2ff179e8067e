package ui

import (
	"slices"
	"strconv"
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

type bar struct{ x, y, w, h string }

// bars stand on zero; a chart of nothing has bars without height.
func bars(points []Point, width, height float64) []bar {
	high := 0.0
	for _, p := range points {
		high = max(high, p.Value)
	}
	if high == 0 {
		high = 1
	}
	step := width / float64(max(len(points), 1))
	gap := min(step*0.3, 8)
	out := make([]bar, len(points))
	for i, p := range points {
		h := max(p.Value, 0) / high * (height - 8)
		out[i] = bar{x: coord(float64(i)*step + gap/2), y: coord(height - h), w: coord(step - gap), h: coord(h)}
	}
	return out
}

func coord(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
