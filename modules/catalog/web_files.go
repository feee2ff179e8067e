package catalog

import (
	"io"

	"orion/kit/web"
)

func serveRobots(c shopCtx) error {
	c.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.W.Header().Set("Cache-Control", "public, max-age=3600")
	text := "User-agent: *\n"
	if c.As.Shop.Status == web.StatusOpen {
		// Not the cart: that it is not to be listed stands in its page, which has
		// to be read for that.
		for _, path := range []string{"/checkout", "/account", "/search", "/store", "/api"} {
			text += "Disallow: " + c.URL(path) + "\n"
		}
		text += "Sitemap: " + c.Origin() + "/sitemap.xml\n"
	} else {
		text += "Disallow: /\n"
	}
	_, _ = io.WriteString(c.W, text)
	return nil
}
