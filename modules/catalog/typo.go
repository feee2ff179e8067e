package catalog

import (
	"context"
	"strings"
)

// A search that finds nothing is tried again with the words of the store that
// are nearest to those that were typed. The words come from the names of its
// products, brands and categories, and stay on the shelf like its lists.

const (
	maxVocabulary = 20_000
	vocabularyKey = "?vocabulary"
)

// vocabulary is how often each word stands in the names of what the store sells.
func (m *Module) vocabulary(ctx context.Context, tx tx, f *facts) (map[string]int, error) {
	key := m.shelf.key(tx.Scope().ID(), vocabularyKey)
	if have, ok := m.shelf.lists.GetIfPresent(key); ok {
		return have.words, nil
	}
	text, err := loadVocabulary(ctx, tx)
	if err != nil {
		return nil, err
	}
	words := map[string]int{}
	learn := func(text string) {
		for _, w := range tokens(text) {
			if _, known := words[w]; (known || len(words) < maxVocabulary) && len(w) >= 3 && len(w) <= maxWord {
				words[w]++
			}
		}
	}
	for _, c := range f.tree.All() {
		for _, name := range c.Name {
			learn(name)
		}
	}
	learn(text)
	m.shelf.lists.Set(key, arranged{words: words})
	return words, nil
}

// meant is what somebody may have meant by a text: each word that the store
// does not know becomes the nearest one that it does. It is empty when there is
// none near enough.
func meant(text string, words map[string]int) string {
	typed := distinct(tokens(text))
	typed = typed[:min(len(typed), maxTerms)]
	changed := false
	for i, t := range typed {
		if begins(words, stem(t)) {
			continue
		}
		near, ok := nearest(t, words)
		if !ok {
			return ""
		}
		typed[i], changed = near, true
	}
	if !changed {
		return ""
	}
	return strings.Join(typed, " ")
}

func begins(words map[string]int, start string) bool {
	for w := range words {
		if strings.HasPrefix(w, start) {
			return true
		}
	}
	return false
}

// nearest is the word that needs the fewest changes to become what was typed,
// one for short words and two for longer ones; of equals, the more frequent.
func nearest(typed string, words map[string]int) (string, bool) {
	t := []rune(typed)
	limit := 2
	switch {
	case len(t) < 3:
		return "", false
	case len(t) < 6:
		limit = 1
	}
	best, far, often := "", limit+1, 0
	for w, n := range words {
		d := distance(t, []rune(w))
		if d < far || d == far && far <= limit && (n > often || n == often && w < best) {
			best, far, often = w, d, n
		}
	}
	return best, far <= limit
}

// distance is how many letters have to be put in, left out, changed, or swapped
// with their neighbour to make b of a. Words of very different length are far.
func distance(a, b []rune) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return len(a) + len(b)
	}
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
