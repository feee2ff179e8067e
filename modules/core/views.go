package core

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/tenant"
)

// SavedView is a view with the list that it is of.
type SavedView struct{ List, Name, Query string }

const (
	maxViewName  = 40 // characters
	maxViewQuery = 1000
)

var (
	errView = fault.New(fault.Invalid, "core.invalid")
	// ErrNoView says that somebody has no such view.
	ErrNoView = fault.New(fault.NotFound, "core.no_view")

	listName = regexp.MustCompile(`^[a-z][a-z-]{0,30}$`)
)

// ViewID names a view that somebody saved.
type ViewID = id.ID[viewKind]

type viewKind struct{}

// Prefix of such identifiers.
func (viewKind) Prefix() string { return "viw" }

// Views are those that a member of staff saved of a list, by name, in one
// statement. A list is named by its path without the stroke: "products".
func (m *Module) Views(ctx context.Context, in tenant.Store, who auth.UserID, list string) ([]page.View, error) {
	return db.Read(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) ([]page.View, error) { return readViews(ctx, tx, who, list) })
}

// SaveView keeps a view, in place of one with the same name, and gives it as it
// is kept.
func (m *Module) SaveView(ctx context.Context, in tenant.Store, who auth.UserID, v SavedView) (SavedView, error) {
	v.Name = strings.Join(strings.Fields(v.Name), " ")
	query, err := url.ParseQuery(v.Query)
	v.Query = page.ViewQuery(query)
	switch {
	case v.Name == "":
		return v, errView.Field("name", "form.required")
	case utf8.RuneCountInString(v.Name) > maxViewName:
		return v, errView.Field("name", "form.too_long", "max", maxViewName)
	case err != nil || v.Query == "" || len(v.Query) > maxViewQuery || !listName.MatchString(v.List):
		return v, errView.Field("query", "core.view_malformed")
	}
	return v, db.Do(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) error {
		room, err := putView(ctx, tx, who, v)
		if err == nil && !room {
			return errView.Field("name", "core.views_full")
		}
		return err
	})
}

// RemoveView forgets a view, and tells what it was.
func (m *Module) RemoveView(ctx context.Context, in tenant.Store, who auth.UserID, v ViewID) (SavedView, error) {
	return db.Write(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) (SavedView, error) {
		was, err := deleteView(ctx, tx, who, v)
		if errors.Is(err, db.ErrNoRow) {
			return was, ErrNoView
		}
		return was, err
	})
}
