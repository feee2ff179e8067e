package module

import (
	"fmt"
	"html"
	"strings"
)

// SVG is the drawing as a file of its own, which is read on light and on dark paper.
func (g Graph) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13">`+"\n",
		g.Width, g.Height, g.Width, g.Height)
	b.WriteString("<title>Modules and what they require</title>\n")
	b.WriteString(`<style>svg{color-scheme:light dark;color:light-dark(#222,#eee)}rect{fill:light-dark(#fff,#222);stroke:currentColor}text{fill:currentColor}` +
		`path{fill:none;stroke:currentColor;opacity:.5}.observes{stroke-dasharray:4 4}.core{stroke-width:2}.internal{stroke-dasharray:2 3}</style>` + "\n")
	for _, e := range g.Edges {
		class := "requires"
		if e.Observes {
			class = "observes"
		}
		fmt.Fprintf(&b, `<path class="%s" d="%s"><title>%s %s %s</title></path>`+"\n", class, e.Path, html.EscapeString(e.To), class, html.EscapeString(e.From))
	}
	for _, n := range g.Nodes {
		fmt.Fprintf(&b, `<g><rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/><text x="%d" y="%d">%s</text><text x="%d" y="%d" font-size="11" opacity=".7">%s %s</text></g>`+"\n",
			n.Tier, n.X, n.Y, n.W, n.H, n.X+12, n.Y+19, html.EscapeString(n.Name), n.X+12, n.Y+35, n.Tier, html.EscapeString(n.Version))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// Mermaid is the graph as a text that wikis and forges draw.
func (g Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart RL\n")
	for _, t := range []Tier{Core, Optional, Internal} {
		fmt.Fprintf(&b, "  subgraph %s\n", t)
		for _, n := range g.Nodes {
			if n.Tier == t {
				fmt.Fprintf(&b, "    %s[%q]\n", n.Code, n.Name)
			}
		}
		b.WriteString("  end\n")
	}
	for _, e := range g.Edges {
		arrow := "-->"
		if e.Observes {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "  %s %s %s\n", e.To, arrow, e.From)
	}
	return b.String()
}
