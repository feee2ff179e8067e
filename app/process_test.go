package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// memory is what a process has, in bytes.
type memory struct{ now, peak int64 }

// resident reads a process's memory, and begins its peak anew where Linux can.
func resident(pid int) memory {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return memory{} // only Linux tells
	}
	var m memory
	for line := range strings.Lines(string(text)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			m.now = kb << 10
		}
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kb); n == 1 {
			m.peak = kb << 10
		}
	}
	_ = os.WriteFile(filepath.Join("/proc", strconv.Itoa(pid), "clear_refs"), []byte("5"), 0)
	return m
}

// tick is the unit in which Linux tells processor time to programs.
const tick = time.Second / 100

// worked is the processor time that a process has used, in its own code and in the
// system's for it.
func worked(t testing.TB, pid int) time.Duration {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0 // only Linux tells
	}
	_, behind, _ := strings.Cut(string(text), ") ") // the name before may hold blanks
	fields := strings.Fields(behind)
	if len(fields) < 13 {
		t.Fatalf("process %d: %s", pid, text)
	}
	var sum time.Duration
	for _, f := range fields[11:13] { // utime, stime; the state is the first behind the name
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += time.Duration(n) * tick
	}
	return sum
}
