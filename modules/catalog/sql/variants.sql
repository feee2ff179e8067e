-- name: rename_picture
UPDATE catalog_variants
SET image = :key
WHERE store_id = :store_id AND product_id = :product_id AND image = :upload;

-- name: retire_variants
UPDATE catalog_variants
SET gone = TRUE
WHERE store_id = :store_id AND id IN (:ids...);

-- name: variants_of
SELECT product_id, id, choice, sku, gtin, barcode, price, compare_at, cost, grams, digital, tax_class, image,
  priced_at, lowest, content, unit, stock_left, backorder, untracked
FROM catalog_variants
WHERE store_id = :store_id AND product_id IN (:products...) AND NOT gone
ORDER BY product_id, place, id;

-- name: page_variants
SELECT product_id, id, choice, sku, gtin, barcode, price, compare_at, cost, grams, digital, tax_class, image,
  priced_at, lowest, content, unit, stock_left, backorder, untracked
FROM catalog_variants
WHERE store_id = :store_id AND product_id = :product AND NOT gone
ORDER BY place, id;

-- name: offers
SELECT v.id, v.product_id, p.slug, p.title, p.options, p.cover, p.currency, p.tax_class, p.min_qty, p.max_qty, p.qty_step, p.status,
  v.choice, v.sku, v.gtin, v.price, v.compare_at, v.grams, v.digital, v.tax_class, v.image, v.content, v.unit, v.gone,
  v.stock_left, v.backorder, v.untracked
FROM catalog_variants v
JOIN catalog_products p ON p.store_id = v.store_id AND p.id = v.product_id
WHERE v.store_id = :store_id AND v.id IN (:ids...);

-- name: variant_by_sku
SELECT v.id, v.product_id, p.title, p.options, v.choice, v.sku, v.digital
FROM catalog_variants v
JOIN catalog_products p ON p.store_id = v.store_id AND p.id = v.product_id
WHERE v.store_id = :store_id AND v.sku = :sku AND NOT v.gone AND NOT p.deleted
UNION ALL
SELECT v.id, v.product_id, p.title, p.options, v.choice, v.sku, v.digital
FROM catalog_variants v
JOIN catalog_products p ON p.store_id = v.store_id AND p.id = v.product_id
WHERE v.store_id = :store_id AND v.gtin = :gtin AND v.gtin <> '' AND NOT v.gone AND NOT p.deleted
LIMIT 1;

-- name: references
SELECT v.id, v.product_id, p.title, p.options, v.choice, v.sku, v.digital
FROM catalog_variants v
JOIN catalog_products p ON p.store_id = v.store_id AND p.id = v.product_id
WHERE v.store_id = :store_id AND v.id IN (:ids...);

-- name: refresh_in_stock
WITH touched AS MATERIALIZED (
  SELECT DISTINCT v.product_id FROM catalog_variants v WHERE v.store_id = :store_id AND v.id IN (:ids...)
)
UPDATE catalog_products
SET in_stock = NOT in_stock
FROM touched
WHERE store_id = :store_id AND id = touched.product_id
  AND in_stock <> EXISTS (
    SELECT 1
    FROM catalog_variants w
    WHERE w.store_id = :store_id AND w.product_id = catalog_products.id AND NOT w.gone
      AND (w.stock_left > 0 OR w.backorder OR w.untracked)
  );
