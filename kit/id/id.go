// Package id makes and names identifiers: time-ordered 64-bit integers in
// tables, typed in Go, and text with a prefix at the edges (ord_06dq2k…).
package id

import (
	"sync"

	"orion/kit/clock"
	"orion/kit/fault"
)

// Epoch is the millisecond count from which identifiers run: 1 January 2025.
const Epoch int64 = 1735689600000

const (
	nodeBits = 10
	seqBits  = 12
	// MaxNode is the largest node number.
	MaxNode = 1<<nodeBits - 1
)

var errMalformed = fault.New(fault.Invalid, "id.malformed")

// Kind says what an identifier names. Implementations are empty structs.
type Kind interface {
	// Prefix is the lower-case word before the underscore.
	Prefix() string
}

// ID is an identifier of one kind. Zero means none.
type ID[K Kind] int64

// IsZero tells whether the identifier names nothing.
func (i ID[K]) IsZero() bool { return i == 0 }

// String is the public form, and empty for zero.
func (i ID[K]) String() string {
	if i == 0 {
		return ""
	}
	var k K
	p := k.Prefix()
	buf := make([]byte, 0, len(p)+14)
	buf = append(buf, p...)
	buf = append(buf, '_')
	return string(appendBase32(buf, uint64(i)))
}

// MarshalText is String.
func (i ID[K]) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText accepts what String gives, and empty text as zero.
func (i *ID[K]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*i = 0
		return nil
	}
	v, err := Parse[K](string(text))
	if err != nil {
		return err
	}
	*i = v
	return nil
}

// Parse reads the public form of an identifier of kind K.
func Parse[K Kind](s string) (ID[K], error) {
	var k K
	p := k.Prefix()
	if len(s) != len(p)+14 || s[:len(p)] != p || s[len(p)] != '_' {
		return 0, errMalformed
	}
	v, ok := parseBase32(s[len(p)+1:])
	if !ok {
		return 0, errMalformed
	}
	return ID[K](v), nil
}

// Source makes identifiers that are unique per node and grow with time, also
// when the clock stands still or steps back. It is safe for concurrent use.
type Source struct {
	clock clock.Clock
	node  int64

	mu   sync.Mutex
	last int64
	seq  int64
}

// NewSource makes identifiers for one node, whose number no other running
// node may have.
func NewSource(node uint16, c clock.Clock) *Source {
	return &Source{clock: c, node: int64(node) & MaxNode}
}

// Next is a new identifier.
func (s *Source) Next() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	ms := s.clock.Now().UnixMilli() - Epoch
	switch {
	case ms > s.last:
		s.last, s.seq = ms, 0
	case s.seq < 1<<seqBits-1:
		s.seq++
	default:
		// The millisecond is used up: borrow from the next one instead of waiting.
		s.last, s.seq = s.last+1, 0
	}
	return s.last<<(nodeBits+seqBits) | s.node<<seqBits | s.seq
}

// New is a new identifier of kind K.
func New[K Kind](s *Source) ID[K] { return ID[K](s.Next()) }
