-- name: categories
SELECT id, parent_id, slug, name, about, place
FROM catalog_categories
WHERE store_id = :store_id
ORDER BY place, id;

-- name: hold_categories
UPDATE catalog_categories
SET place = place
WHERE store_id = :store_id;

-- name: insert_category
INSERT INTO catalog_categories (store_id, id, parent_id, slug, name, about, place)
VALUES (:store_id, :id, :parent_id, :slug, :name, :about, :place);

-- name: update_category
UPDATE catalog_categories
SET parent_id = :parent_id, slug = :slug, name = :name, about = :about, place = :place
WHERE store_id = :store_id AND id = :id;

-- name: delete_category
DELETE FROM catalog_categories
WHERE store_id = :store_id AND id = :id;

-- name: choices
SELECT code, value, name, swatch
FROM catalog_choices
WHERE store_id = :store_id;
