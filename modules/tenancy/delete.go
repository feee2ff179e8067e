package tenancy

import (
	"context"
	"errors"
	"math"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// What can be deleted, as the audit log and addresses name it.
const (
	DeletedPlatform = "platform"
	DeletedMerchant = "merchant"
	DeletedStore    = "store"
	DeletedUser     = "user"
)

const (
	lossNames      = 50 // how many of a kind a preview names
	deletionsShown = 50 // on a page
)

var (
	errMainPlatform = fault.New(fault.Rule, "tenancy.main_stays")
	errStandsOn     = fault.New(fault.Conflict, "tenancy.stands_on")
	errNotTyped     = fault.New(fault.Invalid, "tenancy.not_deleted").Field("confirm", "tenancy.type_the_name")

	// errPreview ends a transaction that only looked what would happen.
	errPreview = errors.New("a preview changes nothing")
)

type deletionKind struct{}

// Prefix of deletions.
func (deletionKind) Prefix() string { return "del" }

// DeletionID names a deletion.
type DeletionID = id.ID[deletionKind]

// Deletion is that somebody deleted something, with all that went with it.
type Deletion struct {
	ID     DeletionID
	Kind   string
	Name   string // of the thing
	Reason string
	By     string
	At     time.Time

	target int64
}

// Several are things of which there may be many; the first have names.
type Several struct {
	N     int64
	Names []string
}

// Loss is what a deletion takes, or would take.
type Loss struct {
	Merchants, Stores Several
	Domains           []string // that answer with the closed page, or not at all
	Places            int64    // of stores on the platform that stay on others
	Staff             int64    // people who work in the stores and cannot any more
	Jobs              int64    // of a user: stores in which they work
	Owned             int64    // of a user: merchants that are left without an owner
}

// Doom is what is to be deleted.
type Doom struct {
	Kind   string
	Target int64
	Reason string
	Typed  string // the name, to show that it is meant
}

// PreviewDeletion tells what deleting something within reach would take. It is
// done for that and taken back, so that nothing else can come of it than that.
func (m *Module) PreviewDeletion(ctx context.Context, r Reach, by auth.Actor, what Doom) (Deletion, Loss, error) {
	var d Deletion
	var l Loss
	err := m.Change(ctx, by, func(ctx context.Context, c *Change) (err error) {
		if d, l, err = c.take(ctx, r, what); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return d, l, err
}

// Delete deletes something within reach, and everything that stands on it alone.
// Nothing is erased: Restore brings it all back.
func (c *Change) Delete(ctx context.Context, r Reach, what Doom) (Deletion, error) {
	d, l, err := c.take(ctx, r, what)
	switch {
	case err != nil:
		return d, err
	case strings.TrimSpace(what.Typed) != d.Name:
		return d, errNotTyped
	case len([]rune(d.Reason)) > maxReason:
		return d, errInvalid.Field("reason", "form.too_long", "max", maxReason)
	}
	if err := insertDeletion(ctx, c.tx, d); err != nil {
		return d, err
	}
	return d, c.recordDeletion(ctx, d, "deleted", l)
}

// take marks what goes, and tells what that was.
func (c *Change) take(ctx context.Context, r Reach, what Doom) (Deletion, Loss, error) {
	if err := touchDirectory(ctx, c.tx); err != nil { // from here on, we are alone
		return Deletion{}, Loss{}, err
	}
	c.touched = true
	d := Deletion{ID: db.NewID[deletionKind](c.tx), Kind: what.Kind, target: what.Target, Reason: strings.TrimSpace(what.Reason), By: c.by.Name}
	var err error
	if d.Name, err = c.nameOfDoomed(ctx, r, what); err != nil {
		return d, Loss{}, err
	}
	took, err := take(ctx, c.tx, d)
	if err == nil && !took {
		err = errUnknown
	}
	if err != nil {
		return d, Loss{}, err
	}
	l, err := lossOf(ctx, c.tx, d.ID)
	return d, l, err
}

// nameOfDoomed is the name of what is to be deleted, when that is within reach and
// may go.
func (c *Change) nameOfDoomed(ctx context.Context, r Reach, what Doom) (string, error) {
	switch what.Kind {
	case DeletedStore:
		s, err := oneStore(ctx, c.tx, r, tenant.StoreID(what.Target))
		return s.Name, err
	case DeletedMerchant:
		s, err := oneMerchant(ctx, c.tx, r, tenant.MerchantID(what.Target))
		return s.Name, err
	case DeletedPlatform:
		if !r.has(tenant.PlatformID(what.Target)) {
			return "", errUnknown
		}
		p, err := onePlatform(ctx, c.tx, tenant.PlatformID(what.Target))
		if err == nil && p.Code == mainPlatform {
			err = errMainPlatform
		}
		return p.Name, err
	case DeletedUser:
		if !r.Every {
			return "", errUnknown
		}
		u, err := oneUser(ctx, c.tx, auth.UserID(what.Target))
		if err == nil {
			err = c.mayDeactivate(ctx, u)
		}
		return u.Name, err
	}
	return "", errUnknown
}

// Restore brings back what a deletion within reach took, and nothing else.
func (c *Change) Restore(ctx context.Context, r Reach, id DeletionID) (Deletion, error) {
	if err := touchDirectory(ctx, c.tx); err != nil {
		return Deletion{}, err
	}
	c.touched = true
	d, err := oneDeletion(ctx, c.tx, r, id)
	if err != nil {
		return d, err
	}
	gone, err := stillGone(ctx, c.tx, d)
	if err == nil && gone != "" {
		err = errStandsOn.With("name", gone)
	}
	if err != nil {
		return d, err
	}
	l, err := lossOf(ctx, c.tx, d.ID)
	if err != nil {
		return d, err
	}
	back, err := giveBack(ctx, c.tx, d.ID)
	if err == nil && !back {
		err = errUnknown
	}
	if err != nil {
		return d, err
	}
	return d, c.recordDeletion(ctx, d, "restored", l)
}

// recordDeletion writes down what happened to the thing, for whom it matters.
func (c *Change) recordDeletion(ctx context.Context, d Deletion, what string, l Loss) error {
	at, target := where{}, ""
	switch d.Kind {
	case DeletedPlatform:
		at.platform, target = tenant.PlatformID(d.target), tenant.PlatformID(d.target).String()
	case DeletedMerchant:
		at.merchant, target = tenant.MerchantID(d.target), tenant.MerchantID(d.target).String()
	case DeletedStore:
		at.store, target = tenant.StoreID(d.target), tenant.StoreID(d.target).String()
	default:
		target = auth.UserID(d.target).String()
	}
	after := map[string]any{"reason": d.Reason}
	for name, n := range map[string]int64{"merchants": l.Merchants.N, "stores": l.Stores.N} {
		if n > 0 {
			after[name] = n
		}
	}
	return c.record(ctx, at, tenancyapi.Entry{Action: "tenancy." + d.Kind + "_" + what, Target: target, Title: d.Name, After: after})
}

// Deletions are what is deleted within reach, newest first, before one of them; 0
// is from now. next is the one before which the others are.
func (m *Module) Deletions(ctx context.Context, r Reach, before DeletionID) (_ []Deletion, next DeletionID, _ error) {
	if before.IsZero() {
		before = math.MaxInt64
	}
	all, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]Deletion, error) { return listDeletions(ctx, tx, r, int64(before)) })
	if err != nil || len(all) <= deletionsShown {
		return all, 0, err
	}
	return all[:deletionsShown], all[deletionsShown-1].ID, nil
}
