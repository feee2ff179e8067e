//go:build !linux && !darwin

package observe

// Disk is the room on a disk, in bytes.
type Disk struct{ Free, Size uint64 }

// DiskOf is the disk on which a folder lies; this system does not tell.
func DiskOf(string) (d Disk, ok bool) { return Disk{}, false }
