-- name: total_products
-- scope: system
SELECT COUNT(*)
FROM catalog_products;
