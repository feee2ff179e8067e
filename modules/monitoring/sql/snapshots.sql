-- name: put_snapshot
-- scope: system
INSERT INTO monitoring_snapshots (day, measure, value, at)
VALUES (:day, :measure, :value, :at)
ON CONFLICT (day, measure) DO UPDATE
SET value = excluded.value, at = excluded.at;

-- name: snapshots
-- scope: system
SELECT day, measure, value, at
FROM monitoring_snapshots
WHERE day >= :since
ORDER BY day, measure;

-- name: latest_snapshot
-- scope: system
SELECT day, measure, value, at
FROM monitoring_snapshots
WHERE day = (SELECT MAX(l.day) FROM monitoring_snapshots l)
ORDER BY measure;

-- name: forget_snapshots
-- scope: system
DELETE FROM monitoring_snapshots
WHERE day < :before;
