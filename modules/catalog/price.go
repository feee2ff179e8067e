package catalog

import (
	"net/url"
	"strings"

	"orion/kit/blob"
	"orion/kit/fault"
	"orion/kit/money"
)

var errPrice = fault.New(fault.Invalid, "catalog.price_wrong")

// parsePrice reads an amount as files write it: with a point, without signs.
func parsePrice(s string, c money.Currency) (money.Amount, error) {
	s = strings.TrimSpace(s)
	if s == "" || strings.Trim(s, "0123456789.") != "" {
		return money.Amount{}, errPrice
	}
	a, err := money.Parse(s, c, "en")
	if err != nil || a.Minor < 0 {
		return money.Amount{}, errPrice
	}
	return a, nil
}

// mediaPath is where pictures are served.
const mediaPath = "/media/"

// imageOf is the picture that an address names: one of ours when it is served
// from here, and one that is still to be fetched when it is not.
func imageOf(src string) Image {
	path := src
	if u, err := url.Parse(src); err == nil {
		path = u.Path
	}
	if _, key, ok := strings.Cut(path, mediaPath); ok && blob.Valid(key) {
		return Image{Key: key}
	}
	return Image{Src: src}
}
