-- name: extra_keys
SELECT DISTINCT k.key
FROM catalog_products p, json_each(p.extra) k
WHERE p.store_id = :store_id AND p.extra <> 'null'
ORDER BY k.key;

-- name: labels
SELECT 'b', brand
FROM (SELECT DISTINCT p.brand FROM catalog_products p WHERE p.store_id = :store_id AND p.brand <> '' AND NOT p.deleted ORDER BY 1 LIMIT :most) b
UNION ALL
SELECT 't', tag
FROM (SELECT DISTINCT t.value AS tag FROM catalog_products p, json_each(p.tags) t WHERE p.store_id = :store_id AND p.tags <> 'null' AND NOT p.deleted ORDER BY 1 LIMIT :most) t;
