-- name: gone_product
SELECT id, title, brand, category_id, images
FROM catalog_products
WHERE store_id = :store_id AND slug = :slug AND status = 'archived';
