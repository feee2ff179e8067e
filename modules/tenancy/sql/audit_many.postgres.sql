-- name: record_all
INSERT INTO tenancy_audit (store_id, id, merchant_id, platform_id, actor_kind, actor_id, actor_name, action, target, title,
  before, after, at)
SELECT CAST(:store_id AS BIGINT), e.id, CAST(:merchant_id AS BIGINT), CAST(:platform_id AS BIGINT), e.actor_kind, e.actor_id, e.actor_name, e.action, e.target, e.title,
  CAST(e.before AS json), CAST(e.after AS json), CAST(:now AS BIGINT)
FROM json_to_recordset(CAST(:rows AS json)) AS e(id BIGINT, actor_kind TEXT, actor_id TEXT, actor_name TEXT, action TEXT, target TEXT,
  title TEXT, before TEXT, after TEXT);
