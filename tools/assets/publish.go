package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// publish copies the files under names that change with their content, with
// compressed forms beside them, and writes the list of names. Style sheets go
// last, because they name fonts.
func publish(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return rank(a.Name()) - rank(b.Name()) })
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	names := map[string]string{}
	for _, e := range entries {
		body, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if filepath.Ext(e.Name()) == ".css" {
			body = addressed(body, names)
		}
		name := fingerprinted(e.Name(), body)
		names[e.Name()] = name
		if err := write(filepath.Join(to, name), body); err != nil {
			return err
		}
	}
	list, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "manifest.json"), append(list, '\n'), 0o644)
}

func rank(name string) int {
	if filepath.Ext(name) == ".css" {
		return 1
	}
	return 0
}

// addressed replaces source names in a style sheet by published ones.
func addressed(css []byte, names map[string]string) []byte {
	for name, published := range names {
		css = bytes.ReplaceAll(css, []byte("/assets/"+name), []byte("/assets/"+published))
	}
	return css
}

func fingerprinted(name string, body []byte) string {
	sum := sha256.Sum256(body)
	stem, ext, _ := strings.Cut(name, ".")
	return stem + "." + hex.EncodeToString(sum[:4]) + "." + ext
}

// write stores a file and its compressed forms, if it is of a kind that shrinks.
func write(path string, body []byte) error {
	if err := os.WriteFile(path, body, 0o644); err != nil {
		return err
	}
	if filepath.Ext(path) == ".woff2" {
		return nil
	}
	var zipped, brotlied bytes.Buffer
	z, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return err
	}
	b := brotli.NewWriterLevel(&brotlied, brotli.BestCompression)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{z, b} {
		if _, err := w.Write(body); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	if err := os.WriteFile(path+".gz", zipped.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(path+".br", brotlied.Bytes(), 0o644)
}
