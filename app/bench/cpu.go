package bench

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// tick is the unit of the times in /proc/PID/stat; Linux fixes it for user
// space at 100 a second (man 5 proc).
const tick = 10 * time.Millisecond

type procStat struct {
	pid, parent int
	name        string
	self        time.Duration // user and system
	children    time.Duration // of children that ended
}

func readStat(pid int) (procStat, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return procStat{}, fmt.Errorf("read the CPU time of process %d: %w", pid, err)
	}
	open, end := bytes.IndexByte(text, '('), bytes.LastIndexByte(text, ')')
	if open < 0 || end < 0 {
		return procStat{}, fmt.Errorf("read the CPU time of process %d: unexpected format", pid)
	}
	fields := bytes.Fields(text[end+1:])
	if len(fields) < 15 {
		return procStat{}, fmt.Errorf("read the CPU time of process %d: unexpected format", pid)
	}
	num := func(i int) int64 {
		n, _ := strconv.ParseInt(string(fields[i]), 10, 64)
		return n
	}
	return procStat{
		pid: pid, parent: int(num(1)), name: string(text[open+1 : end]),
		self:     time.Duration(num(11)+num(12)) * tick,
		children: time.Duration(num(13)+num(14)) * tick,
	}, nil
}

// cpuOf is the CPU time of a process.
func cpuOf(pid int) time.Duration {
	s, err := readStat(pid)
	if err != nil {
		return 0
	}
	return s.self
}

// cpuOfTree is the CPU time of a process and of all its children, those that
// ended included: PostgreSQL has one process per connection.
func cpuOfTree(pid int) time.Duration {
	top, err := readStat(pid)
	if err != nil {
		return 0
	}
	total := top.self + top.children
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return total
	}
	for _, e := range entries {
		child, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if s, err := readStat(child); err == nil && s.parent == pid {
			total += s.self
		}
	}
	return total
}

// memoryOf is the resident memory of a process in bytes: what is its own, and
// all that is mapped, with the pages of the program's file, which the system
// shares between processes and drops when it wants to. Newer kernels map a file
// in pieces as large as they have read it, so that all of a program may count.
func memoryOf(pid int) (own, mapped int64) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return 0, 0
	}
	for line := range bytes.Lines(text) {
		fields := bytes.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.ParseInt(string(fields[1]), 10, 64)
		switch string(fields[0]) { // proc_pid_status(5)
		case "RssAnon:", "RssShmem:":
			own += kb << 10
		case "VmRSS:":
			mapped = kb << 10
		}
	}
	return own, mapped
}
