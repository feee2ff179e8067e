-- name: extra_keys
SELECT DISTINCT k.key
FROM catalog_products p, json_each(p.extra) k
WHERE p.store_id = :store_id AND p.extra <> 'null'
ORDER BY k.key;
