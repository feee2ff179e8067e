-- +goose Up
-- Entries are chained after they were written: seq is the place in the chain and
-- NULL until then, hash holds for the entry and all before it, told for the part
-- that somebody may ask to be forgotten, which salt keeps from being guessed.
ALTER TABLE tenancy_audit ADD COLUMN seq BIGINT;
ALTER TABLE tenancy_audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE tenancy_audit ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE tenancy_audit ADD COLUMN salt TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX tenancy_audit_by_seq ON tenancy_audit (seq);
CREATE INDEX tenancy_audit_unsealed ON tenancy_audit (id) WHERE seq IS NULL;
CREATE INDEX tenancy_audit_by_actor ON tenancy_audit (store_id, actor_id, id);

-- The end of the chain, sealed with a key that the database does not have.
CREATE TABLE tenancy_audit_heads (
  name TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  seal TEXT NOT NULL,
  at BIGINT
);
INSERT INTO tenancy_audit_heads (name, seq, hash, seal) VALUES ('audit', 0, '', '');
