package app

import (
	"errors"
	"os"
	"strconv"
	"testing"

	"orion/app/certify"
	"orion/kit/db/aside"
)

// roundsVar is how often the server is killed; a suite that proves more than one that
// runs every time has 100.
const roundsVar = "ORION_TEST_ROUNDS"

func killRounds(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv(roundsVar))
	if err != nil && os.Getenv(roundsVar) != "" {
		t.Fatal(err)
	}
	return max(n, 3)
}

// The suites of orion certify: many who want the last units at the same moment; a server that is killed again and again while shoppers
// pay by card and staff give money back, so that in the end every order that is paid was
// taken once, one to one, every refund went out once, and the books of both sides agree;
// and mistakes that are planted in the books, which are seen.
func TestKilledServerLosesNoMoney(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		sizes := certify.Sizes{Rounds: killRounds(t), Seed: certify.NewSeed()}
		o := onTrial(t, dsn, int64(1000*sizes.Rounds))
		last, err := o.app.sellOne(t.Context(), o.tables, 20)
		if err != nil {
			t.Fatal(err)
		}
		sizes.Shoppers, sizes.AtOnce = 60, 32
		kept(t, sizes.Seed)(certify.Oversell(t.Context(), o.program, last, sizes))
		kept(t, sizes.Seed)(certify.Kill(t.Context(), o.program, o.bank, sizes))
		kept(t, sizes.Seed)(certify.Ledger(t.Context(), o.bank))
	})
}

// onTrial is a store of a demo whose cards are paid at a double that outlives the
// program's servers, as orion certify makes one.
func onTrial(t *testing.T, address string, units int64) (o provingGround) {
	t.Helper()
	o.app = still(t, address)
	var err error
	if o.tables, err = aside.Open(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	bank, done, err := o.app.openBank(t.Context(), o.tables, units)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(done(), o.tables.Close()); err != nil {
			t.Error(err)
		}
	})
	o.bank = bank
	o.program = certify.Program{Command: asChild, Data: t.TempDir(), DSN: address, Env: []string{"ORION_SECRET=" + testSecret}}
	return o
}

// kept wants a suite to find nothing.
func kept(t *testing.T, seed uint64) func(f certify.Finding, err error) {
	return func(f certify.Finding, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v (seed %d)", f.Suite, err, seed)
		}
		t.Logf("%s: %s: %s", f.Suite, f.What, f.Saw)
		for _, p := range f.Problems {
			t.Errorf("%s: %s (seed %d)", f.Suite, p, seed)
		}
	}
}
