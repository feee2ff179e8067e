package inventory

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Location is a place where goods are kept. Goods are taken from the one with
// the lowest priority first.
type Location struct {
	ID       LocationID `json:"id"`
	Code     string     `json:"code"` // stable and unique in the store, such as strassen
	Name     string     `json:"name"`
	Priority int64      `json:"priority"`
	Active   bool       `json:"active"`
}

var locationCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

func (l Location) validate() error {
	bad := errLocation
	if !locationCode.MatchString(l.Code) {
		bad = bad.Field("code", "inventory.bad_code")
	}
	if n := utf8.RuneCountInString(l.Name); n == 0 {
		bad = bad.Field("name", "form.required")
	} else if n > 80 {
		bad = bad.Field("name", "form.too_long", "max", 80)
	}
	if l.Priority < 0 || l.Priority > 1000 {
		bad = bad.Field("priority", "form.too_large", "max", 1000)
	}
	return bad.OrNil()
}

// Locations are the places of a store, the first to be asked first.
func (m *Module) Locations(ctx context.Context, in tenant.Store) ([]Location, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Location, error) { return locations(ctx, tx) })
}

// AddLocation opens a place.
func (m *Module) AddLocation(ctx context.Context, in tenant.Store, by auth.Actor, l Location) (Location, error) {
	l.Code, l.Name, l.Active = strings.ToLower(strings.TrimSpace(l.Code)), strings.TrimSpace(l.Name), true
	if err := l.validate(); err != nil {
		return Location{}, err
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Location, error) {
		l.ID = db.NewID[locationKind](tx)
		if err := insertLocation(ctx, tx, l); err != nil {
			if db.IsUnique(err) {
				return Location{}, errLocation.Field("code", "form.taken")
			}
			return Location{}, err
		}
		return l, m.auditLocation(ctx, tx, by, Location{}, l)
	})
}

// ChangeLocation renames a place or changes its priority. Its code stays.
func (m *Module) ChangeLocation(ctx context.Context, in tenant.Store, by auth.Actor, l Location) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		old, err := findLocation(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		l.Code, l.Name, l.Active = old.Code, strings.TrimSpace(l.Name), old.Active
		if err := l.validate(); err != nil {
			return err
		}
		if err := updateLocation(ctx, tx, l); err != nil {
			return err
		}
		return m.auditLocation(ctx, tx, by, old, l)
	})
}

// CloseLocation takes a place out of use. It must be empty, and not the last.
func (m *Module) CloseLocation(ctx context.Context, in tenant.Store, by auth.Actor, id LocationID) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		all, err := locations(ctx, tx)
		if err != nil {
			return err
		}
		var old Location
		open := 0
		for _, l := range all {
			if l.ID == id {
				old = l
			}
			if l.Active {
				open++
			}
		}
		switch {
		case old.ID.IsZero():
			return errNoLocation
		case !old.Active:
			return nil
		case open == 1:
			return errLastLocation
		}
		n, err := closeLocation(ctx, tx, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return errStockThere
		}
		closed := old
		closed.Active = false
		return m.auditLocation(ctx, tx, by, old, closed)
	})
}

// OpenLocation takes a closed place into use again.
func (m *Module) OpenLocation(ctx context.Context, in tenant.Store, by auth.Actor, id LocationID) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		old, err := findLocation(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := openLocation(ctx, tx, id); err != nil {
			return err
		}
		again := old
		again.Active = true
		return m.auditLocation(ctx, tx, by, old, again)
	})
}

// home is the location that new goods go to; the first is made on first need.
func (m *Module) home(ctx context.Context, tx tx) (Location, error) {
	l, err := defaultLocation(ctx, tx)
	if !errors.Is(err, db.ErrNoRow) {
		return l, err
	}
	c := m.settings.Of(tx.Scope())
	l = Location{ID: db.NewID[locationKind](tx), Code: c.LocationCode, Name: c.LocationName, Active: true}
	made, err := insertHome(ctx, tx, l)
	if err == nil && !made { // somebody else just made it
		return defaultLocation(ctx, tx)
	}
	return l, err
}

func (m *Module) auditLocation(ctx context.Context, tx tx, by auth.Actor, before, after Location) error {
	e := tenancyapi.Entry{Actor: by, Action: "inventory.locations", Target: after.ID.String(), Title: after.Name, After: after}
	if !before.ID.IsZero() {
		e.Before = before
	}
	return m.need.Audit.Record(ctx, tx, e)
}
