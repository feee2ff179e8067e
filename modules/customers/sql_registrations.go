package customers

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/tenant"
)

var (
	insertRegistrationStmt  = db.Must[tenant.Store](files, "insert_registration")
	findRegistrationStmt    = db.Must[tenant.Store](files, "find_registration")
	registrationOfStmt      = db.Must[tenant.Store](files, "registration_of")
	deleteRegistrationsStmt = db.Must[tenant.Store](files, "delete_registrations")
)

type registrationKind struct{}

// Prefix of registration identifiers.
func (registrationKind) Prefix() string { return "reg" }

type registrationID = id.ID[registrationKind]

// registration is somebody who asked for an account.
type registration struct {
	ID      registrationID
	Email   string
	Name    string
	Lang    i18n.Lang
	Consent bool
	Created time.Time
}

func scanRegistration(r db.Row) (v registration, err error) {
	return v, r.Scan(&v.ID, &v.Email, &v.Name, &v.Lang, &v.Consent, db.Time(&v.Created))
}

func insertRegistration(ctx context.Context, tx tx, r registration) error {
	_, err := db.Exec(ctx, tx, insertRegistrationStmt, db.Args{
		"id": r.ID, "email": r.Email, "email_key": emailKey(r.Email), "name": r.Name, "lang": string(r.Lang),
		"consent": r.Consent, "now": tx.Now(),
	})
	return err
}

func findRegistration(ctx context.Context, tx tx, rid registrationID) (registration, error) {
	r, err := db.One(ctx, tx, findRegistrationStmt, db.Args{"id": rid}, scanRegistration)
	if errors.Is(err, db.ErrNoRow) {
		return r, errLink
	}
	return r, err
}

// registrationOf is the zero registration when nobody asked with the address.
func registrationOf(ctx context.Context, tx tx, email string) (registration, error) {
	r, err := db.One(ctx, tx, registrationOfStmt, db.Args{"email_key": emailKey(email)}, scanRegistration)
	if errors.Is(err, db.ErrNoRow) {
		return registration{}, nil
	}
	return r, err
}

// deleteRegistrations removes those of an address, and all that are too old.
func deleteRegistrations(ctx context.Context, tx tx, email string) error {
	_, err := db.Exec(ctx, tx, deleteRegistrationsStmt, db.Args{
		"email_key": emailKey(email), "before": tx.Now().Add(-confirmAge),
	})
	return err
}
