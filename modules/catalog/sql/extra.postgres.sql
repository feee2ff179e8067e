-- name: extra_keys
SELECT DISTINCT k.key
FROM catalog_products p, json_object_keys(p.extra) AS k(key)
WHERE p.store_id = :store_id AND json_typeof(p.extra) = 'object'
ORDER BY k.key;

-- name: labels
SELECT 'b', brand
FROM (SELECT DISTINCT p.brand FROM catalog_products p WHERE p.store_id = :store_id AND p.brand <> '' AND NOT p.deleted ORDER BY 1 LIMIT :most) b
UNION ALL
SELECT 't', tag
FROM (
  SELECT DISTINCT t.tag FROM catalog_products p, json_array_elements_text(p.tags) AS t(tag)
  WHERE p.store_id = :store_id AND json_typeof(p.tags) = 'array' AND NOT p.deleted ORDER BY 1 LIMIT :most
) t;
