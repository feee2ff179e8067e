package gallery_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"orion/kit/ui/gallery"
)

// TestAccessible holds every page to what a machine can tell: everything is
// named, what is pointed at is there, and nothing needs an inline script or style.
func TestAccessible(t *testing.T) {
	t.Parallel()
	for _, p := range gallery.Pages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			root, err := html.Parse(bytes.NewReader(render(t, p.Body)))
			if err != nil {
				t.Fatal(err)
			}
			c := &checker{T: t, ids: map[string]bool{}, labels: map[string]bool{}}
			walk(root, c.collect)
			walk(root, c.check)
			if c.headings != 1 {
				t.Errorf("%d headings of first rank", c.headings)
			}
		})
	}
}

// TestWellFormed reads every page as XML: every element that is opened is closed.
func TestWellFormed(t *testing.T) {
	t.Parallel()
	for _, p := range gallery.Pages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			d := xml.NewDecoder(bytes.NewReader(render(t, p.Body)))
			d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
			open := 0
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				switch token.(type) {
				case xml.StartElement:
					open++
				case xml.EndElement:
					open--
				}
			}
			if open != 0 {
				t.Errorf("%d elements are left open", open)
			}
		})
	}
}

type checker struct {
	*testing.T
	ids, labels map[string]bool
	headings    int
}

func (c *checker) collect(n *html.Node) {
	if id := attr(n, "id"); id != "" {
		if c.ids[id] {
			c.Errorf("the id %s is there twice", id)
		}
		c.ids[id] = true
	}
	if n.Data == "label" {
		c.labels[attr(n, "for")] = true
	}
	if n.Data == "h1" {
		c.headings++
	}
}

func (c *checker) check(n *html.Node) {
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
			c.Errorf("<%s> has an inline %s", n.Data, a.Key)
		}
	}
	for _, key := range []string{"for", "aria-describedby", "aria-labelledby", "aria-controls", "commandfor"} {
		for _, id := range strings.Fields(attr(n, key)) {
			if !c.ids[id] {
				c.Errorf("%s of <%s> points to %s, which is not there", key, n.Data, id)
			}
		}
	}
	c.named(n)
	if n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/ld+json" {
		c.Error("there is an inline script")
	}
	if n.Data == "a" && attr(n, "href") == "" {
		c.Errorf("the link %q leads nowhere", text(n))
	}
}

// named checks that whoever does not see the page is told what things are.
func (c *checker) named(n *html.Node) {
	switch n.Data {
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" && !c.labels[attr(n, "id")] && !inside(n, "label") {
			c.Errorf("the field %s has no label", attr(n, "name"))
		}
	case "button", "a", "summary":
		if text(n) == "" && attr(n, "aria-label") == "" {
			c.Errorf("a <%s> to %q has no name", n.Data, attr(n, "href"))
		}
	case "img":
		if !has(n, "alt") {
			c.Error("a picture has no alt text")
		}
	case "nav", "dialog":
		if attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" {
			c.Errorf("a <%s> has no name", n.Data)
		}
	case "html":
		if attr(n, "lang") == "" {
			c.Error("the page has no language")
		}
	}
}

func walk(n *html.Node, fn func(*html.Node)) {
	if n.Type == html.ElementNode {
		fn(n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		walk(child, fn)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func inside(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Data == "img" {
			b.WriteString(attr(n, "alt"))
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			read(child)
		}
	}
	read(n)
	return strings.TrimSpace(b.String())
}
