// Package certify proves, on the machine and the database of whoever asks, what the
// program promises of stock and money: it starts the program as a process of its own,
// lets many shoppers buy and pay at once, kills it, and holds its books against those of
// a gateway that stands in for the real one. The program's own tests run the same suites.
package certify

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"orion/modules/payments/paymentsapi"
)

// Sizes say how much is tried.
type Sizes struct {
	Shoppers, AtOnce int    // of the race for the last units
	Rounds           int    // of kills
	Seed             uint64 // of what shoppers decide
	Progress         func(string)
}

func (s Sizes) progress(text string) {
	if s.Progress != nil {
		s.Progress(text)
	}
}

// NewSeed is one that nobody has chosen.
func NewSeed() uint64 { return rand.Uint64() >> 16 }

// Finding is what a suite found out.
type Finding struct {
	Suite    string        `json:"suite"`
	What     string        `json:"what"` // was tried
	Saw      string        `json:"saw"`
	Problems []string      `json:"problems"`
	Took     time.Duration `json:"took_ns"`
}

func (f *Finding) say(problems ...string) { f.Problems = append(f.Problems, problems...) }

// Report is what all suites found out, and of what.
type Report struct {
	Version  string    `json:"version"`
	Go       string    `json:"go"`
	Machine  string    `json:"machine"`
	Database string    `json:"database"`
	Seed     uint64    `json:"seed"`
	At       time.Time `json:"at"`
	Findings []Finding `json:"findings"`
}

// ErrFailed says that a suite found something.
var ErrFailed = errors.New("a promise was not kept; see the report")

// Err is ErrFailed when a suite found something.
func (r Report) Err() error {
	for _, f := range r.Findings {
		if len(f.Problems) > 0 {
			return ErrFailed
		}
	}
	return nil
}

// Write prints the report for people.
func (r Report) Write(w io.Writer) {
	fmt.Fprintf(w, "Orion %s, %s\n%s\n%s\nseed %d, %s\n\n", r.Version, r.Go, r.Machine, r.Database, r.Seed, r.At.UTC().Format(time.RFC3339))
	for _, f := range r.Findings {
		mark := "kept  "
		if len(f.Problems) > 0 {
			mark = "BROKEN"
		}
		fmt.Fprintf(w, "%s  %-14s %s: %s (%s)\n", mark, f.Suite, f.What, f.Saw, f.Took.Round(time.Millisecond))
		for _, p := range f.Problems {
			fmt.Fprintf(w, "        %s\n", strings.ReplaceAll(p, "\n", "\n        "))
		}
	}
}

func paymentText(id int64) string { return paymentsapi.PaymentID(id).String() }

// soldOut tells an answer that there is nothing left from one that something is wrong.
func soldOut(err error) bool {
	return errors.Is(err, errRefused) && (strings.Contains(err.Error(), " 409 ") || strings.Contains(err.Error(), " 422 "))
}
