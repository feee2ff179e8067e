-- +goose Up
-- Who may sit in whose place, why and until when. Only the hash of the link is
-- kept, which opens one session.
CREATE TABLE tenancy_acts (
  hash TEXT NOT NULL PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES tenancy_users (id) ON DELETE CASCADE,
  acting BIGINT NOT NULL REFERENCES tenancy_users (id) ON DELETE CASCADE,
  audience TEXT NOT NULL,
  realm BIGINT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX tenancy_acts_by_user ON tenancy_acts (user_id);
CREATE INDEX tenancy_acts_by_acting ON tenancy_acts (acting);
