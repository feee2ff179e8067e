// Package menusapi is how modules bring what the menus of a store may lead to, such as
// products: cms keeps the menus, and knows of what it leads to only this.
package menusapi

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
)

// Targets is filled with the kinds of things that menus lead to; what leads to those
// of a module that is off is not shown.
var Targets = slot.Define[struct{}, Target]("cms.menu_targets")

// Target is one kind of things, such as categories. Its word is "module.menu_code".
type Target struct {
	Module string
	Code   string // behind its module's: "category"
	Icon   string // of kit/ui/icon
	// Choices are those that staff choose from, the first few where there are more.
	Choices func(ctx context.Context, in tenant.Store, a Asked) ([]cmsapi.Option, error)
	// Many tells that there may be too many to show at once, so that staff search.
	Many bool
	// Find gives those of some keys that there are. Pages of the storefront ask it,
	// so it answers from memory.
	Find func(ctx context.Context, in tenant.Store, keys []string) (map[string]Place, error)
	// Begin are the keys that a header has that nobody arranged; nil is none.
	Begin func(ctx context.Context, in tenant.Store) ([]string, error)
}

// Name is what menus call the kind for good: "catalog.category".
func (t Target) Name() string { return t.Module + "." + t.Code }

// Word is the key of its word.
func (t Target) Word() string { return t.Module + ".menu_" + t.Code }

// Asked is what staff look for: in their language, empty for anything.
type Asked struct {
	Lang i18n.Lang
	Text string
}

// Place is where something is.
type Place struct {
	Path  string // in the storefront
	Title i18n.Text
	// Why is the key of the word of why shoppers do not get to see it; empty when they do.
	Why string
}
