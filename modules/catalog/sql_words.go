package catalog

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	sqlForgetWords = db.Must[tenant.Store](files, "forget_words")
	sqlPutWords    = db.Must[tenant.Store](files, "put_words")
)

// wordText is what a product is found by, as the statement reads it.
type wordText struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
	Words string `json:"words"`
	Body  string `json:"body"`
}

// putWords makes products found by their words; only what is for sale is found.
func putWords(ctx context.Context, tx tx, ps []Product, f *facts) error {
	var rows []wordText
	for _, p := range ps {
		if p.Status == Active {
			title, words, body := searchWords(p.ProductInput, f.names(p.Category))
			rows = append(rows, wordText{int64(p.ID), wordList(tx, title, 'A'), wordList(tx, words, 'B'), wordList(tx, body, 'D')})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, sqlPutWords, db.Args{"rows": db.JSON(rows)}); err != nil {
		return fmt.Errorf("put words: %w", err)
	}
	return nil
}

// forgetWords makes products no longer found.
func forgetWords(ctx context.Context, tx tx, ps []Product) error {
	if len(ps) == 0 {
		return nil
	}
	ids := make([]int64, len(ps))
	for i, p := range ps {
		ids[i] = int64(p.ID)
	}
	if _, err := db.Exec(ctx, tx, sqlForgetWords, db.Args{"ids": ids}); err != nil {
		return fmt.Errorf("forget words: %w", err)
	}
	return nil
}

// wordList writes words as the database wants them. Words are letters and
// digits only, so nothing needs quoting.
func wordList(tx tx, words []string, weight byte) string {
	if tx.Dialect() == db.SQLite {
		return strings.Join(words, " ")
	}
	var out strings.Builder
	for i, w := range words {
		out.WriteString("'" + w + "':" + strconv.Itoa(i+1) + string(weight) + " ")
	}
	return out.String()
}

// termQuery asks for all terms by prefix, in the language of the database.
func termQuery(tx tx, terms []string) string {
	var out strings.Builder
	for i, w := range terms {
		if tx.Dialect() == db.SQLite {
			if i > 0 {
				out.WriteString(" AND ")
			}
			out.WriteString(`"` + w + `"*`)
			continue
		}
		if i > 0 {
			out.WriteString(" & ")
		}
		out.WriteString("'" + w + "':*")
	}
	return out.String()
}
