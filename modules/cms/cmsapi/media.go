package cmsapi

import (
	"orion/kit/slot"
	"orion/kit/tenant"
)

// MediaAsked asks where a file is used.
type MediaAsked struct {
	In      tenant.Store
	File    string // its identifier, which is also in its address: /files/{identifier}/{name}
	Address string // the beginning of that address, up to the name
}

// MediaUse is something of the store that shows a file.
type MediaUse struct {
	Title string // as staff call it
	Path  string // of the staff's page where that can be changed
}

// MediaUsage is asked before a file is deleted, and where staff look at it. A file
// that any filler names is not deleted, and none is while a filler fails.
var MediaUsage = slot.Define[MediaAsked, []MediaUse]("cms.media_usage")
