package auth

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"orion/kit/fault"
)

// MinPassword is the least number of characters of a password (NIST SP 800-63B).
const MinPassword = 8

const maxPassword = 200

var (
	errShortPassword = fault.New(fault.Invalid, "auth.bad_password")
	errBusy          = fault.New(fault.RateLimit, "rate_limited")
)

// params are OWASP's minimum for argon2id: 19 MiB, two passes.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// running bounds the memory and the cores that sign-ins can take.
var running = make(chan struct{}, 2)

func slot(ctx context.Context) (release func(), err error) {
	select {
	case running <- struct{}{}:
		return func() { <-running }, nil
	case <-ctx.Done():
		return nil, errBusy.Because(ctx.Err())
	}
}

// Hash makes the stored form of a password. A password that is too short or
// too long is an invalid fault on the field "password".
func Hash(ctx context.Context, password string) (string, error) {
	n := utf8.RuneCountInString(password)
	if n < MinPassword {
		return "", errShortPassword.Field("password", "auth.password_too_short", "min", MinPassword)
	}
	if n > maxPassword {
		return "", errShortPassword.Field("password", "form.too_long", "max", maxPassword)
	}
	release, err := slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	hash, err := argon2id.CreateHash(password, params)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// nobody is the hash of a password that was thrown away. Comparing with it
// takes as long as with a real one.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$6Pw1cCjWJ1hFfnjpy1HpFbGZAyYkqBRbPQYbKLAI7wU"

// Verify tells whether a password belongs to a hash. An empty hash, for users
// that do not exist or have no password, never fits and takes as long.
func Verify(ctx context.Context, password, hash string) bool {
	release, err := slot(ctx)
	if err != nil {
		return false
	}
	defer release()
	known := hash != ""
	if !known {
		hash = nobody
	}
	if len(password) > 4*maxPassword {
		password = ""
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	return ok && err == nil && known
}
