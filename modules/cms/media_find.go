package cms

import (
	"context"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

// MediaQuery is what staff want to see of a library, the latest first.
type MediaQuery struct {
	page.Request
	Search string    // words of names, folders and alternative texts
	Folder string    // empty is all
	Kind   MediaKind // empty is all
	Shown  bool      // only what is drawn
}

// Folder is a folder of a library, and what is in it.
type Folder struct {
	Name         string
	Files, Bytes int64
}

// Library is what a page of a library shows.
type Library struct {
	page.Page[Media]
	Folders []Folder
	Used    int64 // bytes of all files, with those that were just deleted
}

// Library gives some files, the folders and what is used: three statements.
func (m *Module) Library(ctx context.Context, in tenant.Store, q MediaQuery) (Library, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (l Library, err error) {
		if l.Page, err = listMedia(ctx, tx, q); err != nil {
			return l, err
		}
		if l.Folders, err = mediaFolders(ctx, tx); err != nil {
			return l, err
		}
		l.Used, err = mediaBytes(ctx, tx)
		return l, err
	})
}

// Media gives a file that is not deleted: one statement.
func (m *Module) Media(ctx context.Context, in tenant.Store, id MediaID) (Media, error) {
	f, err := db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (Media, error) { return findMedia(ctx, tx, id) })
	if err == nil && !f.Deleted.IsZero() {
		return Media{}, errMediaUnknown
	}
	return f, err
}

// Folders are those of a library: one statement.
func (m *Module) Folders(ctx context.Context, in tenant.Store) ([]Folder, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]Folder, error) { return mediaFolders(ctx, tx) })
}

// pickRows is how many pictures there are to choose from at a time.
const pickRows = 24

// Pictures are those of a library that pages can show, the latest first: one statement.
func (m *Module) Pictures(ctx context.Context, in tenant.Store, search, after string) (page.Page[Media], error) {
	q := MediaQuery{Request: page.Request{After: after, Limit: pickRows}, Search: search, Shown: true}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (page.Page[Media], error) { return listMedia(ctx, tx, q) })
}

// MediaAll are those of some files that are there: one statement.
func (m *Module) MediaAll(ctx context.Context, in tenant.Store, ids []MediaID) ([]Media, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]Media, error) { return mediaByIDs(ctx, tx, ids) })
}
