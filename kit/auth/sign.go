package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"

	"orion/kit/clock"
	"orion/kit/fault"
)

// ErrLink is the answer to a link that is forged, damaged or for something
// else; it looks like one to something unknown.
var ErrLink = fault.New(fault.NotFound, "auth.bad_link")

// ErrLinkExpired is the answer to a genuine link whose time is over.
var ErrLinkExpired = fault.New(fault.Rule, "auth.link_expired")

// Signer makes links that only we can have made. Each is bound to a purpose, so
// that one for an order never opens a password reset.
type Signer struct {
	key   []byte
	clock clock.Clock
}

// leastKey is the number of bytes below which a key can be guessed. Settings
// ask for more.
const leastKey = 16

// NewSigner signs with a key that all nodes share. It panics on a short one,
// since a program that starts with it makes links that others can make too.
func NewSigner(key []byte, c clock.Clock) *Signer {
	if len(key) < leastKey {
		panic(fmt.Sprintf("a signing key has %d bytes, want at least %d", len(key), leastKey))
	}
	return &Signer{key: key, clock: c}
}

const macLen = 16

// Sign makes a token for a purpose, a scope (such as a store) and a subject. A
// zero age never expires.
func (s *Signer) Sign(purpose string, scope, subject int64, age time.Duration) string {
	var until int64
	if age > 0 {
		until = s.clock.Now().Add(age).Unix()
	}
	buf := make([]byte, 16, 16+macLen)
	binary.BigEndian.PutUint64(buf, uint64(subject))
	binary.BigEndian.PutUint64(buf[8:], uint64(until))
	return base64.RawURLEncoding.EncodeToString(append(buf, s.mac(purpose, scope, buf)...))
}

// Open gives the subject of a token made for the same purpose and scope.
func (s *Signer) Open(purpose string, scope int64, token string) (int64, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != 16+macLen {
		return 0, ErrLink
	}
	if !hmac.Equal(raw[16:], s.mac(purpose, scope, raw[:16])) {
		return 0, ErrLink
	}
	if until := int64(binary.BigEndian.Uint64(raw[8:16])); until != 0 && s.clock.Now().Unix() > until {
		return 0, ErrLinkExpired
	}
	return int64(binary.BigEndian.Uint64(raw[:8])), nil
}

func (s *Signer) mac(purpose string, scope int64, body []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(purpose))
	h.Write(binary.BigEndian.AppendUint64([]byte{0}, uint64(scope)))
	h.Write(body)
	return h.Sum(nil)[:macLen]
}
