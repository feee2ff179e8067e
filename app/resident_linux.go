package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// unmapProgram takes the pages of the program's own file out of the process's
// memory. Newer kernels map a file in pieces as large as they have read it, so
// that after the start all of a large program counts as resident, most of which is
// never run. What is run comes back by itself, from the system's memory of the
// file. Only pieces are taken that the process cannot and did not write.
func unmapProgram() error {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return fmt.Errorf("find the program: %w", err)
	}
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("read the memory map: %w", err)
	}
	defer func() { _ = maps.Close() }()
	pieces, err := untouched(maps, program)
	if err != nil {
		return err
	}
	var failed []error
	for _, p := range pieces {
		if _, _, code := syscall.Syscall(syscall.SYS_MADVISE, p.from, p.to-p.from, syscall.MADV_DONTNEED); code != 0 {
			failed = append(failed, fmt.Errorf("unmap the program: %w", code))
		}
	}
	return errors.Join(failed...)
}

// piece is a range of addresses.
type piece struct{ from, to uintptr }

// untouched finds the pieces of a file that are mapped for reading only and
// that are all as they are in the file: proc_pid_smaps(5).
func untouched(smaps io.Reader, file string) (out []piece, err error) {
	var at piece
	var mine bool
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		line := lines.Text()
		if field, value, ok := strings.Cut(line, ":"); ok && !strings.Contains(field, " ") {
			if mine && field == "Anonymous" && strings.TrimSpace(value) == "0 kB" {
				out = append(out, at)
			}
			continue
		}
		fields := strings.Fields(line)
		mine = len(fields) == 6 && fields[5] == file && (fields[1] == "r-xp" || fields[1] == "r--p")
		if _, err := fmt.Sscanf(fields[0], "%x-%x", &at.from, &at.to); err != nil {
			return nil, fmt.Errorf("read the memory map: %w", err)
		}
	}
	return out, lines.Err()
}
