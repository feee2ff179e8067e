package paytest

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

var kinds = []Kind{
	DropBefore, DropAfter, Delay, FailBefore, FailAfter, RateLimit, InUse, Forbid, WrongAmount, Lose, Duplicate, Reorder, Hold, Tamper,
}

// ReadScript reads faults, one a line: what it does, then times=3, after=2 and
// wait=5s as far as they are wanted, then what it is done to. Empty lines and
// those behind a # say nothing.
//
//	drop_after times=2 POST /v1/payment_intents
//	delay wait=3s POST /v1/payment_intents/*/confirm
//	hold webhook payment_intent.succeeded
func ReadScript(r io.Reader) ([]Fault, error) {
	var out []Fault
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		f, err := readFault(words)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, f)
	}
	return out, lines.Err()
}

func readFault(words []string) (f Fault, err error) {
	f.Do, words = Kind(words[0]), words[1:]
	if !slices.Contains(kinds, f.Do) {
		return f, fmt.Errorf("%q is none of %v", f.Do, kinds)
	}
	for len(words) > 0 && err == nil {
		name, value, is := strings.Cut(words[0], "=")
		if !is {
			break
		}
		switch name {
		case "times":
			f.Times, err = strconv.Atoi(value)
		case "after":
			f.After, err = strconv.Atoi(value)
		case "wait":
			f.Wait, err = time.ParseDuration(value)
		default:
			err = fmt.Errorf("%q is none of times, after and wait", name)
		}
		words = words[1:]
	}
	f.On = strings.Join(words, " ")
	return f, err
}
