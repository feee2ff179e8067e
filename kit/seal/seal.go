// Package seal encrypts what nobody shall read in a database or its backup:
// AES-256-GCM, with the name of the key in front, bound to the place where it is
// kept, so that a sealed text is worth nothing anywhere else.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

const version = "v1"

// ErrKey tells that no key opens a text: the one that sealed it is not among
// those that the settings of the program name.
var ErrKey = errors.New("the key that sealed it is not known")

// ErrBroken tells that a text was changed, cut, or taken to another place.
var ErrBroken = errors.New("it was changed or belongs elsewhere")

// Box seals with its first key and opens with any.
type Box struct{ keys []key }

type key struct {
	name string
	aead cipher.AEAD
}

// New makes a box of the texts from which keys are derived; empty ones are left
// out, and the first one left seals.
func New(texts ...string) (*Box, error) {
	b := &Box{}
	for _, text := range texts {
		if text == "" {
			continue
		}
		raw, err := hkdf.Key(sha256.New, []byte(text), nil, "orion seal "+version, 32)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		block, err := aes.NewCipher(raw)
		if err != nil {
			return nil, fmt.Errorf("make a key: %w", err)
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, fmt.Errorf("make a key: %w", err)
		}
		sum := sha256.Sum256(append([]byte("name "), raw...))
		b.keys = append(b.keys, key{hex.EncodeToString(sum[:4]), aead})
	}
	if len(b.keys) == 0 {
		return nil, errors.New("a box needs a key")
	}
	return b, nil
}

// Seal encrypts a text for a place, such as "store 12 payments stripe_key".
func (b *Box) Seal(text, place string) string {
	k := b.keys[0]
	raw := k.aead.Seal(nil, nil, []byte(text), []byte(place)) //nolint:gosec // this one makes its nonce itself, and puts it in front
	return version + "." + k.name + "." + base64.RawURLEncoding.EncodeToString(raw)
}

// Open gives the text that was sealed for a place.
func (b *Box) Open(sealed, place string) (string, error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != version {
		return "", ErrBroken
	}
	for _, k := range b.keys {
		if k.name != parts[1] {
			continue
		}
		raw, err := base64.RawURLEncoding.DecodeString(parts[2])
		if err != nil {
			return "", ErrBroken
		}
		text, err := k.aead.Open(nil, nil, raw, []byte(place))
		if err != nil {
			return "", ErrBroken
		}
		return string(text), nil
	}
	return "", ErrKey
}

// Current tells that a text was sealed with the key that seals now.
func (b *Box) Current(sealed string) bool {
	return strings.HasPrefix(sealed, version+"."+b.keys[0].name+".")
}
