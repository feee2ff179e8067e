-- name: insert_session
-- scope: system
INSERT INTO auth_sessions (hash, audience, realm, subject, created_at, seen_at, expires_at, addr, agent, acting, until)
VALUES (:hash, :audience, :realm, :subject, :now, :now, :expires_at, :addr, :agent, :acting, :until)

-- name: find_session
-- scope: system
SELECT audience, realm, subject, acting, until, seen_at, expires_at
FROM auth_sessions
WHERE hash = :hash

-- name: touch_session
-- scope: system
UPDATE auth_sessions
SET seen_at = :now, expires_at = :expires_at
WHERE hash = :hash

-- name: delete_session
-- scope: system
DELETE FROM auth_sessions
WHERE hash = :hash

-- name: delete_sessions_of
-- scope: system
DELETE FROM auth_sessions
WHERE subject = :subject

-- name: delete_session_of
-- scope: system
DELETE FROM auth_sessions
WHERE hash = :hash AND subject = :subject

-- name: staff_sessions
-- scope: system
-- columns: s.subject, s.created_at, s.hash
SELECT s.hash, s.audience, s.realm, s.subject, s.acting, s.until, s.addr, s.agent, s.created_at, s.seen_at, s.expires_at
FROM auth_sessions s
WHERE s.audience <> 'storefront' AND s.expires_at > :now
-- where
-- order

-- name: delete_expired_sessions
-- scope: system
DELETE FROM auth_sessions
WHERE expires_at < :now

-- name: insert_token
-- scope: system
INSERT INTO auth_tokens (id, hash, hint, name, audience, realm, scopes, created_by, created_at, expires_at)
VALUES (:id, :hash, :hint, :name, :audience, :realm, :scopes, :creator, :now, :expires_at)

-- name: find_token
-- scope: system
SELECT id, hint, name, audience, realm, scopes, created_by, created_at, used_at, expires_at, revoked_at
FROM auth_tokens
WHERE hash = :hash

-- name: list_tokens
-- scope: system
SELECT id, hint, name, audience, realm, scopes, created_by, created_at, used_at, expires_at, revoked_at
FROM auth_tokens
WHERE audience = :audience AND realm = :realm
ORDER BY id DESC
LIMIT 100

-- name: revoke_token
-- scope: system
UPDATE auth_tokens
SET revoked_at = :now
WHERE id = :id AND audience = :audience AND realm = :realm AND revoked_at IS NULL

-- name: touch_token
-- scope: system
UPDATE auth_tokens
SET used_at = :now
WHERE id = :id
