package seal_test

import (
	"errors"
	"strings"
	"testing"

	"orion/kit/seal"
)

func box(t *testing.T, keys ...string) *seal.Box {
	t.Helper()
	b, err := seal.New(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSealedIsReadWhereItBelongs(t *testing.T) {
	t.Parallel()
	b := box(t, "", "a key of many characters")
	sealed := b.Seal("sk_live_1", "store 1 payments key")
	if strings.Contains(sealed, "sk_live") {
		t.Error("the secret can be read")
	}
	if again := b.Seal("sk_live_1", "store 1 payments key"); again == sealed {
		t.Error("the same secret is sealed the same twice, which tells that it is the same")
	}
	if got, err := b.Open(sealed, "store 1 payments key"); got != "sk_live_1" || err != nil {
		t.Errorf("opened %q, %v", got, err)
	}
	if _, err := b.Open(sealed, "store 2 payments key"); !errors.Is(err, seal.ErrBroken) {
		t.Errorf("another store opens it: %v", err)
	}
}

func TestWhatWasChangedDoesNotOpen(t *testing.T) {
	t.Parallel()
	b := box(t, "a key of many characters")
	sealed := b.Seal("secret", "here")
	for i := range sealed {
		other := byte('A')
		if sealed[i] == 'A' {
			other = 'B'
		}
		got, err := b.Open(sealed[:i]+string(other)+sealed[i+1:], "here")
		// The last letter has bits that say nothing.
		if err == nil && (got != "secret" || i < len(sealed)-1) {
			t.Errorf("opens with letter %d changed", i)
		}
	}
	for _, bad := range []string{"", "v1", "v1..", sealed[:len(sealed)-5], "v2" + sealed[2:], sealed + ".x"} {
		if _, err := b.Open(bad, "here"); err == nil {
			t.Errorf("%q opens", bad)
		}
	}
}

func TestKeysFollowEachOther(t *testing.T) {
	t.Parallel()
	old := box(t, "the key before")
	sealed := old.Seal("secret", "here")
	both := box(t, "the key now", "the key before")
	if got, err := both.Open(sealed, "here"); got != "secret" || err != nil {
		t.Errorf("the key before opens no longer: %q, %v", got, err)
	}
	if both.Current(sealed) || !both.Current(both.Seal("secret", "here")) {
		t.Error("it does not tell what is sealed with which key")
	}
	if _, err := box(t, "the key now").Open(sealed, "here"); !errors.Is(err, seal.ErrKey) {
		t.Errorf("without its key: %v", err)
	}
	if _, err := seal.New("", ""); err == nil {
		t.Error("a box without keys")
	}
}
