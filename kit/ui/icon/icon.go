// Package icon has the line icons of the program, from Lucide. The list is in
// icons.txt; `make assets` writes the drawings into icons.go.
package icon

import (
	"context"
	"io"
)

// Icon is one drawing. It is a component; it is hidden from screen readers,
// because there is always a word beside it.
type Icon uint8

// Render writes the icon as inline SVG, nothing for None.
func (i Icon) Render(_ context.Context, w io.Writer) error {
	if int(i) >= len(drawings) || i == None {
		return nil
	}
	_, err := io.WriteString(w, drawings[i])
	return err
}

// String is the name of the icon at Lucide: "shopping-bag".
func (i Icon) String() string {
	if int(i) >= len(names) {
		return ""
	}
	return names[i]
}

// ByName finds an icon, None when there is no such icon.
func ByName(name string) Icon {
	for i, n := range names {
		if n == name {
			return Icon(i)
		}
	}
	return None
}

// All are the icons there are.
func All() []Icon {
	all := make([]Icon, 0, len(names)-1)
	for i := 1; i < len(names); i++ {
		all = append(all, Icon(i))
	}
	return all
}
