-- name: add_logs
-- scope: system
INSERT INTO monitoring_logs (id, at, level, message, module, platform, request, attrs, bytes)
SELECT json_extract(value, '$.id'), json_extract(value, '$.at'), json_extract(value, '$.level'), json_extract(value, '$.message'),
  json_extract(value, '$.module'), json_extract(value, '$.platform'), json_extract(value, '$.request'), json_extract(value, '$.attrs'),
  json_extract(value, '$.bytes')
FROM json_each(:rows);
