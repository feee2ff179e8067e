//go:build !unix

package picture

func lowPriority() {}
