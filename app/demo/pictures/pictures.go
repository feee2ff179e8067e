// Package pictures has the pictures of the demo: drawn things for products, a
// still life for each store, and the marks. The program in draw makes the first
// two; the marks are written by hand.
package pictures

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// FS has the files. Those of a picture are named {key}-{width}.webp and, for the
// first of a product and the still lifes, {key}-800.jpg; a mark is {key}.svg.
//
//go:embed orion maison-kirchberg velo-moselle buttek-um-eck kirchberg-kids
var FS embed.FS

// Picture is one picture in all its sizes. Width and Height are those of the
// largest file.
type Picture struct {
	Key    string // "maison-kirchberg/stoneware-mug-forest"
	Width  int
	Height int
	Files  []File // WebP, narrowest first
	JPEG   string // path of the JPEG, empty when there is none
}

// File is a picture at one width.
type File struct {
	Path  string
	Width int
}

// Largest is the path of the widest file.
func (p Picture) Largest() string { return p.Files[len(p.Files)-1].Path }

// Load lists all pictures by key.
func Load() (map[string]Picture, error) {
	all := map[string]Picture{}
	err := fs.WalkDir(FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) == ".svg" {
			return err
		}
		base, size, ok := cutLast(strings.TrimSuffix(name, path.Ext(name)))
		width, err := strconv.Atoi(size)
		if !ok || err != nil {
			return fmt.Errorf("picture %s has no width in its name", name)
		}
		p := all[base]
		p.Key = base
		if path.Ext(name) == ".jpg" {
			p.JPEG = name
		} else {
			p.Files = append(p.Files, File{Path: name, Width: width})
		}
		all[base] = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	for key, p := range all {
		if len(p.Files) == 0 {
			return nil, fmt.Errorf("picture %s has no WebP", key)
		}
		slices.SortFunc(p.Files, func(a, b File) int { return a.Width - b.Width })
		p.Width = p.Files[len(p.Files)-1].Width
		p.Height = p.Width * 5 / 4
		if path.Base(key) == "hero" {
			p.Height = p.Width * 5 / 8
		}
		all[key] = p
	}
	return all, nil
}

// Mark is the SVG at the key: "velo-moselle/mark" (square), "velo-moselle/logo"
// (with the name), "orion/mark", "orion/favicon", and "orion/main" and "orion/oms"
// for the platforms.
func Mark(key string) ([]byte, error) {
	svg, err := FS.ReadFile(key + ".svg")
	if err != nil {
		return nil, fmt.Errorf("read mark: %w", err)
	}
	return svg, nil
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '-')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
