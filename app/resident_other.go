//go:build !linux

package app

// unmapProgram does something on Linux only.
func unmapProgram() error { return nil }
