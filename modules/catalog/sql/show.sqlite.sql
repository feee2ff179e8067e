-- name: show_stock
-- MATERIALIZED makes SQLite look up each variant of the list instead of walking over all.
WITH s AS MATERIALIZED (
  SELECT json_extract(value, '$.variant') AS variant, json_extract(value, '$.left') AS "left",
         json_extract(value, '$.backorder') AS backorder, json_extract(value, '$.untracked') AS untracked
  FROM json_each(:stock)
)
UPDATE catalog_variants
SET stock_left = s."left", backorder = s.backorder, untracked = s.untracked
FROM s
WHERE catalog_variants.store_id = :store_id AND catalog_variants.id = s.variant
  AND (stock_left <> s."left" OR catalog_variants.backorder <> s.backorder OR catalog_variants.untracked <> s.untracked);
