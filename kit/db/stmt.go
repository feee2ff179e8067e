package db

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"

	"orion/kit/tenant"
)

// Stmt is a statement that runs in transactions of scope S only.
type Stmt[S tenant.Scope] struct {
	name     string
	readOnly bool
	meter    *meter
	lite     compiled
	pg       compiled
}

// Name is the name of the block that the statement was loaded from.
func (s *Stmt[S]) Name() string { return s.name }

func (s *Stmt[S]) in(d Dialect) *compiled {
	if d == Postgres {
		return &s.pg
	}
	return &s.lite
}

// Must loads the block called name for transactions of scope S. It panics,
// since this runs while the program is loaded, when the block is missing or its
// text could leave the scope: a tenant's statement must use the scope's
// parameter (:store_id, :merchant_id, :platform_id), and the system's must say
// "-- scope: system".
func Must[S tenant.Scope](files fs.FS, name string) *Stmt[S] {
	b, err := find(files, name)
	if err == nil {
		var s *Stmt[S]
		if s, err = load[S](b); err == nil {
			s.meter = newMeter(b.Name)
			return s
		}
	}
	panic(fmt.Sprintf("load statement %s: %v", name, err))
}

// loaded keeps the blocks of the modules' file systems, which never change, so
// that loading a hundred statements parses each file once.
var loaded sync.Map

func find(files fs.FS, name string) (Block, error) {
	blocks, err := cachedBlocks(files)
	if err != nil {
		return Block{}, err
	}
	i, ok := slices.BinarySearchFunc(blocks, name, func(b Block, n string) int { return strings.Compare(b.Name, n) })
	if !ok {
		return Block{}, fmt.Errorf("no block has this name in sql/*.sql")
	}
	return blocks[i], nil
}

func cachedBlocks(files fs.FS) ([]Block, error) {
	if !reflect.TypeOf(files).Comparable() {
		return Blocks(files)
	}
	if have, ok := loaded.Load(files); ok {
		return have.([]Block), nil
	}
	blocks, err := Blocks(files)
	if err == nil {
		loaded.Store(files, blocks)
	}
	return blocks, err
}

func load[S tenant.Scope](b Block) (*Stmt[S], error) {
	if err := checkScope(b, tenant.Column[S]()); err != nil {
		return nil, err
	}
	lite, err := compile(b.SQLite, SQLite)
	if err != nil {
		return nil, err
	}
	pg, err := compile(b.Postgres, Postgres)
	if err != nil {
		return nil, err
	}
	return &Stmt[S]{name: b.Name, readOnly: reads(b.SQLite) && reads(b.Postgres), lite: lite, pg: pg}, nil
}

func checkScope(b Block, column string) error {
	if b.SQLite == "" || b.Postgres == "" {
		return fmt.Errorf("%s has a text for one database only", b.File)
	}
	if column == "" {
		if b.Scope == "" {
			return fmt.Errorf("a statement of the system must say so with a line \"-- scope: system\"")
		}
		return nil
	}
	if b.Scope != "" {
		return fmt.Errorf("a statement with scope %s is loaded as a tenant's", b.Scope)
	}
	for _, text := range []string{b.SQLite, b.Postgres} {
		c, err := compile(text, SQLite)
		if err != nil {
			return err
		}
		if !slices.Contains(c.params, column) {
			return fmt.Errorf("it does not use :%s, so it would reach other tenants' rows", column)
		}
	}
	return nil
}

// Takes tells whether the statement has a parameter of this name.
func (s *Stmt[S]) Takes(param string) bool { return slices.Contains(s.lite.params, param) }
