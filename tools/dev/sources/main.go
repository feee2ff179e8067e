// Command sources tells whether assets/dist was built from the sources beside
// it, without building it: the style sheets need Node, and a machine that only
// tests has none. `make assets` records a sum of everything that a build reads,
// and this compares it.
//
// The style sheets also depend on the templates, by the classes that they use;
// the sum has the classes, not the templates, so that a change of words or
// structure asks for no build.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

const recorded = "assets/sources.sha256"

// inputs are the files and folders that a build reads.
var inputs = []string{
	"assets/css", "assets/js", "assets/img", "assets/fonts.mjs", "assets/package.json", "assets/package-lock.json",
	"kit/ui/icon/icons.txt", "tools/assets",
}

func main() {
	write := flag.Bool("write", false, "record the sum instead of comparing it")
	flag.Parse()
	if err := run(*write); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(write bool) error {
	root, err := os.OpenRoot("..")
	if err != nil {
		return err
	}
	sum, err := sumOf(root.FS())
	if err != nil {
		return err
	}
	if write {
		return root.WriteFile(recorded, []byte(sum+"\n"), 0o644)
	}
	was, err := root.ReadFile(recorded)
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(was)) != sum {
		return fmt.Errorf("assets/dist was built from other sources: run make assets and commit assets and kit/ui/icon")
	}
	return nil
}

// sumOf is the sum of all inputs, by name and content, and of the classes.
func sumOf(tree fs.FS) (string, error) {
	sum := sha256.New()
	for _, input := range inputs {
		if err := each(tree, input, func(name string, text []byte) {
			fmt.Fprintf(sum, "%s %x\n", name, sha256.Sum256(text))
		}); err != nil {
			return "", err
		}
	}
	classes, err := classesOf(tree)
	if err != nil {
		return "", err
	}
	_, err = io.WriteString(sum, strings.Join(classes, " "))
	return hex.EncodeToString(sum.Sum(nil)), err
}

var (
	attribute = regexp.MustCompile(`class="([^"]*)"|class=\{([^}]*)\}`)
	literal   = regexp.MustCompile(`"([^"]*)"`)
)

// classesOf are the names in the class attributes of the templates, once each.
func classesOf(tree fs.FS) ([]string, error) {
	seen := map[string]bool{}
	add := func(list string) {
		for class := range strings.FieldsSeq(list) {
			seen[class] = true
		}
	}
	for _, dir := range []string{"kit/ui", "modules", "app"} {
		if err := each(tree, dir, func(name string, text []byte) {
			if path.Ext(name) != ".templ" {
				return
			}
			for _, m := range attribute.FindAllSubmatch(text, -1) {
				add(string(m[1]))
				for _, l := range literal.FindAllSubmatch(m[2], -1) {
					add(string(l[1]))
				}
			}
		}); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

// each visits the files of a folder, or the one file, in order of their names.
func each(tree fs.FS, input string, visit func(name string, text []byte)) error {
	return fs.WalkDir(tree, input, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		visit(name, text)
		return nil
	})
}
