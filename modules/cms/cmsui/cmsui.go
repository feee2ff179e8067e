// Package cmsui draws the pages of cms: a page as readers see it, and where staff
// write it.
package cmsui

import (
	"context"

	"orion/kit/ui"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

// Reading is a page as readers see it.
type Reading struct {
	Title   string
	Body    string // clean HTML
	Lang    string // of the body, where it is not the reader's
	Preview bool   // it is the draft
	Bare    bool   // a section says the title
}
