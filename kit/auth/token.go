package auth

import (
	"context"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
)

var (
	insertToken = db.Must[tenant.System](Files, "insert_token")
	findToken   = db.Must[tenant.System](Files, "find_token")
	listTokens  = db.Must[tenant.System](Files, "list_tokens")
	revokeToken = db.Must[tenant.System](Files, "revoke_token")
	touchToken  = db.Must[tenant.System](Files, "touch_token")
)

var errBadToken = fault.New(fault.Invalid, "auth.bad_token_request")

// TokenID names an API token.
type TokenID = id.ID[tokenKind]

type tokenKind struct{}

// Prefix of token identifiers.
func (tokenKind) Prefix() string { return "tok" }

// tokenPrefix makes tokens recognisable to people and to secret scanners.
const tokenPrefix = "orion_"

// Token is what a program signs in with.
type Token struct {
	ID       TokenID   `json:"id"`
	Name     string    `json:"name"`
	Hint     string    `json:"hint"` // its last characters
	Audience string    `json:"audience"`
	Realm    int64     `json:"-"`
	Scopes   []string  `json:"scopes"`               // permission codes; "*" is all
	Creator  string    `json:"created_by,omitempty"` // the identifier of a user; empty for the command line
	Created  time.Time `json:"created_at"`
	Used     time.Time `json:"used_at,omitzero"`
	Expires  time.Time `json:"expires_at,omitzero"`
	Revoked  time.Time `json:"revoked_at,omitzero"`
}

// Grants are what the token may do.
func (t Token) Grants() Grants {
	for _, s := range t.Scopes {
		if s == "*" {
			return Everything()
		}
	}
	return Granted(t.Scopes...)
}

// Tokens keeps API tokens; only their hashes are stored.
type Tokens struct {
	db     *db.DB
	in     tenant.System
	memory *memory[Token]
}

// NewTokens keeps tokens.
func NewTokens(d *db.DB, in tenant.System) *Tokens {
	return &Tokens{db: d, in: in, memory: newMemory[Token]()}
}

// Create makes a token and gives its secret, which cannot be shown again.
func (t *Tokens) Create(ctx context.Context, v Token) (Token, string, error) {
	if v.Name == "" || v.Audience == "" || len(v.Scopes) == 0 {
		return v, "", errBadToken
	}
	text := tokenPrefix + secret()
	v.Hint = text[len(text)-4:]
	v, err := db.Write(ctx, t.db, t.in, func(tx *db.Tx[tenant.System]) (Token, error) {
		v.ID, v.Created = db.NewID[tokenKind](tx), tx.Now()
		_, err := db.Exec(ctx, tx, insertToken, db.Args{
			"id": v.ID, "hash": hashToken(text), "hint": v.Hint, "name": v.Name, "audience": v.Audience,
			"realm": v.Realm, "scopes": db.JSON(v.Scopes), "creator": v.Creator, "now": v.Created, "expires_at": v.Expires,
		})
		return v, err
	})
	return v, text, err
}

// Find gives the token with a secret, unless it is revoked or its time is over.
func (t *Tokens) Find(ctx context.Context, text string) (Token, bool) {
	if !strings.HasPrefix(text, tokenPrefix) {
		return Token{}, false
	}
	hash, now := hashToken(text), t.db.Clock().Now()
	v, era, ok := t.memory.recall(hash)
	if !ok {
		var err error
		v, err = db.Read(ctx, t.db, t.in, func(tx *db.Tx[tenant.System]) (Token, error) {
			return db.One(ctx, tx, findToken, db.Args{"hash": hash}, scanToken)
		})
		if err != nil {
			return Token{}, false
		}
		t.memory.keep(era, hash, v)
	}
	if !v.Revoked.IsZero() || !v.Expires.IsZero() && !now.Before(v.Expires) {
		return Token{}, false
	}
	if now.Sub(v.Used) > time.Hour {
		v.Used = now
		t.memory.keep(era, hash, v)
		// When it was last used is for people to look at; failing to note it is harmless.
		_ = db.Do(ctx, t.db, t.in, func(tx *db.Tx[tenant.System]) error {
			_, err := db.Exec(ctx, tx, touchToken, db.Args{"id": v.ID, "now": now})
			return err
		})
	}
	return v, true
}

// List gives the newest hundred tokens of an audience and realm.
func (t *Tokens) List(ctx context.Context, audience string, realm int64) ([]Token, error) {
	return db.Read(ctx, t.db, t.in, func(tx *db.Tx[tenant.System]) ([]Token, error) {
		return db.All(ctx, tx, listTokens, db.Args{"audience": audience, "realm": realm}, scanToken)
	})
}

// Revoke ends a token of an audience and realm.
func (t *Tokens) Revoke(ctx context.Context, audience string, realm int64, token TokenID) error {
	defer t.memory.forget()
	n, err := db.Write(ctx, t.db, t.in, func(tx *db.Tx[tenant.System]) (int64, error) {
		return db.Exec(ctx, tx, revokeToken, db.Args{"id": token, "audience": audience, "realm": realm, "now": tx.Now()})
	})
	if err == nil && n == 0 {
		return db.ErrNoRow
	}
	return err
}

func scanToken(r db.Row) (v Token, err error) {
	return v, r.Scan(&v.ID, &v.Hint, &v.Name, &v.Audience, &v.Realm, db.JSON(&v.Scopes), &v.Creator,
		db.Time(&v.Created), db.Time(&v.Used), db.Time(&v.Expires), db.Time(&v.Revoked))
}
