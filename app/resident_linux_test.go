package app

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const smaps = `00400000-00402000 r--p 00000000 fe:00 1234                               /srv/orion
Size:                  8 kB
Anonymous:             0 kB
00402000-01c56000 r-xp 00002000 fe:00 1234                               /srv/orion
Size:              24912 kB
Anonymous:             0 kB
01c56000-03ffb000 r--p 01856000 fe:00 1234                               /srv/orion
Size:              36500 kB
Anonymous:             4 kB
03ffc000-041a6000 rw-p 03bfb000 fe:00 1234                               /srv/orion
Size:               1704 kB
Anonymous:             0 kB
041a6000-0630a000 rw-p 00000000 00:00 0
Size:              34192 kB
Anonymous:             0 kB
7f0000000000-7f0000001000 r--p 00000000 fe:00 99                         /lib/libc.so.6
Size:                  4 kB
Anonymous:             0 kB
VmFlags: rd mr mw me
`

// Pieces that were written to, which a loader may have protected since, those
// that may be and those of other files stay.
func TestUntouched(t *testing.T) {
	t.Parallel()
	got, err := untouched(strings.NewReader(smaps), "/srv/orion")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]piece{{0x400000, 0x402000}, {0x402000, 0x1c56000}}, got, cmp.AllowUnexported(piece{})); diff != "" {
		t.Error(diff)
	}
}

// The program runs on after its pages were unmapped.
func TestUnmapProgram(t *testing.T) {
	t.Parallel()
	for range 3 {
		if err := unmapProgram(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := untouched(strings.NewReader("what is this"), "/srv/orion"); err == nil {
		t.Error("nonsense was read as a memory map")
	}
}
