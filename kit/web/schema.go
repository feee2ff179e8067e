package web

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// schemaNames gives the types of different modules different names in the
// description of the REST interface: each has a list and an item.
type schemaNames struct {
	module string // whose operation is being described
	types  map[string]reflect.Type
}

func (n *schemaNames) name(t reflect.Type, hint string) string {
	inner := t
	for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
		inner = inner.Elem()
	}
	base := huma.DefaultSchemaNamer(t, hint)
	if pkg := inner.PkgPath(); pkg == "" || strings.Contains(pkg, "/modules/") {
		base = capital(n.owner(pkg)) + capital(base)
	}
	for i := 1; ; i++ {
		name := base
		if i > 1 {
			name += strconv.Itoa(i)
		}
		if known, taken := n.types[name]; !taken || known == t {
			n.types[name] = t
			return name
		}
	}
}

// owner is the module that a type belongs to: unnamed types belong to the one
// whose operation has them.
func (n *schemaNames) owner(pkg string) string {
	_, rest, ok := strings.Cut(pkg, "/modules/")
	if !ok {
		return n.module
	}
	module, _, _ := strings.Cut(rest, "/")
	return module
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
