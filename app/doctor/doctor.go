// Package doctor looks at what a program needs around it, changes nothing, and
// says for each thing that is wrong how to mend it.
package doctor

import (
	"context"
	"fmt"
	"time"
)

// State is how well something is.
type State string

// The states, best first.
const (
	Fine  State = "fine"
	Doubt State = "doubt" // it works, but not as one would sell with
	Wrong State = "wrong" // somebody will notice
)

// Finding is what was found about one thing.
type Finding struct {
	Check string `json:"check"`
	State State  `json:"state"`
	Found string `json:"found"`
	Mend  string `json:"mend,omitempty"` // how; empty where nothing is to be done
}

// Check looks after one thing and gives one finding or more.
type Check struct {
	Name string
	Run  func(context.Context) []Finding
}

// limit is what a check may take; the file of a large SQLite database is read
// whole.
const limit = 30 * time.Second

// Examine runs the checks one after another, so that each finds the machine as
// quiet as it is, and gives tell each finding as it is made.
func Examine(ctx context.Context, checks []Check, tell func(Finding)) {
	for _, c := range checks {
		for _, f := range run(ctx, c) {
			f.Check = c.Name
			tell(f)
		}
	}
}

// run is one check; one that panics has found something.
func run(ctx context.Context, c Check) (found []Finding) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			found = append(found, wrong("the check broke: "+fmt.Sprint(p), "report it with what is above"))
		}
	}()
	return c.Run(ctx)
}

func fine(format string, args ...any) Finding {
	return Finding{State: Fine, Found: fmt.Sprintf(format, args...)}
}

func doubt(found, mend string) Finding { return Finding{State: Doubt, Found: found, Mend: mend} }

func wrong(found, mend string) Finding { return Finding{State: Wrong, Found: found, Mend: mend} }
