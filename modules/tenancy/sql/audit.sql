-- name: record
INSERT INTO tenancy_audit (store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  before, after, at)
VALUES (:store_id, :id, :merchant_id, :platform_id, :actor_kind, :actor_id, :actor_name, :action, :target, :title,
  :before, :after, :now);

-- name: record_here
INSERT INTO tenancy_audit (store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  before, after, at)
VALUES (:store_id, :id, :merchant_id, :platform_id, :actor_kind, :actor_id, :actor_name, :action, :target, :title,
  :before, :after, :now);

-- name: record_for
-- scope: system
INSERT INTO tenancy_audit (store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  before, after, at)
VALUES (:store_id, :id, :merchant_id, :platform_id, :actor_kind, :actor_id, :actor_name, :action, :target, :title,
  :before, :after, :now);

-- name: list_audit
-- columns: a.id, a.actor_id, a.actor_kind, a.actor_name, a.action, a.target, a.title, a.at
SELECT a.store_id, a.id, a.actor_kind, a.actor_id, a.actor_name, a.action, a.target, a.title, a.before, a.after, a.at, a.platform_id,
  COALESCE(a.seq, 0), a.hash
FROM tenancy_audit a
WHERE a.store_id = :store_id
-- where
-- order

-- name: list_audit_of_all
-- scope: system
-- columns: a.id, a.actor_id, a.actor_kind, a.actor_name, a.action, a.target, a.title, a.at, a.store_id, a.platform_id
SELECT a.store_id, a.id, a.actor_kind, a.actor_id, a.actor_name, a.action, a.target, a.title, a.before, a.after, a.at, a.platform_id,
  COALESCE(a.seq, 0), a.hash
FROM tenancy_audit a
WHERE 1 = 1
-- where
-- order
