package tenancy

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"time"

	"orion/kit/auth"
	"orion/kit/tenant"
)

// chained is an entry of the audit log as its hash sees it: every byte that
// the database has of it, and its place in the chain.
type chained struct {
	store         tenant.StoreID
	id            EntryID
	merchant      tenant.MerchantID
	platform      tenant.PlatformID
	actor         auth.Actor
	action        string
	target        string
	title         string
	before, after string // JSON; empty when there is none
	at            time.Time
	seq           int64 // from 1; 0 is not chained yet
	hash          string
	told          string // holds for the part that may be forgotten
	salt          string // of told; empty once that part was forgotten
}

// promise is what told must be: it holds for the title, the values before and
// after, and the name of a customer. Without the salt nobody finds out by trying
// what stood there.
func (e chained) promise() string {
	name := ""
	if e.actor.Kind == actorCustomer {
		name = e.actor.Name
	}
	return digest("told", e.salt, name, e.title, e.before, e.after)
}

// link is what the hash must be behind the one of the entry before.
func (e chained) link(before string) string {
	name := e.actor.Name
	if e.actor.Kind == actorCustomer {
		name = ""
	}
	return digest("entry", before, number(e.seq), number(int64(e.store)), number(int64(e.id)), number(int64(e.merchant)),
		number(int64(e.platform)), e.actor.Kind, e.actor.ID, name, e.action, e.target, number(e.at.UnixMicro()), e.told)
}

// blank tells that nothing is left of what may be forgotten.
func (e chained) blank() bool {
	return e.title == "" && e.before == "" && e.after == "" && (e.actor.Kind != actorCustomer || e.actor.Name == "")
}

// actorCustomer is the kind of an actor whose name is personal data of a shop.
const actorCustomer = "customer"

func number(n int64) string { return strconv.FormatInt(n, 10) }

// digest is the SHA-256 of texts, each behind its length, so that no two lists
// of texts are the same to it.
func digest(parts ...string) string {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// auditHead is the end of the chain.
type auditHead struct {
	seq  int64
	hash string
	seal string    // the text of both, encrypted with the key of settings
	at   time.Time // of the youngest entry that is chained; zero before the first
}

// headPlace is what the seal of a head is bound to.
const headPlace = "audit head"

func (h auditHead) text() string { return number(h.seq) + ":" + h.hash }

// lateEntry is how much older than what is chained already an entry may be that
// is not. Transactions last seconds; the rest is for clocks that differ.
const lateEntry = time.Hour

// oldest is the time before which nothing can come any more.
func (h auditHead) oldest() time.Time {
	if h.at.IsZero() {
		return time.UnixMicro(1)
	}
	return h.at.Add(-lateEntry)
}
