package module_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestGraph(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	g := s.registry.Graph()
	at := map[string]int{}
	for i, n := range g.Nodes {
		at[n.Code] = n.X
		for _, m := range g.Nodes[:i] {
			if n.X == m.X && n.Y < m.Y+m.H && m.Y < n.Y+n.H {
				t.Errorf("%s covers %s", n.Code, m.Code)
			}
		}
		if n.X < 0 || n.Y < 0 || n.X+n.W > g.Width || n.Y+n.H > g.Height {
			t.Errorf("%s stands outside", n.Code)
		}
	}
	var edges []string
	for _, e := range g.Edges {
		edges = append(edges, e.To+" needs "+e.From)
		if at[e.From] >= at[e.To] {
			t.Errorf("%s stands left of what it needs", e.To)
		}
	}
	same(t, "edges, without what is needed through others", edges,
		"shelf needs ground", "cart needs shelf", "cart needs till", "deliveries needs cart", "tools needs shelf")
	d := xml.NewDecoder(strings.NewReader(g.SVG()))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal("the drawing is no XML: ", err)
		}
	}
	for _, want := range []string{"flowchart RL", "  subgraph internal\n    tools[\"Tools\"]\n  end", "  deliveries --> cart"} {
		if !strings.Contains(g.Mermaid(), want) {
			t.Errorf("%q is not in\n%s", want, g.Mermaid())
		}
	}
}
