package migrate

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing/fstest" // the standard library's only file system in memory

	"orion/kit/db"
)

var fileName = regexp.MustCompile(`^([a-z][a-z_]*)_(\d{3})_([a-z0-9_]+?)(\.sqlite|\.postgres)?\.sql$`)

// gather is a line's files for one dialect under the names that goose reads:
// the number first.
func gather(line Line, d db.Dialect) (fstest.MapFS, error) {
	out := fstest.MapFS{}
	names, err := fs.Glob(line.Files, "migrations/*")
	if err != nil {
		return nil, fmt.Errorf("list the migrations of %s: %w", line.Module, err)
	}
	prefix := strings.ReplaceAll(line.Module, "-", "_")
	next := map[string]string{}
	for _, name := range names {
		m := fileName.FindStringSubmatch(path.Base(name))
		if m == nil || m[1] != prefix {
			return nil, fmt.Errorf("%s: a migration of %s is called %s_{three digits}_{description}.sql", name, line.Module, prefix)
		}
		if m[4] != "" && m[4] != "."+d.String() {
			continue
		}
		if other, ok := next[m[2]]; ok {
			return nil, fmt.Errorf("%s and %s have the same number", other, name)
		}
		next[m[2]] = name
		text, err := fs.ReadFile(line.Files, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out[m[2]+"_"+m[3]+".sql"] = &fstest.MapFile{Data: text}
	}
	return out, nil
}

// CheckNames tells whether every migration of a line is well named.
func CheckNames(line Line) error {
	for _, d := range []db.Dialect{db.SQLite, db.Postgres} {
		if _, err := gather(line, d); err != nil {
			return err
		}
	}
	return nil
}
