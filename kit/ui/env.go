package ui

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"orion/kit/i18n"
)

// Env is what components need to know about the page they are on.
type Env struct {
	Words  i18n.Words
	Base   string // prefix of the audience's addresses, "" or "/shops/kirchberg"
	Nonce  string // of the content security policy
	Hearts Hearts
}

type envKey struct{}

// With is the context in which a page is rendered.
func With(ctx context.Context, env Env) context.Context {
	env.Base = strings.TrimSuffix(env.Base, "/")
	ctx = context.WithValue(ctx, envKey{}, env)
	if env.Nonce != "" {
		ctx = templ.WithNonce(ctx, env.Nonce)
	}
	return ctx
}

// WithWords is the context with other words.
func WithWords(ctx context.Context, words i18n.Words) context.Context {
	env := envOf(ctx)
	env.Words = words
	return With(ctx, env)
}

// WithBase is the context with another prefix of addresses.
func WithBase(ctx context.Context, base string) context.Context {
	env := envOf(ctx)
	env.Base = base
	return With(ctx, env)
}

// WithNonce is the context with another nonce.
func WithNonce(ctx context.Context, nonce string) context.Context {
	env := envOf(ctx)
	env.Nonce = nonce
	return With(ctx, env)
}

// Words are the words of the page.
func Words(ctx context.Context) i18n.Words { return envOf(ctx).Words }

// Nonce is the nonce of the page, "" when there is none.
func Nonce(ctx context.Context) string { return envOf(ctx).Nonce }

// URL puts the prefix of the audience before a path. It leaves alone what has
// it already, what is relative ("?page=2", "#top"), and what has a scheme.
// "~/admin" is "/admin" whatever the prefix.
func URL(ctx context.Context, path string) string { return envOf(ctx).url(path) }

func (e Env) url(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		return rest
	}
	if e.Base == "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return path
	}
	if rest, ok := strings.CutPrefix(path, e.Base); ok && (rest == "" || rest[0] == '/' || rest[0] == '?') {
		return path
	}
	return e.Base + path
}

func envOf(ctx context.Context) Env {
	env, _ := ctx.Value(envKey{}).(Env)
	return env
}

// tr is the word of a key on this page.
func tr(ctx context.Context, key string, kv ...any) string { return envOf(ctx).Words.T(key, kv...) }

// or is the first of its words that says something.
func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
