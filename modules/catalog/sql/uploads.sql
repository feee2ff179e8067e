-- name: note_upload
INSERT INTO catalog_uploads (store_id, upload, wanted_at)
VALUES (:store_id, :upload, :now)
ON CONFLICT (store_id, upload) DO UPDATE SET wanted_at = excluded.wanted_at
WHERE catalog_uploads.store_id = :store_id;

-- name: stores_with_old_uploads
-- scope: sweep
SELECT DISTINCT store_id
FROM catalog_uploads
WHERE wanted_at < :now - 86400000000;

-- name: old_uploads
SELECT upload
FROM catalog_uploads
WHERE store_id = :store_id AND wanted_at < :before
ORDER BY upload;

-- name: product_images
-- columns: id
SELECT id, images
FROM catalog_products
WHERE store_id = :store_id
-- where
-- order

-- name: forget_upload
DELETE FROM catalog_uploads
WHERE store_id = :store_id AND upload = :upload AND wanted_at < :before;
