package devtools

import (
	"slices"
	"strings"

	"orion/kit/db"
	"orion/kit/db/migrate"
)

// Statement is a named block of SQL of the program.
type Statement struct {
	db.Block
	Module string // or the package of kit
	Ran    db.Ran // how it did in this process since the start
}

// Key names the statement among all: "orders.find_order".
func (s Statement) Key() string { return s.Module + "." + s.Name }

// Scope is whose rows it can reach: store, merchant, platform, or of all of them
// system or sweep.
func (s Statement) Scope() string {
	if s.Block.Scope != "" {
		return s.Block.Scope
	}
	for _, scope := range []string{"store", "merchant"} {
		if strings.Contains(s.SQLite, ":"+scope+"_id") {
			return scope
		}
	}
	return "platform"
}

// Statements are those of the folders, by key, with how they did.
func Statements(lines []migrate.Line) ([]Statement, error) {
	ran := map[string]db.Ran{}
	for _, r := range db.Statements() {
		ran[r.Module+"."+r.Name] = r
	}
	var out []Statement
	for _, l := range lines {
		blocks, err := db.Blocks(l.Files)
		if err != nil {
			return nil, err
		}
		for _, b := range blocks {
			s := Statement{Block: b, Module: l.Module}
			s.Ran = ran[strings.ReplaceAll(l.Module, "-", "")+"."+b.Name]
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Statement) int { return strings.Compare(a.Key(), b.Key()) })
	return out, nil
}
