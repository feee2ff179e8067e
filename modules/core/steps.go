package core

import (
	"context"
	"encoding/json"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// stepsKey is under which a store's choice about its first steps is kept, among
// the settings, because every node has those in memory.
const stepsKey = "core.first_steps"

// dismissed tells that a store does not want to see its first steps.
func (m *Module) dismissed(in tenant.Store) bool { return m.Raw(stepsKey, in) == "true" }

// Dismiss takes the first steps off a store's dashboard, or puts them back.
func (m *Module) Dismiss(ctx context.Context, in tenant.Store, by auth.Actor, away bool) error {
	raw, err := json.Marshal(away)
	if err != nil {
		return err
	}
	err = db.Do(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) error {
		if err := saveSettings(ctx, tx, stepsKey, raw); err != nil {
			return err
		}
		return m.audit.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: "core.settings_changed", Target: stepsKey, After: json.RawMessage(raw)})
	})
	if err == nil {
		m.refreshed(ctx)
	}
	return err
}
