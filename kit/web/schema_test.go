package web

import (
	"reflect"
	"testing"
)

func TestSchemaNamesDoNotMeet(t *testing.T) {
	t.Parallel()
	names := &schemaNames{module: "orders", types: map[string]reflect.Type{}}
	first := reflect.TypeOf(struct{ Items []int }{})
	second := reflect.TypeOf(struct{ Items []string }{})
	named := reflect.TypeOf(Problem{})
	for _, c := range []struct {
		module string
		t      reflect.Type
		want   string
	}{
		{"orders", first, "OrdersListBody"},
		{"payments", second, "PaymentsListBody"},
		{"payments", first, "PaymentsListBody2"},
		{"orders", first, "OrdersListBody"},
		{"orders", named, "Problem"},
	} {
		names.module = c.module
		if got := names.name(c.t, "ListBody"); got != c.want {
			t.Errorf("%v of %s is called %s, want %s", c.t, c.module, got, c.want)
		}
	}
}
