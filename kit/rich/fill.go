package rich

import (
	"html"
	"strings"
)

// Fill puts values into the places of a clean text that name them, such as
// {email}. Only what a reader sees is filled in: an address that a value could
// turn into something that runs stays as it is.
func Fill(body string, values map[string]string) string {
	if !strings.Contains(body, "{") {
		return body
	}
	pairs := make([]string, 0, 2*len(values))
	for name, v := range values {
		pairs = append(pairs, "{"+name+"}", strings.ReplaceAll(html.EscapeString(v), "\n", "<br>"))
	}
	in := strings.NewReplacer(pairs...)
	var out strings.Builder
	for body != "" {
		tag := strings.IndexByte(body, '<')
		if tag < 0 {
			out.WriteString(in.Replace(body))
			break
		}
		out.WriteString(in.Replace(body[:tag]))
		end := strings.IndexByte(body[tag:], '>')
		if end < 0 {
			out.WriteString(body[tag:])
			break
		}
		out.WriteString(body[tag : tag+end+1])
		body = body[tag+end+1:]
	}
	return out.String()
}
