package config

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Line is one setting as Explain shows it.
type Line struct {
	Key    string
	Value  string // in force; secrets are masked
	Origin string // "default", "ORION_ADDR", "--addr", "orion.yaml:3"
	Help   string
	Env    string // the variable that sets it
}

// Explain lists every setting with the value in force and where it is from.
func (c Config) Explain() []Line {
	lines := make([]Line, len(settings))
	for i, s := range settings {
		lines[i] = Line{Key: s.key, Value: s.show(&c), Origin: c.origin(s.key), Help: s.help, Env: s.env()}
	}
	return lines
}

func (c *Config) origin(key string) string { return cmp.Or(c.origins[key], "default") }

// secretFile keeps a secret that nobody set, inside the data folder.
const secretFile = "secret"

// Prepare makes the data folder and, where none was set, the secret, which it
// keeps there for the next start. Only the owner may read either.
func (c *Config) Prepare() error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w; set data to a folder that may be written", err)
	}
	if c.Secret != "" {
		return nil
	}
	name := filepath.Join(c.Data, secretFile)
	if err := makeSecret(name); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make secret: %w", err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read secret: %w", err)
	}
	c.Secret = Secret(strings.TrimSpace(string(text)))
	if len(c.Secret) < 32 {
		return fmt.Errorf("secret in %s is damaged: remove the file to have a new one, which ends all sessions", name)
	}
	c.origins["secret"] = name
	return nil
}

// makeSecret writes a new secret whole or not at all, and never over another:
// two programs that start at once end up with the same one.
func makeSecret(name string) error {
	if _, err := os.Lstat(name); err == nil {
		return fs.ErrExist
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random)                                // never fails
	f, err := os.CreateTemp(filepath.Dir(name), "secret-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(hex.EncodeToString(random) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), name)
}
