-- name: audit_head
-- scope: system
SELECT seq, hash, seal, at
FROM tenancy_audit_heads
WHERE name = 'audit';

-- name: hold_audit_head
-- scope: system
UPDATE tenancy_audit_heads
SET seq = seq
WHERE name = 'audit'
RETURNING seq, hash, seal, at;

-- name: move_audit_head
-- scope: system
UPDATE tenancy_audit_heads
SET seq = :seq, hash = :hash, seal = :seal, at = :at
WHERE name = 'audit';

-- name: audit_chain
-- scope: system
SELECT store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  COALESCE(CAST(before AS TEXT), ''), COALESCE(CAST(after AS TEXT), ''), at, COALESCE(seq, 0), hash, told, salt
FROM tenancy_audit
WHERE seq > :after
ORDER BY seq
LIMIT :limit;

-- name: audit_strays
-- scope: system
SELECT store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  COALESCE(CAST(before AS TEXT), ''), COALESCE(CAST(after AS TEXT), ''), at, COALESCE(seq, 0), hash, told, salt
FROM tenancy_audit
WHERE seq IS NULL AND at < :oldest
ORDER BY id
LIMIT :limit;

-- name: audit_counts
-- scope: system
SELECT COUNT(*), COUNT(seq)
FROM tenancy_audit;

-- name: forget_target
UPDATE tenancy_audit
SET title = '', before = NULL, after = NULL, salt = '', actor_name = CASE WHEN actor_kind = 'customer' THEN '' ELSE actor_name END
WHERE store_id = :store_id AND target = :who;

-- name: forget_actor
UPDATE tenancy_audit
SET title = '', before = NULL, after = NULL, salt = '', actor_name = CASE WHEN actor_kind = 'customer' THEN '' ELSE actor_name END
WHERE store_id = :store_id AND actor_id = :who;
