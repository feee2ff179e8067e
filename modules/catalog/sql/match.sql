-- name: matching_variants
-- columns: v.id, p.found_by
SELECT v.id
FROM catalog_variants v
JOIN catalog_products p ON p.store_id = v.store_id AND p.id = v.product_id
WHERE v.store_id = :store_id AND NOT v.gone AND NOT p.deleted
-- where
-- order
