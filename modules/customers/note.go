package customers

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// NoteID names a note.
type NoteID = id.ID[noteKind]

type noteKind struct{}

// Prefix of note identifiers.
func (noteKind) Prefix() string { return "not" }

// Note is a remark of the staff about a customer, who sees it only in the file
// with all their data.
type Note struct {
	ID     NoteID    `json:"-"`
	Author string    `json:"author"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

const maxNote = 2000

var (
	errNote     = fault.New(fault.Invalid, "customers.invalid_note")
	errNoteGone = fault.New(fault.NotFound, "customers.unknown_note")
	errConsent  = fault.New(fault.Conflict, "customers.no_consent")
)

type consentNote struct {
	Consent bool `json:"marketing_consent"`
}

// AddNote writes a remark.
func (m *Module) AddNote(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID, text string) error {
	n := Note{Author: by.Name, Text: clip(text, maxNote+1)}
	bad := checkText(errNote, "note", n.Text, maxNote)
	if n.Text == "" {
		bad = bad.Field("note", "form.required")
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		if _, err := present(ctx, tx, id); err != nil {
			return err
		}
		n.ID, n.At = db.NewID[noteKind](tx), tx.Now()
		return insertNote(ctx, tx, id, n)
	})
}

// RemoveNote takes a remark away and tells whom it was about.
func (m *Module) RemoveNote(ctx context.Context, in tenant.Store, by auth.Actor, note NoteID) (auth.CustomerID, error) {
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (auth.CustomerID, error) {
		about, err := noteOf(ctx, tx, note)
		if err != nil {
			return about, err
		}
		c, err := findCustomer(ctx, tx, about)
		if err != nil {
			return about, err
		}
		if err := deleteNote(ctx, tx, note); err != nil {
			return about, err
		}
		return about, m.need.Audit.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: Edit.Code, Target: about.String(), Title: c.Title()})
	})
}

// WithdrawConsent notes that a customer, in a letter or by telephone, wants no
// more marketing mail. Nobody but the customer can agree to it.
func (m *Module) WithdrawConsent(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID) error {
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, err := present(ctx, tx, id)
		if err != nil {
			return err
		}
		if !c.Consent {
			return errConsent
		}
		c.decide(false, tx.Now())
		if err := updateProfile(ctx, tx, c); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: Edit.Code, Target: id.String(), Title: c.Title(), Before: consentNote{true}, After: consentNote{false},
		})
	})
	m.forget(in, id)
	return err
}
