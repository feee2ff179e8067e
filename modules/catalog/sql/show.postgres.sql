-- name: show_stock
UPDATE catalog_variants
SET stock_left = s."left", backorder = s.backorder, untracked = s.untracked
FROM json_to_recordset(CAST(:stock AS json)) AS s(variant BIGINT, "left" BIGINT, backorder BOOLEAN, untracked BOOLEAN)
WHERE catalog_variants.store_id = :store_id AND catalog_variants.id = s.variant
  AND (stock_left <> s."left" OR catalog_variants.backorder <> s.backorder OR catalog_variants.untracked <> s.untracked);
