//go:build linux || darwin

package observe

import "syscall"

// Disk is the room on a disk, in bytes.
type Disk struct{ Free, Size uint64 }

// DiskOf is the disk on which a folder lies, as far as who runs the program may
// fill it; ok is false where the system does not tell.
func DiskOf(folder string) (d Disk, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return Disk{}, false
	}
	block := uint64(s.Bsize) //nolint:gosec,unconvert // never negative; another type elsewhere
	return Disk{Free: s.Bavail * block, Size: s.Blocks * block}, true
}
