-- +goose Up
-- Sessions and tokens are looked up before the tenant is known, so their scope
-- stands in realm: row-level security does not apply, the secret does.
CREATE TABLE auth_sessions (
  hash TEXT NOT NULL PRIMARY KEY,
  audience TEXT NOT NULL,
  realm BIGINT NOT NULL,
  subject BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX auth_sessions_subject ON auth_sessions (subject);
CREATE INDEX auth_sessions_expires ON auth_sessions (expires_at);

CREATE TABLE auth_tokens (
  id BIGINT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  name TEXT NOT NULL,
  audience TEXT NOT NULL,
  realm BIGINT NOT NULL,
  scopes JSON NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  expires_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX auth_tokens_realm ON auth_tokens (audience, realm, id);
