-- name: insert_media
INSERT INTO cms_media (store_id, id, kind, folder, name, alt, words, upload, bytes, whole, drawn, cut, wanted, shown, changed_at, author)
VALUES (:store_id, :id, :kind, :folder, :name, :alt, :words, :upload, :bytes, :whole, :drawn, :cut, :wanted, :shown, :now, :author);

-- name: hold_media
-- Nobody else changes the file before the transaction ends.
UPDATE cms_media
SET wanted = wanted
WHERE store_id = :store_id AND id = :id;

-- name: find_media
SELECT id, kind, folder, name, alt, upload, bytes, whole, drawn, cut, focus_x, focus_y, wanted, shown, failed, changed_at, author, deleted_at
FROM cms_media
WHERE store_id = :store_id AND id = :id;

-- name: find_media_by_upload
SELECT id, kind, folder, name, alt, upload, bytes, whole, drawn, cut, focus_x, focus_y, wanted, shown, failed, changed_at, author, deleted_at
FROM cms_media
WHERE store_id = :store_id AND upload = :upload;

-- name: list_media
-- columns: id, kind, folder, words, drawn
SELECT id, kind, folder, name, alt, upload, bytes, whole, drawn, cut, focus_x, focus_y, wanted, shown, failed, changed_at, author, deleted_at
FROM cms_media
WHERE store_id = :store_id AND deleted_at IS NULL
-- where
-- order

-- name: media_folders
SELECT folder, files, bytes
FROM cms_media_folders
WHERE store_id = :store_id AND files > 0
ORDER BY folder
LIMIT 1000;

-- name: count_media
INSERT INTO cms_media_folders (store_id, folder, files, bytes)
VALUES (:store_id, :folder, :files, :bytes)
ON CONFLICT (store_id, folder) DO UPDATE
SET files = cms_media_folders.files + excluded.files, bytes = cms_media_folders.bytes + excluded.bytes
WHERE cms_media_folders.store_id = :store_id;

-- name: media_bytes
-- What was deleted or replaced counts until it is gone.
SELECT
  COALESCE((SELECT SUM(c.bytes) FROM cms_media_folders c WHERE c.store_id = :store_id), 0) +
  COALESCE((SELECT SUM(f.bytes) FROM cms_media f WHERE f.store_id = :store_id AND f.deleted_at IS NOT NULL), 0) +
  COALESCE((SELECT SUM(w.bytes) FROM cms_media_waste w WHERE w.store_id = :store_id), 0);

-- name: update_media
UPDATE cms_media
SET kind = :kind, folder = :folder, name = :name, alt = :alt, words = :words, upload = :upload, bytes = :bytes, whole = :whole, drawn = :drawn, cut = :cut,
  focus_x = :focus_x, focus_y = :focus_y, wanted = :wanted, shown = :shown, failed = :failed, changed_at = :changed_at, author = :author, deleted_at = :deleted_at
WHERE store_id = :store_id AND id = :id;

-- name: insert_media_waste
INSERT INTO cms_media_waste (store_id, id, upload, whole, drawn, bytes, thrown_at)
VALUES (:store_id, :id, :upload, :whole, :drawn, :bytes, :now);

-- name: delete_media
DELETE FROM cms_media
WHERE store_id = :store_id AND id = :id;

-- name: media_by_ids
-- columns: id
SELECT id, kind, folder, name, alt, upload, bytes, whole, drawn, cut, focus_x, focus_y, wanted, shown, failed, changed_at, author, deleted_at
FROM cms_media
WHERE store_id = :store_id AND deleted_at IS NULL
-- where
-- order

-- name: stores_with_media_due
-- scope: sweep
SELECT store_id FROM cms_media WHERE deleted_at < :now - 86400000000
UNION
SELECT store_id FROM cms_media WHERE wanted > shown AND failed = '' AND changed_at < :now - 900000000
UNION
SELECT store_id FROM cms_media_waste WHERE thrown_at < :now - 86400000000;

-- name: lost_media
SELECT id, kind, folder, name, alt, upload, bytes, whole, drawn, cut, focus_x, focus_y, wanted, shown, failed, changed_at, author, deleted_at
FROM cms_media
WHERE store_id = :store_id AND wanted > shown AND failed = '' AND changed_at < :before
LIMIT 200;

-- name: deleted_media
SELECT id, kind, folder, name, alt, upload, bytes, whole, drawn, cut, focus_x, focus_y, wanted, shown, failed, changed_at, author, deleted_at
FROM cms_media
WHERE store_id = :store_id AND deleted_at < :before
ORDER BY id
LIMIT 200;

-- name: old_media_waste
SELECT id, upload, whole, drawn
FROM cms_media_waste
WHERE store_id = :store_id AND thrown_at < :before
ORDER BY id
LIMIT 500;

-- name: media_waste_used
-- The same content has the same files when it is sent again.
SELECT COUNT(*)
FROM cms_media
WHERE store_id = :store_id
  AND (upload = :upload OR whole <> '' AND whole IN (:whole, :drawn) OR drawn <> '' AND drawn IN (:whole, :drawn));

-- name: media_waste_goes
UPDATE cms_media_waste
SET going_at = :now
WHERE store_id = :store_id AND id = :id;

-- name: media_waste_going
SELECT COUNT(*)
FROM cms_media_waste
WHERE store_id = :store_id AND going_at > :since
  AND (upload <> '' AND upload = :upload OR whole <> '' AND whole IN (:whole, :drawn) OR drawn <> '' AND drawn IN (:whole, :drawn));

-- name: delete_media_waste
DELETE FROM cms_media_waste
WHERE store_id = :store_id AND id = :id;

-- name: pages_with_text
SELECT p.id, p.head
FROM cms_pages p
LEFT JOIN cms_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id AND (CAST(p.body AS TEXT) LIKE :like OR CAST(v.body AS TEXT) LIKE :like
  OR CAST(p.sections AS TEXT) LIKE :like OR CAST(v.sections AS TEXT) LIKE :like)
ORDER BY p.slug
LIMIT 200;
