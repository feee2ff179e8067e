package messaging

import (
	"math/rand/v2"
	"time"

	"orion/kit/fault"
	"orion/kit/tenant"
)

// Ticket is the number of a form that was shown. It tells when that was, and
// what is sent with it twice counts once.
type Ticket int64

const (
	ticketPurpose = "messaging.form"
	// quickest is how fast a person can fill a form; programs are faster.
	quickest  = 3 * time.Second
	ticketAge = 24 * time.Hour
	luckBits  = 30
)

var (
	errTooQuick = fault.New(fault.Invalid, "messaging.too_quick")
	errOldForm  = fault.New(fault.Invalid, "messaging.form_old")
)

// NewTicket is what a form carries that is shown now, signed for the store.
func (m *Module) NewTicket(in tenant.Store) string {
	now := m.need.Kit.Clock.Now().Unix()
	return m.need.Kit.Sign.Sign(ticketPurpose, int64(in.ID()), now<<luckBits|rand.Int64N(1<<luckBits), ticketAge)
}

// Admit reads the ticket of a form that was sent. It refuses one that no person
// can have filled in so soon, or that was shown too long ago to believe it.
func (m *Module) Admit(in tenant.Store, signed string) (Ticket, error) {
	n, err := m.need.Kit.Sign.Open(ticketPurpose, int64(in.ID()), signed)
	if err != nil {
		return 0, errOldForm
	}
	if m.need.Kit.Clock.Now().Sub(time.Unix(n>>luckBits, 0)) < quickest {
		return 0, errTooQuick
	}
	return Ticket(n), nil
}
