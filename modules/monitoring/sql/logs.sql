-- name: list_logs
-- scope: system
-- columns: l.id, l.level, l.module, l.platform, l.request, l.message, l.attrs
SELECT l.id, l.at, l.level, l.message, l.module, l.platform, l.request, l.attrs
FROM monitoring_logs l
WHERE 1 = 1
-- where
-- order

-- name: old_logs
-- scope: system
SELECT COALESCE(MAX(s.id), 0)
FROM (SELECT l.id, SUM(l.bytes) OVER (ORDER BY l.id DESC) AS together FROM monitoring_logs l) s
WHERE s.together > :bytes;

-- name: forget_logs
-- scope: system
DELETE FROM monitoring_logs
WHERE id <= :last OR at < :before;
