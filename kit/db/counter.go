package db

import (
	"context"
	"sync/atomic"
)

type counterKey struct{}

// Counter counts statements.
type Counter struct{ n atomic.Int64 }

// N is how many statements ran so far.
func (c *Counter) N() int { return int(c.n.Load()) }

// WithCounter counts the statements that run under the returned context, so
// that tests can hold a page to a fixed number.
func WithCounter(ctx context.Context) (context.Context, *Counter) {
	c := &Counter{}
	return context.WithValue(ctx, counterKey{}, c), c
}

// Count adds the statement of kit's job runner, which has its own way to the
// database; kit/db counts the others itself.
func Count(ctx context.Context) { count(ctx) }

func count(ctx context.Context) {
	if c, ok := ctx.Value(counterKey{}).(*Counter); ok {
		c.n.Add(1)
	}
}
