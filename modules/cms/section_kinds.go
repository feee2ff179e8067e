package cms

import (
	"context"
	"slices"
	"sync"

	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/mediaapi"
	"orion/modules/cms/textsapi"
	"orion/modules/core/coreapi"
)

// kinds are the kinds of sections that the program's modules bring. They are asked
// once, since they do not change while it runs.
type kinds struct {
	slots   *slot.Hub
	enabled func(p tenant.PlatformID, module string) bool
	once    sync.Once
	known   []cmsapi.Kind
}

func (k *kinds) all() []cmsapi.Kind {
	k.once.Do(func() { k.known = slot.Collect(context.Background(), k.slots, cmsapi.Sections, struct{}{}, nil) })
	return k.known
}

// named is the kind of that name, whether its module is on or off.
func (k *kinds) named(name string) (cmsapi.Kind, bool) {
	i := slices.IndexFunc(k.all(), func(of cmsapi.Kind) bool { return of.Name() == name })
	if i < 0 {
		return cmsapi.Kind{}, false
	}
	return k.all()[i], true
}

func (k *kinds) on(p tenant.PlatformID, of cmsapi.Kind) bool {
	return of.Module == cmsapi.Code || k.enabled == nil || k.enabled(p, of.Module)
}

// here are the kinds that a store on a platform can have.
func (k *kinds) here(p tenant.PlatformID) []cmsapi.Kind {
	return slices.DeleteFunc(slices.Clone(k.all()), func(of cmsapi.Kind) bool { return !k.on(p, of) })
}

// has tells whether a field can be filled in: pictures are those of a store's library, and
// some choices are the store's alone.
func has(library *tenant.Store, f cmsapi.Field) bool {
	return library != nil || f.Shape != cmsapi.Image && f.Choices == nil
}

// takes tells whether a section of a kind can be made here: whether all that it must have
// can be filled in.
func (p place[S]) takes(of cmsapi.Kind) bool { return p.library != nil || general(of.New().Fields()) }

// general tells whether fields can be filled in for many stores at once.
func general(fields []cmsapi.Field) bool {
	return !slices.ContainsFunc(fields, func(f cmsapi.Field) bool {
		if f.Shape != cmsapi.Many {
			return f.Must && !has(nil, f)
		}
		f.Items.Resize(1)
		of := f.Items.Fields(0)
		return !general(of) || !slices.ContainsFunc(of, func(f cmsapi.Field) bool { return has(nil, f) })
	})
}

// home are the sections of a store that made no home page of its own.
func (k *kinds) home(p tenant.PlatformID) []Section {
	var out []Section
	for _, of := range k.here(p) {
		if of.Home {
			out = append(out, Section{ID: freeID(out), Kind: of.Name(), Value: textOf(of.New())})
		}
	}
	return out
}

// fills are the kinds of sections that cms itself brings.
func (m *Module) fills() []slot.Filling {
	out := []slot.Filling{
		coreapi.StoreResults.Fill(cmsapi.Code, 25, m.pageResults),
		coreapi.StoreResults.Fill(cmsapi.Code, 26, m.postResults),
		mediaapi.Usage.Fill(cmsapi.Code, 10, m.usedOnPages),
		mediaapi.Usage.Fill(cmsapi.Code, 11, m.usedInDesign),
		textsapi.Texts.Fill(cmsapi.Code, 10, func(context.Context, struct{}) (textsapi.TextArea, error) { return m.pagesArea(), nil }),
		textsapi.Texts.Fill(cmsapi.Code, 12, func(context.Context, struct{}) (textsapi.TextArea, error) { return m.postsArea(), nil }),
		textsapi.Texts.Fill(cmsapi.Code, 13, func(context.Context, struct{}) (textsapi.TextArea, error) { return m.categoriesArea(), nil }),
		textsapi.Texts.Fill(cmsapi.Code, 11, func(context.Context, struct{}) (textsapi.TextArea, error) { return m.menusArea(), nil }),
	}
	out = append(out, m.blogTargets()...)
	for i, k := range append(ownKinds(), cmsapi.Kind{Code: "posts", Icon: "newspaper", New: func() cmsapi.Section { return &latestPosts{m: m} }}) {
		k.Module = cmsapi.Code
		out = append(out, cmsapi.Sections.Fill(cmsapi.Code, i, func(context.Context, struct{}) (cmsapi.Kind, error) { return k, nil }))
	}
	return out
}

// ownKinds are in the order in which staff choose from them. The first one begins
// the home page of a store that made none.
func ownKinds() []cmsapi.Kind {
	return []cmsapi.Kind{
		{Code: "hero", Icon: "layout-template", Home: true, New: func() cmsapi.Section { return &hero{} }},
		{Code: "text", Icon: "file-text", New: func() cmsapi.Section { return &prose{} }},
		{Code: "beside", Icon: "image", New: func() cmsapi.Section { return &beside{} }},
		{Code: "gallery", Icon: "camera", New: func() cmsapi.Section { return &gallery{} }},
		{Code: "quotes", Icon: "message-circle", New: func() cmsapi.Section { return &quotes{} }},
		{Code: "faq", Icon: "circle-question-mark", New: func() cmsapi.Section { return &questions{} }},
		{Code: "hours", Icon: "map-pin", New: func() cmsapi.Section { return &hours{} }},
		{Code: "video", Icon: "play", New: func() cmsapi.Section { return &film{} }},
		{Code: "countdown", Icon: "timer", New: func() cmsapi.Section { return &countdown{} }},
		{Code: "logos", Icon: "badge-check", New: func() cmsapi.Section { return &logos{} }},
	}
}
