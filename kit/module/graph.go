package module

import (
	"fmt"
	"slices"
)

// Graph is how modules require each other, laid out to be drawn: what is
// required stands left of what requires it.
type Graph struct {
	Width, Height int
	Nodes         []Node
	Edges         []Edge
}

// Node is a module in a drawing.
type Node struct {
	Definition
	X, Y, W, H int
}

// Edge leads from what is required, or only listened to, to who does.
type Edge struct {
	From, To string
	Observes bool
	Path     string // of an SVG path
}

// The measures of a drawing, in pixels.
const (
	nodeWidth, nodeHeight = 156, 44
	gapX, gapY            = 60, 18
	margin                = 8
)

// Graph draws the modules. What a module requires through others is left out, for the
// arrows to be read.
func (r *Registry) Graph() Graph {
	column := r.columns()
	rows := map[int]int{}
	g := Graph{}
	at := map[string]Node{}
	for _, d := range r.modules {
		c := column[d.Code]
		n := Node{Definition: d, X: margin + c*(nodeWidth+gapX), Y: margin + rows[c]*(nodeHeight+gapY), W: nodeWidth, H: nodeHeight}
		rows[c]++
		at[d.Code] = n
		g.Width, g.Height = max(g.Width, n.X+n.W+margin), max(g.Height, n.Y+n.H+margin)
	}
	for c, n := range rows { // a short column stands in the middle
		shift := (g.Height - 2*margin - n*(nodeHeight+gapY) + gapY) / 2
		for code, node := range at {
			if column[code] == c {
				node.Y += shift
				at[code] = node
			}
		}
	}
	for _, d := range r.modules {
		g.Nodes = append(g.Nodes, at[d.Code])
		for _, need := range d.Requires {
			if !r.through(d, need) {
				g.Edges = append(g.Edges, edge(at[need], at[d.Code], false))
			}
		}
		for _, other := range d.Observes {
			if _, ok := at[other]; ok {
				g.Edges = append(g.Edges, edge(at[other], at[d.Code], true))
			}
		}
	}
	return g
}

// through tells that a module requires need by way of another one, too.
func (r *Registry) through(d Definition, need string) bool {
	return slices.ContainsFunc(d.Requires, func(other string) bool { return other != need && slices.Contains(r.Requirements(other), need) })
}

// columns puts every module right of what it requires, and what others require
// as near to them as can be.
func (r *Registry) columns() map[string]int {
	column := map[string]int{}
	for _, d := range r.modules {
		for _, need := range d.Requires {
			column[d.Code] = max(column[d.Code], column[need]+1)
		}
	}
	for _, d := range slices.Backward(r.modules) {
		nearest := -1
		for _, other := range r.modules {
			if slices.Contains(other.Requires, d.Code) && (nearest < 0 || column[other.Code]-1 < nearest) {
				nearest = column[other.Code] - 1
			}
		}
		column[d.Code] = max(column[d.Code], nearest)
	}
	return column
}

func edge(from, to Node, observes bool) Edge {
	e := Edge{From: from.Code, To: to.Code, Observes: observes}
	x1, y1, x2, y2 := from.X+from.W, from.Y+from.H/2, to.X, to.Y+to.H/2
	if x1 > x2 { // it listens to what stands beside or right of it
		x1, x2 = from.X, to.X+to.W
		if from.X == to.X {
			x2 = to.X
		}
	}
	bend := max((x2-x1)/2, gapX/2)
	if x2 <= x1 {
		e.Path = fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1-gapX/2, y1, x2-gapX/2, y2, x2, y2)
		return e
	}
	e.Path = fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2)
	return e
}
