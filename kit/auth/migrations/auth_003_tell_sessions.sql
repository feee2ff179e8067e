-- +goose Up
-- From where a session was begun, and who sits there when it is not the subject:
-- until is the end of such a session, whatever is done in it.
ALTER TABLE auth_sessions ADD COLUMN addr TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_sessions ADD COLUMN acting BIGINT NOT NULL DEFAULT 0;
ALTER TABLE auth_sessions ADD COLUMN until BIGINT;
CREATE INDEX auth_sessions_staff ON auth_sessions (created_at, hash) WHERE audience <> 'storefront';
