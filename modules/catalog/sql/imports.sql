-- name: insert_import
INSERT INTO catalog_imports (store_id, id, file, blob, format, dry_run, status, size, position, lines, created, updated, unchanged, failed,
  problems, pictures, actor, asked_at)
VALUES (:store_id, :id, :file, :blob, :format, :dry_run, 'waiting', :size, 0, 0, 0, 0, 0, 0, '[]', '[]', :actor, :now);

-- name: update_import
UPDATE catalog_imports
SET status = :status, started_at = :started_at, position = :position, lines = :lines, created = :created, updated = :updated, unchanged = :unchanged,
  failed = :failed, problems = :problems, pictures = :pictures, ended_at = :ended_at
WHERE store_id = :store_id AND id = :id AND status <> 'cancelled';

-- name: cancel_import
UPDATE catalog_imports
SET status = 'cancelled', ended_at = :now
WHERE store_id = :store_id AND id = :id AND status IN ('waiting', 'running');

-- name: find_import
SELECT id, file, blob, format, dry_run, status, size, position, lines, created, updated, unchanged, failed, problems, pictures, actor, asked_at, started_at, ended_at
FROM catalog_imports
WHERE store_id = :store_id AND id = :id;

-- name: recent_imports
SELECT id, file, blob, format, dry_run, status, size, position, lines, created, updated, unchanged, failed, '[]', '[]', actor, asked_at, started_at, ended_at
FROM catalog_imports
WHERE store_id = :store_id
ORDER BY id DESC
LIMIT 20;
