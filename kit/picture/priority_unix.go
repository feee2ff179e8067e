//go:build unix

package picture

import "syscall"

// lowPriority lets whoever waits for a page go first.
func lowPriority() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10) }
