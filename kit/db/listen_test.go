package db_test

import (
	"context"
	"errors"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/tenant"
)

var errNever = errors.New("never said")

// What a transaction tells is heard once it is committed; what is rolled back
// was never said.
func TestListen(t *testing.T) {
	t.Parallel()
	e := dbtest.NewPostgres(t, plan)
	ctx, stop := context.WithCancel(t.Context())
	heard, ended := make(chan struct{}, 8), make(chan struct{})
	go func() {
		defer close(ended)
		e.DB.Listen(ctx, "toys", func() { heard <- struct{}{} })
	}()
	<-heard // it listens
	tell := db.Must[tenant.System](files, "tell")
	say := func(result error) {
		err := db.Do(ctx, e.DB, e.Gate.System(), func(tx *db.Tx[tenant.System]) error {
			if _, err := db.Exec(ctx, tx, tell, nil); err != nil {
				return err
			}
			return result
		})
		if err != result { //nolint:errorlint // the very same
			t.Fatal(err)
		}
	}
	say(errNever)
	say(nil)
	<-heard
	stop()
	<-ended
	if len(heard) > 0 {
		t.Error("what was rolled back was told")
	}
}
