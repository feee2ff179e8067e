package cms

import (
	"context"
	"strings"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/mediaapi"
)

var errMediaUsed = fault.New(fault.Rule, "cms.media_used_somewhere")

// MediaUses are where a file is used, as all modules say. It fails when one of them
// does not answer.
func (m *Module) MediaUses(ctx context.Context, in tenant.Store, id MediaID) ([]mediaapi.Use, error) {
	asked := mediaapi.Asked{In: in, File: id.String(), Address: addressOf(id)}
	all, err := slot.Every(ctx, m.need.Kit.Slots, mediaapi.Usage, asked, nil)
	var out []mediaapi.Use
	for _, uses := range all {
		out = append(out, uses...)
	}
	return out, err
}

// addressOf is how a file's address begins, in texts too.
func addressOf(id MediaID) string { return "/files/" + id.String() + "/" }

// usedOnPages are the pages and posts that name a file in a text or show it in a section, in
// their draft or in what is read.
func (m *Module) usedOnPages(ctx context.Context, a mediaapi.Asked) ([]mediaapi.Use, error) {
	return db.Read(ctx, m.need.Kit.DB, a.In, func(tx mediaTx) ([]mediaapi.Use, error) {
		pages, err := pagesWith(ctx, tx, a.File)
		if err != nil {
			return nil, err
		}
		posts, err := postsWith(ctx, tx, a.File)
		return append(pages, posts...), err
	})
}

// titles is how a page is called in all languages.
func (p Page) titles() string { return strings.Join(noteOf(p).Titles, " · ") }
