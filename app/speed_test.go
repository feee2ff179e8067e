package app

import (
	"testing"
	"time"

	"orion/app/certify"
)

// The measurements of orion bench payments, with few people. What they take is no
// matter here; that more of them wait for a slow gateway than there are connections to
// the database shows that none is held meanwhile.
func TestWaitingHoldsNoConnection(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		o := onTrial(t, dsn, 1000)
		pace := certify.Pace{Messages: 20, Rate: 100, Checkouts: 24, Connections: 4, Wait: 2 * time.Second, Progress: func(string) {}}
		heard, err := certify.Hear(t.Context(), o.program, o.bank, pace)
		if err != nil {
			t.Fatal(err)
		}
		if heard.Messages != pace.Messages || heard.Settled.Max <= 0 || heard.Answered.P50 <= 0 {
			t.Errorf("of %d messages was heard: %+v", pace.Messages, heard)
		}
		waited, err := certify.Wait(t.Context(), o.program, o.bank, pace)
		if err != nil {
			t.Fatal(err)
		}
		if waited.Peak < 3*pace.Connections {
			t.Errorf("%d waited at the gateway at once, on %d connections: a connection is held meanwhile", waited.Peak, pace.Connections)
		}
		found, err := o.bank.Problems(t.Context())
		if err != nil || len(found) > 0 {
			t.Errorf("the books do not agree: %v %v", found, err)
		}
	})
}
