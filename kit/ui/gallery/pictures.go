package gallery

import (
	"encoding/base64"
)

// Picture is a drawn thing as an address with the picture in it.
func Picture(name string) string {
	svg, err := pictures.ReadFile("img/" + name + ".svg")
	if err != nil {
		return ""
	}
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)
}
