package app

import "syscall"

// diskRoom is how many bytes are left on the disk of a folder, and how many it has.
func diskRoom(folder string) (free, whole uint64, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(folder, &s) != nil || s.Bsize <= 0 {
		return 0, 0, false
	}
	return s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize), true
}
