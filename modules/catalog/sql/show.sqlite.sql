-- name: show_stock
UPDATE catalog_variants
SET stock_left = json_extract(s.value, '$.left'), backorder = json_extract(s.value, '$.backorder'),
  untracked = json_extract(s.value, '$.untracked')
FROM json_each(:stock) s
WHERE catalog_variants.store_id = :store_id AND catalog_variants.id = CAST(json_extract(s.value, '$.variant') AS BIGINT);
