-- name: hold_products
UPDATE catalog_products
SET slug = slug
WHERE store_id = :store_id AND id IN (:ids...);

-- name: slug_holders
-- columns: slug
SELECT id, slug
FROM catalog_products
WHERE store_id = :store_id
-- where
-- order

-- name: insert_bulk
INSERT INTO catalog_bulk_changes (store_id, id, kind, products, fields, lines, actor, at, undone_by)
VALUES (:store_id, :id, :kind, :products, :fields, :lines, :actor, :now, '');

-- name: close_bulk
UPDATE catalog_bulk_changes
SET lines = :lines, undone_by = :undone_by, undone_at = :now
WHERE store_id = :store_id AND id = :id;

-- name: forget_bulk
DELETE FROM catalog_bulk_changes
WHERE store_id = :store_id AND at < :before;

-- name: find_bulk
SELECT id, kind, products, fields, lines, actor, at, undone_by, undone_at
FROM catalog_bulk_changes
WHERE store_id = :store_id AND id = :id;

-- name: recent_bulks
SELECT id, kind, products, fields, '[]', actor, at, undone_by, undone_at
FROM catalog_bulk_changes
WHERE store_id = :store_id
ORDER BY id DESC
LIMIT 50;
