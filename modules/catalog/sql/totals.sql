-- name: products_by_store
-- scope: sweep
SELECT store_id, COUNT(*)
FROM catalog_products
GROUP BY store_id;
