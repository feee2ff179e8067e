package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Later is what work returns to be run again after d. It does not count as a
// failed attempt.
func Later(d time.Duration) error { return river.JobSnooze(d) }

// IsLater tells that an error only asks to be run again later.
func IsLater(err error) bool {
	var snooze *river.JobSnoozeError
	return errors.As(err, &snooze)
}

// Panic is an error that was a panic.
type Panic struct {
	Value any
	Stack []byte // where it happened, for the log only
}

// Error implements error.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Guard runs fn and turns a panic of it into a *Panic.
func Guard(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{Value: v, Stack: debug.Stack()}
		}
	}()
	return fn()
}

// mostText is how much of an error's text is kept.
const mostText = 500

// masks take out of an error's text what must not be kept: errors of clients
// quote addresses with passwords and keys in them, those of mail servers people.
var masks = []struct {
	find *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`://[^/\s@"]+@`), "://(masked)@"},
	{regexp.MustCompile(`(https?://[^\s"?]+)\?[^\s"]*`), "$1?(masked)"},
	{regexp.MustCompile(`(?i)\b(bearer|basic)\s+[\w+/=.~-]{8,}`), "$1 (masked)"},
	{regexp.MustCompile(`(?i)([\w-]*(?:password|passwd|secret|token|api[_-]?key|signature|cookie)["']?\s*[:=]\s*["']?)[^\s"'&,;]+`), "${1}(masked)"},
	{regexp.MustCompile(`\b(orion|sk|rk|pk|whsec)_[\w-]{8,}`), "${1}_(masked)"},
	{regexp.MustCompile(`(?s)"?\\?"[^,;]*\\?"\s*<[^<>\s]*@[^<>\s]*>"?`), "(address)"},
	{regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`), "(address)"},
}

// Text is what may be stored and logged of an error: at most 500 bytes, without
// passwords, keys and addresses of people.
func Text(err error) string {
	s := err.Error()
	for _, m := range masks {
		s = m.find.ReplaceAllString(s, m.with)
	}
	if len(s) > mostText {
		s = s[:mostText]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// kept is an error whose text may be stored.
type kept struct{ cause error }

// Error implements error.
func (k kept) Error() string { return Text(k.cause) }

// Unwrap is the error itself, for River's own kinds and the stack of a panic.
func (k kept) Unwrap() error { return k.cause }

func keep(err error) error {
	if err == nil {
		return nil
	}
	return kept{err}
}

// retry waits 1, 4, 16 … seconds, at most six hours. That the process was killed
// says nothing of a job.
type retry struct{}

// NextRetry implements river.ClientRetryPolicy.
func (retry) NextRetry(j *rivertype.JobRow) time.Time {
	n := 0
	for _, e := range j.Errors {
		if e.Error != killed {
			n++
		}
	}
	return time.Now().Add(Backoff(n))
}

// Backoff is how long to wait after a number of failures that came before the
// present one: 1, 4, 16 … seconds, at most six hours, and up to a quarter more
// so that what failed together is not tried together.
func Backoff(failures int) time.Duration {
	wait := min(time.Second<<(2*min(failures, 10)), 6*time.Hour)
	return wait + rand.N(wait/4+1)
}

// failures writes down what went wrong.
type failures struct{ log *slog.Logger }

// HandleError implements river.ErrorHandler.
func (f failures) HandleError(ctx context.Context, j *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	attrs := []any{"job", j.ID, "tags", j.Tags, "attempt", j.Attempt, "error", Text(err)}
	var p *Panic
	if errors.As(err, &p) {
		f.log.ErrorContext(ctx, "job panicked", append(attrs, "stack", string(p.Stack))...)
		return nil
	}
	f.log.WarnContext(ctx, "job failed", attrs...)
	return nil
}

// HandlePanic implements river.ErrorHandler. Panics of work have become errors
// before, so this is one of River.
func (f failures) HandlePanic(ctx context.Context, j *rivertype.JobRow, p any, trace string) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job runner panicked", "job", j.ID, "panic", fmt.Sprint(p), "stack", trace)
	return nil
}
