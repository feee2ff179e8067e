package db

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Block is one named statement of a module, as it stands in its sql folder.
type Block struct {
	Name     string
	File     string
	Scope    string   // "system" or "sweep" from a "-- scope:" line; "" for a tenant's
	Columns  []string // from a "-- columns:" line: what lists may filter and sort by
	SQLite   string   // the text for SQLite, with :name parameters
	Postgres string   // the text for PostgreSQL
}

// Text is the text for a dialect.
func (b Block) Text(d Dialect) string {
	if d == Postgres {
		return b.Postgres
	}
	return b.SQLite
}

// Blocks reads all statements of a module, sorted by name. Blocks of
// *.postgres.sql files replace those of the same name on PostgreSQL, blocks of
// *.sqlite.sql files on SQLite.
func Blocks(files fs.FS) ([]Block, error) {
	names, err := fs.Glob(files, "sql/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list statements: %w", err)
	}
	all := map[string]*Block{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read statements: %w", err)
		}
		parsed, err := parseFile(name, string(text))
		if err != nil {
			return nil, err
		}
		if err := mergeBlocks(all, parsed); err != nil {
			return nil, err
		}
	}
	out := make([]Block, 0, len(all))
	for _, b := range all {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b Block) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func mergeBlocks(all map[string]*Block, parsed []Block) error {
	for _, b := range parsed {
		have, ok := all[b.Name]
		if !ok {
			c := b
			all[b.Name] = &c
			continue
		}
		switch {
		case b.SQLite == "" && (have.SQLite == "" || have.Postgres == "" || have.Postgres == have.SQLite):
			have.Postgres = b.Postgres
		case b.Postgres == "" && (have.Postgres == "" || have.SQLite == "" || have.SQLite == have.Postgres):
			have.SQLite = b.SQLite
		case have.SQLite == "":
			have.SQLite = b.SQLite
		case have.Postgres == "":
			have.Postgres = b.Postgres
		default:
			return fmt.Errorf("statement %s stands in %s and %s", b.Name, have.File, b.File)
		}
		have.Columns = append(have.Columns, b.Columns...)
		if have.Scope == "" {
			have.Scope = b.Scope
		}
	}
	return nil
}

func parseFile(file, text string) ([]Block, error) {
	var out []Block
	var cur *Block
	var body []string
	flush := func() {
		if cur == nil {
			return
		}
		sql := strings.TrimSuffix(strings.TrimSpace(strings.Join(body, "\n")), ";")
		base := path.Base(file)
		if !strings.HasSuffix(base, ".postgres.sql") {
			cur.SQLite = sql
		}
		if !strings.HasSuffix(base, ".sqlite.sql") {
			cur.Postgres = sql
		}
		out = append(out, *cur)
		body = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		key, value, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "--"), ":")
		comment := strings.HasPrefix(strings.TrimSpace(line), "--")
		switch key = strings.TrimSpace(key); {
		case comment && key == "name":
			flush()
			cur = &Block{Name: strings.TrimSpace(value), File: file}
		case cur == nil:
			if !comment && strings.TrimSpace(line) != "" {
				return nil, fmt.Errorf("%s: text before the first -- name: line", file)
			}
		case comment && key == "scope":
			cur.Scope = strings.TrimSpace(value)
		case comment && key == "columns":
			for c := range strings.SplitSeq(value, ",") {
				cur.Columns = append(cur.Columns, strings.TrimSpace(c))
			}
		case comment && (key == "where" || key == "order"):
			body = append(body, "-- "+key)
		case comment:
		default:
			body = append(body, line)
		}
	}
	flush()
	return out, nil
}

// Compiled is a block's text as a database gets it, for those who prepare
// statements without running them; a list's slots are left empty.
func Compiled(b Block, d Dialect) (string, error) {
	c, err := compile(b.Text(d), d)
	return c.text, err
}
