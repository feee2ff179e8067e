-- name: extra_keys
SELECT DISTINCT k.key
FROM catalog_products p, json_object_keys(p.extra) AS k(key)
WHERE p.store_id = :store_id AND json_typeof(p.extra) = 'object'
ORDER BY k.key;
