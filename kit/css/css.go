// Package css lets in rules that others write, but only what can do no more than
// change how a part of a page looks: it is written anew from what is understood and
// allowed, below one element, and all else is left out and named.
package css

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	lex "github.com/tdewolff/parse/v2/css"
)

// Refusal is something that was left out.
type Refusal struct {
	Line int
	What string // as it was written, shortened: "@import", "position: fixed"
}

// Below are the rules of a text as they apply below an element, which scope selects,
// and what of them was left out. Whatever the text says, the rules load nothing, reach
// nothing outside of the element, and end where they end.
func Below(scope, text string) (rules string, refused []Refusal) {
	p := &parser{scope: scope, line: 1}
	if strings.IndexByte(text, 0) >= 0 || len(text) > MaxBytes {
		return "", []Refusal{{Line: 1, What: "…"}}
	}
	p.read(text)
	var out strings.Builder
	p.rules(&out, true)
	return out.String(), p.refused
}

// MaxBytes is how long a text may be.
const MaxBytes = 20 << 10

// token is one as the lexer found it, with the line that it stands in.
type token struct {
	lex.TokenType
	text string
	line int
}

type parser struct {
	scope   string
	all     []token
	at      int
	line    int
	refused []Refusal
}

func (p *parser) read(text string) {
	l := lex.NewLexer(parse.NewInputString(text))
	for {
		tt, data := l.Next()
		if tt == lex.ErrorToken {
			return
		}
		switch {
		case tt == lex.CommentToken || tt == lex.CDOToken || tt == lex.CDCToken:
		case tt == lex.WhitespaceToken:
			p.all = append(p.all, token{tt, " ", p.line})
		default:
			p.all = append(p.all, token{tt, string(data), p.line})
		}
		p.line += strings.Count(string(data), "\n")
	}
}

func (p *parser) refuse(at []token) {
	const longest = 60
	if len(at) == 0 || len(p.refused) >= 50 {
		return
	}
	r := Refusal{Line: at[0].line, What: strings.TrimSpace(joined(at))}
	if letters := []rune(r.What); len(letters) > longest {
		r.What = string(letters[:longest]) + "…"
	}
	p.refused = append(p.refused, r)
}

// rules reads rules up to the end, or up to the end of the block around them.
func (p *parser) rules(out *strings.Builder, top bool) {
	for p.at < len(p.all) {
		switch t := p.all[p.at]; {
		case t.TokenType == lex.WhitespaceToken || t.TokenType == lex.SemicolonToken:
			p.at++
		case t.TokenType == lex.RightBraceToken:
			if p.at++; !top {
				return
			}
		case t.TokenType == lex.AtKeywordToken:
			p.atRule(out, top)
		default:
			p.rule(out)
		}
	}
}

// until takes what stands before one of some tokens, which it leaves.
func (p *parser) until(ends ...lex.TokenType) []token {
	from, depth := p.at, 0
	for ; p.at < len(p.all); p.at++ {
		t := p.all[p.at].TokenType
		if depth == 0 && slices.Contains(ends, t) {
			break
		}
		depth = max(0, depth+step(t))
	}
	return trim(p.all[from:p.at])
}

func step(t lex.TokenType) int {
	switch t {
	case lex.LeftParenthesisToken, lex.LeftBracketToken, lex.LeftBraceToken, lex.FunctionToken:
		return 1
	case lex.RightParenthesisToken, lex.RightBracketToken, lex.RightBraceToken:
		return -1
	}
	return 0
}

func trim(all []token) []token {
	for len(all) > 0 && all[0].TokenType == lex.WhitespaceToken {
		all = all[1:]
	}
	for len(all) > 0 && all[len(all)-1].TokenType == lex.WhitespaceToken {
		all = all[:len(all)-1]
	}
	return all
}

func joined(all []token) string {
	var b strings.Builder
	for _, t := range all {
		b.WriteString(t.text)
	}
	return b.String()
}

// atRule takes rules for some windows; nothing else that begins with an @ is let in.
func (p *parser) atRule(out *strings.Builder, top bool) {
	head := p.until(lex.LeftBraceToken, lex.SemicolonToken)
	block := p.at < len(p.all) && p.all[p.at].TokenType == lex.LeftBraceToken
	p.at++
	if !block {
		p.refuse(head)
		return
	}
	if !top || !strings.EqualFold(head[0].text, "@media") || !mediaAllowed(head[1:]) {
		p.refuse(head)
		p.until(lex.RightBraceToken)
		p.at++
		return
	}
	var inside strings.Builder
	p.rules(&inside, false)
	if inside.Len() > 0 {
		out.WriteString(joined(head) + "{" + inside.String() + "}")
	}
}

// mediaWords are what rules may ask about the window.
var mediaWords = []string{
	"screen", "print", "all", "and", "min-width", "max-width", "width", "orientation", "portrait", "landscape", "prefers-color-scheme", "dark", "light",
	"prefers-reduced-motion", "reduce", "no-preference", "hover", "none",
}

func mediaAllowed(all []token) bool {
	depth := 0
	for _, t := range all {
		switch t.TokenType {
		case lex.WhitespaceToken, lex.CommaToken, lex.ColonToken:
		case lex.DimensionToken, lex.NumberToken:
			if !plain(t.text) {
				return false
			}
		case lex.LeftParenthesisToken:
			depth++
		case lex.RightParenthesisToken:
			depth--
		case lex.IdentToken:
			if !slices.Contains(mediaWords, strings.ToLower(t.text)) {
				return false
			}
		default:
			return false
		}
		if depth < 0 || depth > 1 {
			return false
		}
	}
	return depth == 0 && len(all) > 0
}

// rule takes a rule: its selectors and its block.
func (p *parser) rule(out *strings.Builder) {
	head := p.until(lex.LeftBraceToken)
	if p.at++; p.at > len(p.all) {
		p.refuse(head)
		return
	}
	inside := p.until(lex.RightBraceToken)
	p.at++
	selectors, ok := p.selectors(head)
	if !ok {
		p.refuse(head)
		return
	}
	if body := p.declarations(inside); body != "" {
		out.WriteString(selectors + "{" + body + "}")
	}
}

// declarations are the allowed ones of a block.
func (p *parser) declarations(all []token) string {
	var out []string
	for _, d := range split(all, lex.SemicolonToken) {
		if d = trim(d); len(d) == 0 {
			continue
		}
		i := slices.IndexFunc(d, func(t token) bool { return t.TokenType == lex.ColonToken })
		if i < 1 {
			p.refuse(d)
			continue
		}
		name, value := strings.ToLower(joined(trim(d[:i]))), trim(d[i+1:])
		if !declarationAllowed(name, value) {
			p.refuse(d)
			continue
		}
		out = append(out, name+":"+joined(value))
	}
	return strings.Join(out, ";")
}

// split cuts at a token that stands in nothing else.
func split(all []token, by lex.TokenType) [][]token {
	var out [][]token
	from, depth := 0, 0
	for i, t := range all {
		if t.TokenType == by && depth == 0 {
			out, from = append(out, all[from:i]), i+1
		}
		depth = max(0, depth+step(t.TokenType))
	}
	return append(out, all[from:])
}

// plain tells that a text is nothing but letters, digits and signs without a meaning.
func plain(text string) bool {
	for _, r := range text {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.%+#", r)) {
			return false
		}
	}
	return true
}

func whole(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil
}
