package tenancyapi

import (
	"context"
	"encoding/json"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

// Past is an entry of the audit log as it is read.
type Past struct {
	ID     int64
	Actor  auth.Actor
	Action string
	Before json.RawMessage // empty when there was nothing before
	After  json.RawMessage
	At     time.Time
}

// Journal is the audit log for those who write many lines at once, and who show
// what happened to a thing.
type Journal interface {
	// RecordAll is Record for many entries, in one statement.
	RecordAll(ctx context.Context, tx *db.Tx[tenant.Store], entries []Entry) error
	// Story is what happened to the thing with the public identifier, newest
	// first, before the entry with the identifier; 0 is from now.
	Story(ctx context.Context, tx *db.Tx[tenant.Store], target string, before int64, limit int) ([]Past, error)
}

// Forgetter is the audit log for those who keep what people may ask to have
// forgotten.
type Forgetter interface {
	// Forget removes what the log says about the person whose public identifier
	// is the target, and notes that the actor did it. Entries stay, without
	// titles and values.
	Forget(ctx context.Context, tx *db.Tx[tenant.Store], e Entry) error
}
