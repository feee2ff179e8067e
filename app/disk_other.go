//go:build !linux

package app

// diskRoom is known on Linux only.
func diskRoom(string) (free, whole uint64, ok bool) { return 0, 0, false }
