// Package rich is the HTML that people write with the rich text field, paste or
// import: what of it is kept, and what a reader sees of it.
package rich

import (
	"html"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy keeps the HTML that a text needs, and nothing that runs, loads from
// elsewhere in secret or dresses up as ours.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.RequireNoFollowOnLinks(true)
	p.AllowAttrs("alt").OnElements("img") // in whatever words
	return p
})

// bare strips all HTML.
var bare = sync.OnceValue(bluemonday.StrictPolicy)

// Clean makes the HTML of a body safe to show. Cleaning twice is cleaning once.
func Clean(body string) string {
	body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	if !strings.ContainsAny(body, "<&\x00") {
		return html.EscapeString(body)
	}
	return strings.TrimSpace(policy().Sanitize(body))
}

// Text is what a reader sees of HTML, in one line: for a search index and for
// descriptions that must not have markup.
func Text(body string) string {
	if strings.ContainsAny(body, "<&") {
		// Blocks end words, which the markup alone told.
		body = html.UnescapeString(bare().Sanitize(strings.ReplaceAll(body, "<", " <")))
	}
	return strings.Join(strings.Fields(body), " ")
}

// summarySize is what search engines show of a description, in bytes.
const summarySize = 160

// Summary is how a body begins, cut at a word: for search engines, where nobody
// wrote a description.
func Summary(body string) string {
	s := Text(body)
	if len(s) <= summarySize {
		return s
	}
	for i := summarySize; i > 0; i-- {
		if s[i] == ' ' {
			return s[:i] + "…"
		}
	}
	return ""
}
