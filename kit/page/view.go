package page

import "net/url"

// View is a list as somebody likes it, under a name that they gave it.
type View struct {
	ID    string // public identifier
	Name  string
	Query string // filters and order, as the address has them
}

// ViewQuery is what of an address a view keeps: all but the page, in one order.
func ViewQuery(query url.Values) string {
	kept := url.Values{}
	for name, values := range query {
		for _, v := range values {
			if name != "after" && v != "" {
				kept.Add(name, v)
			}
		}
	}
	return kept.Encode()
}
