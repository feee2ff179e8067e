package picture

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"
)

// passes is a grey JPEG whose few bytes ask for thousands of passes over all of
// its pixels: each says "nothing more in the next 16,384 blocks".
func passes(side, count int) []byte {
	segment := func(marker byte, body ...byte) []byte {
		return append([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
	}
	table := func(class, symbol byte) []byte {
		return segment(0xc4, append(append([]byte{class, 1}, make([]byte, 15)...), symbol)...)
	}
	blocks := (side / 8) * (side / 8)
	out := bytes.Join([][]byte{
		{0xff, 0xd8},
		segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...),
		segment(0xc2, 8, byte(side>>8), byte(side), byte(side>>8), byte(side), 1, 1, 0x11, 0), table(0x00, 0x00), table(0x10, 0xe0),
		segment(0xda, 1, 1, 0, 0, 0, 0), make([]byte, blocks/8+1),
	}, nil)
	pass := append(segment(0xda, 1, 1, 0, 1, 63, 0), make([]byte, (blocks/16384+1)*15/8+1)...)
	return append(append(out, bytes.Repeat(pass, count)...), 0xff, 0xd9)
}

// TestPassesEnd: a picture of some passes is drawn, one of thousands ends with
// the time that it was given.
func TestPassesEnd(t *testing.T) {
	t.Parallel()
	if d, err := draw(t.Context(), passes(800, 2), products); err != nil || d.Width != 800 {
		t.Fatalf("a few passes: %+v %v", d, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	bomb := passes(4000, 100_000)
	if _, _, err := inspect(bomb); err != nil || len(bomb) > MaxBytes {
		t.Fatalf("the bomb of %d bytes is refused by its head: %v", len(bomb), err)
	}
	if _, err := draw(ctx, bomb, products); !errors.Is(err, ErrTooHeavy) {
		t.Errorf("thousands of passes: %v", err)
	}
}
