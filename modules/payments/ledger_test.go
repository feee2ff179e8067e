package payments

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever is tried in whatever order, the ledger sums to zero, never takes more
// than is held, never gives back more than was taken, and says what the totals say.
func TestLedger(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var is totals
		balance := map[Account]int64{}
		moved := map[PostingKind]int64{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			was := is
			n := rapid.Int64Range(-10, 1000).Draw(t, "amount")
			p, err := try(t, &is, n)
			if err != nil {
				is = was
				continue
			}
			balance[p.From] -= p.Minor
			balance[p.To] += p.Minor
			moved[p.Kind] += p.Minor
		}
		if !is.valid() {
			t.Fatalf("%+v", is)
		}
		if balance[Payer]+balance[Kept]+balance[Store]+balance[Claim] != 0 {
			t.Fatalf("money was made or lost: %v", balance)
		}
		if balance[Kept] != is.Authorised-is.Captured || balance[Store] != is.Captured-is.Refunded-is.Disputed-is.Lost || balance[Claim] != is.Disputed {
			t.Fatalf("%v is not %+v", balance, is)
		}
		if moved[Capture] > moved[Authorise]-moved[Void] || moved[GiveBack]+is.Lost+is.Disputed > moved[Capture] {
			t.Fatalf("%v", moved)
		}
	})
}

func try(t *rapid.T, is *totals, n int64) (posting, error) {
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0:
		return is.authorise(n)
	case 1:
		return is.capture(n)
	case 2:
		return is.void()
	case 3:
		return posting{}, is.setAside(n)
	case 4:
		return posting{}, is.putBack(n)
	case 5:
		return is.claim(n)
	case 6:
		return is.win(n)
	case 7:
		return is.lose(n)
	case 8:
		return is.winLate(n)
	}
	return is.refund(n)
}

func TestIBAN(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"LU28 0019 4006 4475 0000": true, "lu280019400644750000": true, "DE89370400440532013000": true,
		"LU29 0019 4006 4475 0000": false, "LU28": false, "": false, "LU28 0019 4006 4475 000-": false,
	} {
		if validIBAN(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}
