-- name: add_logs
-- scope: system
INSERT INTO monitoring_logs (id, at, level, message, module, platform, request, attrs, bytes)
SELECT r.id, r.at, r.level, r.message, r.module, r.platform, r.request, r.attrs, r.bytes
FROM json_to_recordset(CAST(:rows AS json)) AS r(id BIGINT, at BIGINT, level BIGINT, message TEXT, module TEXT, platform TEXT,
  request TEXT, attrs TEXT, bytes BIGINT);
