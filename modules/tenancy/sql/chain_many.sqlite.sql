-- name: unsealed_audit
-- scope: system
SELECT store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  COALESCE(CAST(before AS TEXT), ''), COALESCE(CAST(after AS TEXT), ''), at, COALESCE(seq, 0), hash, told, salt
FROM tenancy_audit
WHERE seq IS NULL AND at >= :oldest
ORDER BY id
LIMIT :limit;

-- name: seal_audit
-- scope: system
WITH r AS MATERIALIZED (
  SELECT CAST(json_extract(value, '$.store') AS BIGINT) AS store, CAST(json_extract(value, '$.id') AS BIGINT) AS id,
    CAST(json_extract(value, '$.seq') AS BIGINT) AS seq, json_extract(value, '$.hash') AS hash,
    json_extract(value, '$.told') AS told, json_extract(value, '$.salt') AS salt
  FROM json_each(:rows)
)
UPDATE tenancy_audit
SET seq = r.seq, hash = r.hash, told = r.told, salt = r.salt
FROM r
WHERE tenancy_audit.store_id = r.store AND tenancy_audit.id = r.id;
