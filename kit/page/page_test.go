package page

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestOf(t *testing.T) {
	t.Parallel()
	key := func(n int) []any { return []any{n} }
	for _, c := range []struct {
		name  string
		rows  []int
		limit int
		want  Page[int]
	}{
		{"no rows", nil, 2, Page[int]{}},
		{"a full last page", []int{1, 2}, 2, Page[int]{Items: []int{1, 2}}},
		{"one more follows", []int{1, 2, 3}, 2, Page[int]{Items: []int{1, 2}, Next: Encode(2)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, Of(c.rows, c.limit, key)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRequestRows(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]int{-1: 20, 0: 20, 1: 1, 100: 100, 101: 100} {
		if got := (Request{Limit: limit}).Rows(); got != want {
			t.Errorf("limit %d: got %d, want %d", limit, got, want)
		}
	}
}

// Walking a list by cursor shows every row once and in order.
func TestWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.IntRange(0, 50).Draw(t, "total")
		ask := Request{Limit: rapid.IntRange(1, 12).Draw(t, "limit")}
		var seen []int
		for range total + 1 {
			from := 0
			if ask.After != "" {
				if err := Decode(ask.After, &from); err != nil {
					t.Fatal(err)
				}
			}
			var rows []int
			for n := from + 1; n <= total && len(rows) < ask.Fetch(); n++ {
				rows = append(rows, n)
			}
			p := Of(rows, ask.Limit, func(n int) []any { return []any{n} })
			seen = append(seen, p.Items...)
			if p.Next == "" {
				break
			}
			ask.After = p.Next
		}
		for i, n := range seen {
			if n != i+1 {
				t.Fatalf("row %d came as number %d", n, i+1)
			}
		}
		if len(seen) != total {
			t.Fatalf("saw %d of %d", len(seen), total)
		}
	})
}

func TestDecode(t *testing.T) {
	t.Parallel()
	var (
		id   int64
		name string
	)
	if err := Decode(Encode(int64(math.MaxInt64), "é/+"), &id, &name); err != nil {
		t.Fatal(err)
	}
	if id != math.MaxInt64 || name != "é/+" {
		t.Errorf("got %d, %q", id, name)
	}
	for _, cursor := range []string{"", "x", "!!", Encode(1), Encode("a", "b"), Encode(nil, "b"), Encode(1.5, "b"), Encode(1, "a", 2)} {
		if err := Decode(cursor, &id, &name); !errors.Is(err, ErrBadCursor) {
			t.Errorf("%q: %v", cursor, err)
		}
	}
}

func ExampleOf() {
	ask := Request{Limit: 2}
	rows := []string{"apple", "banana", "cherry"} // fetched with LIMIT ask.Fetch()
	p := Of(rows, ask.Limit, func(s string) []any { return []any{s} })

	var last string
	err := Decode(p.Next, &last)
	fmt.Println(p.Items, last, err)
	// Output: [apple banana] banana <nil>
}
