package tenancy

import (
	"context"
	"errors"
	"fmt"

	"orion/kit/db"
	"orion/kit/seal"
	"orion/kit/tenant"
)

// What can be wrong with an entry of the audit log.
const (
	TrailChanged  = "changed"  // it does not say what was chained, or stands behind another
	TrailMissing  = "missing"  // there was one at this place
	TrailInserted = "inserted" // nobody chained it
	TrailEmptied  = "emptied"  // a part is missing, and no entry tells of it
	TrailHead     = "head"     // the end of the chain is not as it was left
)

// maxTrouble is how many problems a verdict names; it counts all.
const maxTrouble = 100

// Trouble is something that is wrong with the audit log.
type Trouble struct {
	What  string `json:"what"`
	Seq   int64  `json:"seq,omitempty"`   // place in the chain
	Entry string `json:"entry,omitempty"` // identifier
	Said  string `json:"said,omitempty"`  // what the entry says now, or what is wrong with the end
}

// Verdict is what became of the audit log.
type Verdict struct {
	Entries   int64     `json:"entries"`
	Chained   int64     `json:"chained"`
	Waiting   int64     `json:"waiting"`   // to be chained, which takes a second while the program runs
	Forgotten int64     `json:"forgotten"` // a part of them was, rightly
	Found     int64     `json:"found"`     // problems
	Troubles  []Trouble `json:"problems"`  // the first of them
	Head      string    `json:"head"`      // place and hash of the last one: keep it elsewhere
}

// VerifyAudit walks over the whole audit log and says what is not as it was
// written down. known are heads that earlier verdicts gave; the chain must still
// go through them. It only reads, and may run while others write.
func (m *Module) VerifyAudit(ctx context.Context, known ...string) (Verdict, error) {
	v := &verifying{known: map[string]bool{}, erased: map[about]chained{}, told: map[about]bool{}}
	for _, k := range known {
		v.known[k] = false
	}
	_, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (struct{}, error) { return struct{}{}, v.run(ctx, tx, m) })
	if err != nil {
		return Verdict{}, fmt.Errorf("verify the audit log: %w", err)
	}
	return v.Verdict, nil
}

// about is somebody of whom a store's log says something.
type about struct {
	store tenant.StoreID
	who   string
}

type verifying struct {
	Verdict
	last   chained
	known  map[string]bool   // heads that must be on the way, and whether they were
	erased map[about]chained // entries with a part missing, the first of each
	told   map[about]bool    // of whom the log tells that they were forgotten
}

func (v *verifying) trouble(what string, e chained, said string) {
	v.Found++
	if len(v.Troubles) < maxTrouble {
		t := Trouble{What: what, Seq: e.seq, Said: said}
		if !e.id.IsZero() {
			t.Entry = e.id.String()
		}
		v.Troubles = append(v.Troubles, t)
	}
}

func (v *verifying) run(ctx context.Context, tx systemTx, m *Module) error {
	const rounds = 5 // of entries that are chained meanwhile
	var head auditHead
	for range rounds {
		if err := v.walk(ctx, tx); err != nil {
			return err
		}
		var err error
		if head, err = readHead(ctx, tx); err != nil {
			return err
		}
		if head.seq <= v.last.seq {
			break
		}
	}
	v.end(head, m.checkHead(head))
	for key, e := range v.erased {
		if !v.told[key] && !v.told[about{e.store, e.actor.ID}] {
			v.trouble(TrailEmptied, e, e.says())
		}
	}
	late, err := strays(ctx, tx, head.oldest(), maxTrouble)
	if err != nil {
		return err
	}
	for _, e := range late {
		v.trouble(TrailInserted, e, e.says())
	}
	counts, err := countAudit(ctx, tx)
	if err != nil {
		return err
	}
	v.Entries, v.Chained, v.Waiting = counts[0], counts[1], counts[0]-counts[1]-int64(len(late))
	return nil
}

// walk goes on from the last entry to the end.
func (v *verifying) walk(ctx context.Context, tx systemTx) error {
	const some = 1000
	for {
		entries, err := chainAfter(ctx, tx, v.last.seq, some)
		if err != nil {
			return err
		}
		for _, e := range entries {
			v.entry(e)
		}
		if len(entries) < some {
			return nil
		}
	}
}

// entry checks one and goes on behind it: an entry that was changed by hand
// does not make the next one wrong.
func (v *verifying) entry(e chained) {
	missing := e.seq - v.last.seq - 1
	if missing > 0 {
		v.trouble(TrailMissing, chained{seq: v.last.seq + 1}, plural(missing, "entry", "entries"))
	}
	forgotten := e.salt == "" && e.blank()
	switch {
	case missing == 0 && e.hash != e.link(v.last.hash), !forgotten && e.told != e.promise():
		v.trouble(TrailChanged, e, e.says())
	case forgotten:
		v.Forgotten++
		if key := (about{e.store, e.target}); v.erased[key].seq == 0 {
			v.erased[key] = e
		}
	case e.action == actionForgot:
		v.told[about{e.store, e.target}] = true
	}
	if text := (auditHead{seq: e.seq, hash: e.hash}).text(); len(v.known) > 0 {
		if _, ok := v.known[text]; ok {
			v.known[text] = true
		}
	}
	v.last = e
}

// end compares the last entry with where the chain was left.
func (v *verifying) end(head auditHead, sealed error) {
	v.Head = head.text()
	switch {
	case errors.Is(sealed, seal.ErrKey):
		v.trouble(TrailHead, chained{seq: head.seq}, "no key of the settings opens its seal")
	case sealed != nil:
		v.trouble(TrailHead, chained{seq: head.seq}, "its seal is broken")
	}
	switch {
	case head.seq > v.last.seq:
		v.trouble(TrailMissing, chained{seq: v.last.seq + 1}, plural(head.seq-v.last.seq, "entry", "entries"))
	case head.seq < v.last.seq:
		v.trouble(TrailInserted, v.last, "behind the end of the chain")
	case head.hash != v.last.hash:
		v.trouble(TrailHead, v.last, "it belongs to another entry")
	}
	for known, seen := range v.known {
		if !seen {
			v.trouble(TrailHead, chained{}, "the chain does not go through "+known)
		}
	}
}

// says is the entry in one line, for whoever looks for it.
func (e chained) says() string {
	return fmt.Sprintf("%s %s %s, %s", e.at.Format("2006-01-02 15:04:05"), e.action, e.target, e.actor.Name)
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
