-- name: insert_act
-- scope: system
INSERT INTO tenancy_acts (hash, user_id, acting, audience, realm, reason, made_at, until)
VALUES (:hash, :user, :acting, :audience, :realm, :reason, :now, :until);

-- name: use_act
-- scope: system
UPDATE tenancy_acts
SET used_at = :now
WHERE hash = :hash AND audience = :audience AND realm = :realm AND used_at IS NULL AND made_at >= :since AND until > :now
RETURNING user_id, acting, until;
