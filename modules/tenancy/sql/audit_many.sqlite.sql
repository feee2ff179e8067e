-- name: record_all
INSERT INTO tenancy_audit (store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  before, after, at)
SELECT :store_id, CAST(json_extract(e.value, '$.id') AS BIGINT), :merchant_id, :platform_id, json_extract(e.value, '$.actor_kind'),
  json_extract(e.value, '$.actor_id'), json_extract(e.value, '$.actor_name'), json_extract(e.value, '$.action'),
  json_extract(e.value, '$.target'), json_extract(e.value, '$.title'), json_extract(e.value, '$.before'), json_extract(e.value, '$.after'), :now
FROM json_each(:rows) e;
