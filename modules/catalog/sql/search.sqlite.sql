-- name: forget_words
DELETE FROM catalog_search
WHERE rowid IN (SELECT id FROM catalog_products WHERE store_id = :store_id AND id IN (:ids...));

-- name: put_words
WITH w AS MATERIALIZED (
  SELECT value AS j FROM json_each(:rows)
)
INSERT INTO catalog_search (rowid, scope, title, words, body)
SELECT json_extract(j, '$.id'), 's' || :store_id, json_extract(j, '$.title'), json_extract(j, '$.words'), json_extract(j, '$.body')
FROM w;

-- name: hits_found
SELECT COALESCE(string_agg(line, '' ORDER BY rank, id DESC), '')
FROM (
  SELECT p.id, s.rank, p.id || ' ' || p.price || CASE WHEN p.in_stock THEN ' 1' ELSE ' 0' END || p.facets AS line
  FROM (
    SELECT rowid AS id, bm25(catalog_search, 0.0, 10.0, 4.0, 1.0) AS rank
    FROM catalog_search
    WHERE catalog_search MATCH 'scope:s' || :store_id || ' AND (' || :query || ')'
    ORDER BY bm25(catalog_search, 0.0, 10.0, 4.0, 1.0)
    LIMIT 2000
  ) s
  JOIN catalog_products p ON p.store_id = :store_id AND p.id = s.id
  WHERE p.status = 'active'
) h;

-- name: cards_found
SELECT p.id, p.slug, p.title, p.brand, p.cover, p.currency, p.price, p.price_max, p.compare_at, p.lowest, p.content, p.unit, p.variants, p.in_stock, p.featured, p.rating_stars, p.rating_count
FROM (
  SELECT rowid AS id, bm25(catalog_search, 0.0, 10.0, 4.0, 1.0) AS rank
  FROM catalog_search
  WHERE catalog_search MATCH 'scope:s' || :store_id || ' AND (' || :query || ')'
  ORDER BY bm25(catalog_search, 0.0, 10.0, 4.0, 1.0)
  LIMIT 6
) s
JOIN catalog_products p ON p.store_id = :store_id AND p.id = s.id
WHERE p.status = 'active'
ORDER BY s.rank, p.id DESC;
