package tenancy_test

import (
	"strconv"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/tenant"
	"orion/modules/tenancy"
	"orion/modules/tenancy/tenancyapi"
)

// What is done in the scope of a platform stands in the log of that platform, and
// of no other.
func TestRecordHere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		here := w.Gate.Platform(w.oms)
		err := db.Do(t.Context(), w.DB, here, func(tx *db.Tx[tenant.Platform]) error {
			return w.m.RecordHere(t.Context(), tx, tenancyapi.Entry{Actor: auth.SystemActor, Action: "toys.painted", Target: "toy_1", Title: "A box", After: map[string]string{"colour": "red"}})
		})
		if err != nil {
			t.Fatal(err)
		}
		for platform, want := range map[tenant.PlatformID]int{w.oms: 1, w.main: 0} {
			got, err := w.m.AuditOfAll(t.Context(), tenancy.ReachOf([]tenant.PlatformID{platform}), tenancy.AuditFilter{Action: "toys.painted"})
			if err != nil || len(got.Items) != want {
				t.Errorf("the log of %s has %d entries, %v, want %d", platform, len(got.Items), err, want)
			}
		}
	})
}

// On PostgreSQL a platform's connection reaches what is the platform's alone.
func TestPlatformsSeeTheirOwn(t *testing.T) {
	t.Parallel()
	e := dbtest.NewPostgres(t, plan)
	w := newWorld(t, e)
	conn, err := e.DB.Pool().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	put := "INSERT INTO tenancy_audit (store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title, at) VALUES ($1, $2, 0, $3, '', '', '', '', '', '', 1)"
	for i, c := range []struct {
		store, of int64
		session   string // a store that the connection entered as well
		ok        bool
	}{
		{0, int64(w.oms), "", true},
		{0, int64(w.main), "", false},
		{7, int64(w.oms), "", false},
		{0, int64(w.oms), "7", false},
	} {
		if _, err := conn.ExecContext(t.Context(), "SELECT set_config('orion.system', 'off', false), set_config('orion.store_id', $1, false), set_config('orion.merchant_id', '', false), set_config('orion.platform_id', $2, false)", c.session, strconv.FormatInt(int64(w.oms), 10)); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), put, c.store, i+1, c.of); (err == nil) != c.ok {
			t.Errorf("an entry of store %d on platform %d, in store %q: %v", c.store, c.of, c.session, err)
		}
	}
}
