package db

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/huandu/go-sqlbuilder"

	"orion/kit/db/postgres"
	"orion/kit/tenant"
)

// ListStmt is a statement whose conditions and order are chosen at run time
// from the columns that its block declares.
type ListStmt[S tenant.Scope] struct {
	name    string
	columns []string
	meter   *meter
	lite    listText
	pg      listText
}

type listText struct {
	compiled
	before, after string // around the "-- where" line; after ends at "-- order"
}

// MustList loads a block whose text has a line "-- where", where conditions are
// added with AND, and ends with a line "-- order", where ORDER BY and LIMIT go.
// Its line "-- columns:" names what Filter may use. It panics like Must.
func MustList[S tenant.Scope](files fs.FS, name string) *ListStmt[S] {
	b, err := find(files, name)
	if err == nil {
		var l *ListStmt[S]
		if l, err = loadList[S](b); err == nil {
			l.meter = newMeter(b.Name)
			return l
		}
	}
	panic(fmt.Sprintf("load list %s: %v", name, err))
}

func loadList[S tenant.Scope](b Block) (*ListStmt[S], error) {
	if err := checkScope(b, tenant.Column[S]()); err != nil {
		return nil, err
	}
	l := &ListStmt[S]{name: b.Name, columns: b.Columns}
	for d, out := range map[Dialect]*listText{SQLite: &l.lite, Postgres: &l.pg} {
		if !reads(b.Text(d)) {
			return nil, fmt.Errorf("a list only reads")
		}
		c, err := compile(b.Text(d), d)
		if err != nil {
			return nil, err
		}
		before, rest, ok := strings.Cut(c.text, "-- where")
		after, tail, ok2 := strings.Cut(rest, "-- order")
		if !ok || !ok2 || strings.TrimSpace(tail) != "" {
			return nil, fmt.Errorf("it needs a line \"-- where\" and a last line \"-- order\"")
		}
		*out = listText{compiled: c, before: before, after: after}
	}
	return l, nil
}

// Cond is one condition of a list.
type Cond struct {
	column string
	build  func(w condWriter) string
}

// condWriter writes a condition for one of the databases.
type condWriter struct {
	*sqlbuilder.Cond
	dialect Dialect
}

// Eq holds where column equals value.
func Eq(column string, value any) Cond {
	return Cond{column, func(w condWriter) string { return w.EQ(column, plain(value)) }}
}

// Ne holds where column differs from value.
func Ne(column string, value any) Cond {
	return Cond{column, func(w condWriter) string { return w.NE(column, plain(value)) }}
}

// Gt holds where column is greater than value.
func Gt(column string, value any) Cond {
	return Cond{column, func(w condWriter) string { return w.GT(column, plain(value)) }}
}

// Ge holds where column is value or greater.
func Ge(column string, value any) Cond {
	return Cond{column, func(w condWriter) string { return w.GE(column, plain(value)) }}
}

// Lt holds where column is less than value.
func Lt(column string, value any) Cond {
	return Cond{column, func(w condWriter) string { return w.LT(column, plain(value)) }}
}

// Le holds where column is value or less.
func Le(column string, value any) Cond {
	return Cond{column, func(w condWriter) string { return w.LE(column, plain(value)) }}
}

// In holds where column is one of values; of none, nowhere.
func In[T any](column string, values ...T) Cond {
	return Cond{column, func(w condWriter) string {
		if len(values) == 0 {
			return "1 = 0"
		}
		vs := make([]any, len(values))
		for i, v := range values {
			vs[i] = plain(v)
		}
		return w.In(column, vs...)
	}}
}

// Contains holds where column has text in it, whatever the case.
func Contains(column, text string) Cond {
	return Cond{column, func(w condWriter) string {
		return "LOWER(" + column + ") LIKE " + w.Var("%"+wild.Replace(strings.ToLower(text))+"%") + ` ESCAPE '\'`
	}}
}

