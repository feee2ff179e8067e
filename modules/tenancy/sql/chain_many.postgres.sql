-- name: unsealed_audit
-- scope: system
-- Locked, so that nobody forgets a part of what is being chained.
SELECT store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  COALESCE(CAST(before AS TEXT), ''), COALESCE(CAST(after AS TEXT), ''), at, COALESCE(seq, 0), hash, told, salt
FROM tenancy_audit
WHERE seq IS NULL AND at >= :oldest
ORDER BY id
LIMIT :limit
FOR UPDATE;

-- name: seal_audit
-- scope: system
UPDATE tenancy_audit
SET seq = r.seq, hash = r.hash, told = r.told, salt = r.salt
FROM json_to_recordset(CAST(:rows AS json)) AS r(store BIGINT, id BIGINT, seq BIGINT, hash TEXT, told TEXT, salt TEXT)
WHERE tenancy_audit.store_id = r.store AND tenancy_audit.id = r.id;
