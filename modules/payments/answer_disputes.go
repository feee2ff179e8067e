package payments

import (
	"context"
	"strings"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// longest is how long what is told a bank may be, each by itself.
const (
	longestText = 5000
	longestWord = 200
)

// texts are the parts of evidence with how long each may be.
func (e *Evidence) texts() map[string]struct {
	text *string
	most int
} {
	type part = struct {
		text *string
		most int
	}
	return map[string]part{
		"explanation": {&e.Explanation, longestText}, "product": {&e.Product, longestText}, "refusal": {&e.Refusal, longestText},
		"duplicate": {&e.Duplicate, longestText}, "address": {&e.Address, longestWord * 2}, "customer": {&e.Customer, longestWord},
		"email": {&e.Email, longestWord}, "carrier": {&e.Carrier, longestWord}, "tracking": {&e.Tracking, longestWord}, "shipped_on": {&e.ShippedOn, longestWord},
	}
}

// tidy cleans what was typed, and tells what is too long.
func (e *Evidence) tidy() error {
	bad := errEvidence
	for name, part := range e.texts() {
		*part.text = strings.TrimSpace(strings.ReplaceAll(*part.text, "\r\n", "\n"))
		if utf8.RuneCountInString(*part.text) > part.most {
			bad = bad.Field(name, "form.too_long", "max", part.most)
		}
	}
	return bad.OrNil()
}

// Saying is what staff say to a dispute. The edition is that of the evidence which they saw.
type Saying struct {
	Dispute DisputeID
	Edition int64
	Evidence
}

// SaveEvidenceAs keeps what staff have written so far; nobody is told.
func (m *Module) SaveEvidenceAs(ctx context.Context, in tenant.Store, by auth.Actor, s Saying) error {
	if err := s.tidy(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		d, err := m.toAnswer(ctx, tx, s)
		if err != nil {
			return err
		}
		d.Evidence = s.Evidence
		d.Edition++
		if err := updateDispute(ctx, tx, d); err != nil {
			return err
		}
		return m.auditDispute(ctx, tx, d, tenancyapi.Entry{Actor: by, Action: "payments.save_evidence"})
	})
}

// ContestAs sends the payer's bank what speaks for the store, which can be done once.
// That it is to be sent is stored first; when the gateway does not answer, the resolve
// job goes on.
func (m *Module) ContestAs(ctx context.Context, in tenant.Store, by auth.Actor, s Saying) error {
	if err := s.tidy(); err != nil {
		return err
	}
	if s.Explanation == "" {
		return errEvidence.Field("explanation", "form.required")
	}
	return m.answerAs(ctx, in, by, s, contested)
}

// ConcedeAs leaves the money to the payer, which cannot be undone.
func (m *Module) ConcedeAs(ctx context.Context, in tenant.Store, by auth.Actor, s Saying) error {
	return m.answerAs(ctx, in, by, s, conceded)
}

func (m *Module) answerAs(ctx context.Context, in tenant.Store, by auth.Actor, s Saying, kind answerKind) error {
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		d, err := m.toAnswer(ctx, tx, s)
		if err != nil {
			return err
		}
		if kind == conceded && !d.concedable(tx.Now()) {
			return errNotAnswerable
		}
		if kind == contested {
			d.Evidence = s.Evidence
			d.Edition++
		}
		d.answer(kind, by.Name, tx.Now())
		if err := updateDispute(ctx, tx, d); err != nil {
			return err
		}
		e := tenancyapi.Entry{Actor: by, Action: "payments." + string(kind) + "_dispute", After: map[string]any{"amount": d.Amount, "reason": d.Reason}}
		return m.auditDispute(ctx, tx, d, e)
	})
	if err != nil {
		return err
	}
	return m.resolveDispute(ctx, in, s.Dispute)
}

// toAnswer is the dispute that staff answer, as they saw it, with its payment locked.
func (m *Module) toAnswer(ctx context.Context, tx tx, s Saying) (dispute, error) {
	d, err := findDispute(ctx, tx, s.Dispute)
	if err != nil {
		return d, err
	}
	if _, err := lockPayment(ctx, tx, d.Payment); err != nil {
		return d, err
	}
	if d, err = findDispute(ctx, tx, s.Dispute); err != nil {
		return d, err
	}
	switch {
	case !d.answerable(tx.Now()):
		return d, errNotAnswerable
	case d.Edition != s.Edition:
		return d, errGuard
	}
	return d, nil
}

// auditDispute writes down what staff did, and nothing of what they wrote.
func (m *Module) auditDispute(ctx context.Context, tx tx, d dispute, e tenancyapi.Entry) error {
	e.Target, e.Title = d.ID.String(), d.Gateway+" "+d.External
	return m.need.Audit.Record(ctx, tx, e)
}
