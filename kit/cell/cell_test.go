package cell_test

import (
	"fmt"
	"testing"

	"orion/kit/cell"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "", "Mug": "Mug", "L'oie": "L'oie", "'quoted'": "'quoted'", "=1+1": "'=1+1", "+352 1": "'+352 1", "-5": "'-5", "@sum": "'@sum",
		"\tx": "'\tx", "\rx": "'\rx", "'=1": "''=1", "''-": "'''-", "'": "'", " =1": " =1",
	} {
		got := cell.Escape(s)
		if got != want {
			t.Errorf("%q is written as %q, want %q", s, got, want)
		}
		if back := cell.Unescape(got); back != s {
			t.Errorf("%q comes back as %q", s, back)
		}
	}
}

func ExampleEscape() {
	fmt.Println(cell.Escape("=HYPERLINK(\"http://evil.example\")"))
	// Output: '=HYPERLINK("http://evil.example")
}
