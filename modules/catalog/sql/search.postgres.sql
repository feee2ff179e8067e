-- name: forget_words
DELETE FROM catalog_search
WHERE store_id = :store_id AND product_id IN (:ids...);

-- name: put_words
INSERT INTO catalog_search (store_id, product_id, words)
SELECT :store_id, w.id,
  array_to_tsvector(ARRAY['s' || CAST(CAST(:store_id AS BIGINT) AS TEXT)])
  || CAST(w.title AS tsvector) || CAST(w.words AS tsvector) || CAST(w.body AS tsvector)
FROM json_to_recordset(CAST(:rows AS json)) AS w(id BIGINT, title TEXT, words TEXT, body TEXT);

-- name: hits_found
SELECT COALESCE(string_agg(line, '' ORDER BY rank DESC, id DESC), '')
FROM (
  SELECT p.id, s.rank, p.id || ' ' || p.price || CASE WHEN p.in_stock THEN ' 1' ELSE ' 0' END || p.facets AS line
  FROM (
    SELECT c.product_id AS id, ts_rank(c.words, q.q) AS rank
    FROM catalog_search c,
      (SELECT CAST('s' || CAST(CAST(:store_id AS BIGINT) AS TEXT) || ' & (' || CAST(:query AS TEXT) || ')' AS tsquery) AS q) q
    WHERE c.store_id = :store_id AND c.words @@ q.q
    ORDER BY ts_rank(c.words, q.q) DESC
    LIMIT 2000
  ) s
  JOIN catalog_products p ON p.store_id = :store_id AND p.id = s.id
  WHERE p.status = 'active'
) h;

-- name: cards_found
SELECT p.id, p.slug, p.title, p.brand, p.cover, p.currency, p.price, p.price_max, p.compare_at, p.lowest, p.content, p.unit, p.variants, p.in_stock, p.featured, p.rating_stars, p.rating_count
FROM (
  SELECT c.product_id AS id, ts_rank(c.words, q.q) AS rank
  FROM catalog_search c,
    (SELECT CAST('s' || CAST(CAST(:store_id AS BIGINT) AS TEXT) || ' & (' || CAST(:query AS TEXT) || ')' AS tsquery) AS q) q
  WHERE c.store_id = :store_id AND c.words @@ q.q
  ORDER BY ts_rank(c.words, q.q) DESC
  LIMIT 6
) s
JOIN catalog_products p ON p.store_id = :store_id AND p.id = s.id
WHERE p.status = 'active'
ORDER BY s.rank DESC, p.id DESC;
