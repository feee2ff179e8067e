-- name: texts_of_things
-- columns: area, thing
SELECT thing, lang, title, total, missing, changed, known
FROM cms_texts
WHERE store_id = :store_id
-- where
-- order

-- name: count_scan
UPDATE cms_text_scans
SET things = :things
WHERE store_id = :store_id;

-- name: forget_texts
DELETE FROM cms_texts
WHERE store_id = :store_id AND area = :area AND seen_at < :since;

-- name: end_scan
UPDATE cms_text_scans
SET ended_at = :now
WHERE store_id = :store_id AND asked_at = :since;

-- name: begin_scan
INSERT INTO cms_text_scans (store_id, asked_at, things)
VALUES (:store_id, :now, 0)
ON CONFLICT (store_id) DO UPDATE SET asked_at = excluded.asked_at, ended_at = NULL, things = 0
WHERE cms_text_scans.store_id = :store_id;

-- name: text_scan
SELECT asked_at, ended_at, things
FROM cms_text_scans
WHERE store_id = :store_id;

-- name: text_progress
SELECT lang, area, COUNT(*), CAST(SUM(total) AS BIGINT), CAST(SUM(missing) AS BIGINT), CAST(SUM(changed) AS BIGINT)
FROM cms_texts
WHERE store_id = :store_id
GROUP BY lang, area;

-- name: list_texts
-- columns: lang, area, thing, missing, changed, total
SELECT area, thing, title, total, missing, changed
FROM cms_texts
WHERE store_id = :store_id
-- where
-- order

-- name: insert_text_import
INSERT INTO cms_text_imports (store_id, id, file, blob, lang, status, report, actor, asked_at)
VALUES (:store_id, :id, :file, :blob, :lang, 'reading', '{}', :actor, :now);

-- name: find_text_import
SELECT id, file, blob, lang, status, total, position, report, actor, asked_at, ended_at
FROM cms_text_imports
WHERE store_id = :store_id AND id = :id;

-- name: recent_text_imports
SELECT id, file, blob, lang, status, total, position, '{}', actor, asked_at, ended_at
FROM cms_text_imports
WHERE store_id = :store_id
ORDER BY id DESC
LIMIT 10;

-- name: update_text_import
UPDATE cms_text_imports
SET status = :status, total = :total, position = :position, report = :report, ended_at = :ended_at
WHERE store_id = :store_id AND id = :id;

-- name: take_text_import
UPDATE cms_text_imports
SET status = 'writing', position = 0, ended_at = NULL
WHERE store_id = :store_id AND id = :id AND status = 'ready';

-- name: pages_after
SELECT id, 'store', slug, head, body, sections, revision, edited_at, editor, versions, live, live_revision, due_at, due_by, NULL, 0
FROM cms_pages
WHERE store_id = :store_id AND id > :after
ORDER BY id
LIMIT :limit;
