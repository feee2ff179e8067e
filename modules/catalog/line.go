package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"orion/kit/i18n"
	"orion/kit/letters"
	"orion/kit/rich"
)

// A product's line holds what lists filter and count by. It is stored with the
// product and read for all products of a list at once as one text, whose parts
// are then only pointed at: a list of a thousand costs one row and no decoding.
//
//	ID PRICE INSTOCK \t MARK \t MARK … \n
//
// The first three stand in columns of their own and are put before by the
// statement. A mark is a letter and a value.
const (
	markCategory = 'c' // the category's number
	markFeatured = 'f' // no value
	markBrand    = 'b'
	markTag      = 't'
	markOption   = 'o' // option=value, both codes
)

// marks is the stored part of a product's line.
func marks(p ProductInput) string {
	var out strings.Builder
	mark := func(kind byte, value string) {
		out.WriteByte('\t')
		out.WriteByte(kind)
		out.WriteString(value)
	}
	if p.Category != 0 {
		mark(markCategory, strconv.FormatInt(int64(p.Category), 10))
	}
	if p.Featured {
		mark(markFeatured, "")
	}
	if p.Brand != "" {
		mark(markBrand, p.Brand)
	}
	for _, t := range p.Tags {
		mark(markTag, t)
	}
	for i, o := range p.Options {
		for _, v := range o.Values {
			if slices.ContainsFunc(p.Variants, func(have Variant) bool { return i < len(have.Values) && have.Values[i] == v.Code }) {
				mark(markOption, o.Code+"="+v.Code)
			}
		}
	}
	out.WriteByte('\n')
	return out.String()
}

// hit is one product of a list. Its marks point into the text that was read.
type hit struct {
	id       int64
	price    int64
	rank     int // place by relevance, best first
	inStock  bool
	featured bool
	marks    []string
}

// hits reads lines. What is malformed is left out: the lines are our own.
func hits(text string) []hit {
	n := strings.Count(text, "\n")
	out := make([]hit, 0, n)
	all := make([]string, 0, strings.Count(text, "\t"))
	for line := range strings.SplitSeq(text, "\n") {
		head, rest, _ := strings.Cut(line, "\t")
		h, ok := hitOf(head)
		if !ok {
			continue
		}
		h.rank = len(out)
		from := len(all)
		for rest != "" {
			var m string
			m, rest, _ = strings.Cut(rest, "\t")
			all = append(all, m)
		}
		h.marks = all[from:len(all):len(all)]
		h.featured = slices.Contains(h.marks, string(rune(markFeatured)))
		out = append(out, h)
	}
	return out
}

func hitOf(head string) (hit, bool) {
	number, rest, ok := strings.Cut(head, " ")
	price, stock, ok2 := strings.Cut(rest, " ")
	if !ok || !ok2 {
		return hit{}, false
	}
	h := hit{inStock: stock == "1"}
	var err, err2 error
	h.id, err = strconv.ParseInt(number, 10, 64)
	h.price, err2 = strconv.ParseInt(price, 10, 64)
	return h, err == nil && err2 == nil
}

// Sort is an order of a list.
type Sort string

// The orders.
const (
	Best      Sort = "best" // most relevant, or featured and then newest
	Newest    Sort = "newest"
	PriceUp   Sort = "price"
	PriceDown Sort = "-price"
)

// Sorts are all orders as menus show them.
var Sorts = []Sort{Best, Newest, PriceUp, PriceDown}

// key is what a hit is sorted by, smallest first; equal keys are sorted by
// identifier, newest first.
func (s Sort) key(h hit, searched bool) int64 {
	switch {
	case s == PriceUp:
		return h.price
	case s == PriceDown:
		return -h.price
	case s == Newest:
		return 0
	case searched:
		return int64(h.rank)
	case h.featured:
		return 0
	}
	return 1
}

func (s Sort) arrange(hs []hit, searched bool) {
	slices.SortFunc(hs, func(a, b hit) int {
		return cmp.Or(cmp.Compare(s.key(a, searched), s.key(b, searched)), cmp.Compare(b.id, a.id))
	})
}

// searchWords are the words that a product is found by, heaviest first: its
// titles, then names and numbers, then its texts. All languages are in it, so
// that a reader finds a thing by whatever it is called.
func searchWords(p ProductInput, category []i18n.Text) (title, words, body []string) {
	for _, l := range i18n.Langs {
		title = append(title, tokens(p.Title[l])...)
	}
	words = append(words, tokens(p.Brand)...)
	for _, t := range p.Tags {
		words = append(words, tokens(t)...)
	}
	for _, name := range category {
		for _, l := range i18n.Langs {
			words = append(words, tokens(name[l])...)
		}
	}
	for _, o := range p.Options {
		for _, v := range o.Values {
			for _, l := range i18n.Langs {
				words = append(words, tokens(v.Name[l])...)
			}
		}
	}
	for _, v := range p.Variants {
		words = append(words, tokens(v.SKU)...)
		words = append(words, tokens(v.GTIN)...)
		words = append(words, tokens(v.Barcode)...)
	}
	for _, l := range i18n.Langs {
		body = append(body, tokens(p.Summary[l])...)
		body = append(body, tokens(rich.Text(p.Body[l]))...)
	}
	return distinct(title), distinct(words), distinct(body)
}

const (
	maxWord  = 64
	maxWords = 2000
)

// distinct drops repeated words: that a word stands often in a text says more
// about the text's length than about its subject.
func distinct(words []string) []string {
	seen := make(map[string]bool, len(words))
	out := words[:0]
	for _, w := range words {
		if len(w) <= maxWord && !seen[w] && len(out) < maxWords {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

const maxTerms = 8

// terms are the words of a search as stems to look for by prefix, so that
// "bicycles" finds a bicycle and "rad" a Radhose.
func terms(q string) []string {
	words := distinct(tokens(q))
	words = words[:min(len(words), maxTerms)]
	for i, w := range words {
		words[i] = stem(w)
	}
	return words
}

// stem takes off an ending that only tells number or case in our languages.
func stem(w string) string {
	for _, ending := range []string{"en", "es", "er", "s", "e", "n", "x"} {
		if rest, ok := strings.CutSuffix(w, ending); ok && len(rest) >= 4 {
			return rest
		}
	}
	return w
}

// foundBy is what the staff's list looks for text in.
func foundBy(p ProductInput) string {
	var parts []string
	for _, l := range i18n.Langs {
		parts = append(parts, p.Title[l])
	}
	parts = append(parts, p.Brand, p.Slug)
	for _, v := range p.Variants {
		parts = append(parts, v.SKU, v.GTIN, v.Barcode)
	}
	return letters.Fold(strings.Join(distinct(strings.Fields(strings.Join(parts, " "))), " "))
}