// Has holds where column has text in it, both of which are folded already: nothing is
// changed of the rows to compare them. Each database has its own fastest way: LIKE of
// PostgreSQL takes four times as long as STRPOS, and INSTR of SQLite longer than LIKE.
func Has(column, text string) Cond {
	return Cond{column, func(w condWriter) string {
		if w.dialect == Postgres {
			return "STRPOS(" + column + ", " + w.Var(text) + ") > 0"
		}
		return column + " LIKE " + w.Var("%"+wild.Replace(text)+"%") + ` ESCAPE '\'`
	}}
}

// wild takes their meaning from the letters that stand for others.
var wild = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Holds holds where column has text in it, exactly as it is written.
func Holds(column, text string) Cond {
	return Cond{column, func(w condWriter) string {
		return "REPLACE(" + column + ", " + w.Var(text) + ", '') <> " + column
	}}
}

// After holds for the rows behind the row whose sort columns have these
// values, all ascending (or all descending): the keyset condition.
func After(descending bool, columns []string, values []any) Cond {
	return Cond{strings.Join(columns, ","), func(w condWriter) string {
		vs := make([]string, len(values))
		for i, v := range values {
			vs[i] = w.Var(plain(v))
		}
		op := ">"
		if descending {
			op = "<"
		}
		return "(" + strings.Join(columns, ", ") + ") " + op + " (" + strings.Join(vs, ", ") + ")"
	}}
}

// Any holds where one of the conditions does.
func Any(conds ...Cond) Cond {
	names := make([]string, len(conds))
	for i, c := range conds {
		names[i] = c.column
	}
	return Cond{strings.Join(names, ","), func(w condWriter) string {
		parts := make([]string, len(conds))
		for i, c := range conds {
			parts[i] = c.build(w)
		}
		return w.Or(parts...)
	}}
}

// Filter is what a person chose to see.
type Filter struct {
	Where []Cond
	Order []string // columns, each perhaps with " DESC"
	Limit int      // 0 is 100
	Args  Args     // the block's own parameters
}

// List runs a list with a filter.
func List[T any, S tenant.Scope](ctx context.Context, t *Tx[S], l *ListStmt[S], f Filter, scan func(Row) (T, error)) ([]T, error) {
	text := &l.lite
	if t.db.dialect == Postgres {
		text = &l.pg
	}
	args, err := t.bind(l.name, &text.compiled, f.Args)
	if err != nil {
		return nil, err
	}
	sql, args, err := l.build(text, f, args, t.db.dialect)
	if err != nil {
		return nil, err
	}
	var out []T
	if err := t.queryText(ctx, l.meter, postgres.Call{Text: sql, Args: args}, collect(&out, scan)); err != nil {
		return nil, err
	}
	return out, nil
}

func (l *ListStmt[S]) build(text *listText, f Filter, args []any, d Dialect) (string, []any, error) {
	var out strings.Builder
	out.WriteString(text.before)
	for _, c := range f.Where {
		if err := l.known(strings.Split(c.column, ",")...); err != nil {
			return "", nil, err
		}
		flavor := sqlbuilder.SQLite
		if d == Postgres {
			flavor = sqlbuilder.PostgreSQL
		}
		w := condWriter{sqlbuilder.NewCond(), d}
		expr := c.build(w)
		sql, more := w.Args.CompileWithFlavor(expr, flavor)
		out.WriteString("\n  AND (" + shift(sql, len(args), d) + ")")
		args = append(args, more...)
	}
	out.WriteString(text.after)
	for i, o := range f.Order {
		column, dir, _ := strings.Cut(o, " ")
		if err := l.known(column); err != nil {
			return "", nil, err
		}
		if dir != "" && dir != "DESC" && dir != "ASC" {
			return "", nil, fmt.Errorf("%s: %q is no direction", l.name, dir)
		}
		out.WriteString(map[bool]string{true: "\nORDER BY ", false: ", "}[i == 0] + column + " " + dir)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 100
	}
	fmt.Fprintf(&out, "\nLIMIT %d", limit)
	return out.String(), args, nil
}

func (l *ListStmt[S]) known(columns ...string) error {
	for _, c := range columns {
		if !slices.Contains(l.columns, c) {
			return fmt.Errorf("%s: %q is not one of its columns", l.name, c)
		}
	}
	return nil
}
