package inquiry

import "strings"

// split cuts a text into words: names, names in quotes, numbers, strings, signs.
// Comments become nothing. What the two databases read differently is refused:
// strings with escapes or dollars, parameters, and bytes that are no text.
func split(text string) ([]string, error) {
	var out []string
	for i := 0; i < len(text); {
		c := text[i]
		end := i + 1
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i = end
			continue
		case strings.HasPrefix(text[i:], "--"):
			if end = strings.IndexByte(text[i:], '\n'); end < 0 {
				return out, nil
			}
			i += end
			continue
		case c == '\'' || c == '"':
			if end = quoted(text, i); end < 0 {
				return nil, ErrSign.With("sign", string(c))
			}
		case isLetter(c):
			for end < len(text) && (isLetter(text[end]) || isDigit(text[end])) {
				end++
			}
		case isDigit(c):
			for end < len(text) && (isDigit(text[end]) || text[end] == '.' || isLetter(text[end])) {
				end++
			}
		case strings.HasPrefix(text[i:], "/*") || strings.IndexByte(" ,.()[];+-*/<>=|&%!~^:", c) < 0:
			return nil, ErrSign.With("sign", sign(text[i:]))
		default:
			end = operator(text, i)
		}
		out = append(out, text[i:end])
		i = end
	}
	return out, nil
}

func isLetter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// quoted is the place behind the quote that ends the one at i; two of them are one
// that belongs to the text. It is -1 when there is none.
func quoted(text string, i int) int {
	quote := text[i]
	for j := i + 1; j < len(text); j++ {
		if text[j] != quote {
			continue
		}
		if j+1 < len(text) && text[j+1] == quote {
			j++
			continue
		}
		return j + 1
	}
	return -1
}

// operator is the place behind a sign that takes more than one byte.
func operator(text string, i int) int {
	for _, long := range []string{"->>", "!~~", "||", "<=", ">=", "<>", "!=", "==", "::", "->", "!~", "~~", "<<", ">>"} {
		if strings.HasPrefix(text[i:], long) {
			return i + len(long)
		}
	}
	return i + 1
}

// sign is what a text begins with, to be named in an error.
func sign(text string) string {
	if strings.HasPrefix(text, "/*") {
		return "/*"
	}
	for _, r := range text {
		return string(r)
	}
	return ""
}
