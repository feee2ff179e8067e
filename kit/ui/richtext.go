package ui

import (
	"context"
	"encoding/json"
)

// penWords are what the buttons of a rich text are called, as Trix knows them.
func penWords(ctx context.Context) string {
	words := map[string]string{"bullets": "bullets", "numbers": "numbers", "heading1": "heading", "url": "address", "urlPlaceholder": "address"}
	for _, same := range []string{"bold", "italic", "strike", "link", "quote", "code", "outdent", "indent", "undo", "redo", "unlink"} {
		words[same] = same
	}
	for trix, ours := range words {
		words[trix] = tr(ctx, "ui.pen_"+ours)
	}
	out, _ := json.Marshal(words)
	return string(out)
}
