-- name: sitemap_parts
SELECT MIN(id), MAX(updated_at)
FROM (
  SELECT id, updated_at, (ROW_NUMBER() OVER (ORDER BY id) - 1) / :size AS part
  FROM catalog_products
  WHERE store_id = :store_id AND status = 'active'
) p
GROUP BY part
ORDER BY part
LIMIT 50000;

-- name: sitemap_start
SELECT id
FROM catalog_products
WHERE store_id = :store_id AND id = :from;

-- name: sitemap_entries
SELECT id, slug, updated_at
FROM catalog_products
WHERE store_id = :store_id AND status = 'active' AND id >= :from
ORDER BY id
LIMIT :limit;
