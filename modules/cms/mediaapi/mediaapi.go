// Package mediaapi is how modules tell where they show files of a store's media library.
package mediaapi

import (
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Asked asks where a file is used.
type Asked struct {
	In      tenant.Store
	File    string // its identifier, which is also in its address: /files/{identifier}/{name}
	Address string // the beginning of that address, up to the name
}

// Use is something of the store that shows a file.
type Use struct {
	Title string // as staff call it
	Path  string // of the staff's page where that can be changed
}

// Usage is asked before a file is deleted, and where staff look at it. A file
// that any filler names is not deleted, and none is while a filler fails.
var Usage = slot.Define[Asked, []Use]("cms.media_usage")
