package catalog

import (
	"html"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy keeps the HTML that a description needs, and nothing that runs,
// loads from elsewhere in secret or dresses up as ours.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.RequireNoFollowOnLinks(true)
	return p
})

// bare strips all HTML.
var bare = sync.OnceValue(bluemonday.StrictPolicy)

// clean makes the HTML of a body safe to show. Cleaning twice is cleaning once.
func clean(body string) string {
	body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	if !strings.ContainsAny(body, "<&\x00") {
		return html.EscapeString(body)
	}
	return strings.TrimSpace(policy().Sanitize(body))
}

// textOf is what a reader sees of HTML, for the search index and for
// descriptions that must not have markup.
func textOf(body string) string {
	if !strings.ContainsAny(body, "<&") {
		return squeeze(body)
	}
	// Blocks end words, which the markup alone told.
	return squeeze(html.UnescapeString(bare().Sanitize(strings.ReplaceAll(body, "<", " <"))))
}
