package letters_test

import (
	"testing"

	"orion/kit/letters"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"as it is 1": "as it is 1", "Crème BRÛLÉE": "creme brulee", "Straße, Œuf, L’Épice": "strasse, oeuf, l'epice", "Ångström, Łódź, señor": "angstrom, lodz, senor",
	} {
		if got := letters.Fold(in); got != want {
			t.Errorf("Fold(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{"éàü": letters.Clip("éàüö", 3), "éà": letters.Clip("éà", 2), "": letters.Clip("x", 0)} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
