-- name: insert_lines
INSERT INTO orders_lines (store_id, id, order_id, position, variant_id, product_id, title, options, sku, gtin, image, slug,
  quantity, unit_minor, total_minor, tax_minor, tax_class, rate_bp, grams, digital)
SELECT CAST(:store_id AS BIGINT), l.id, CAST(:order AS BIGINT), l.position, l.variant, l.product,
  l.title, l.options, l.sku, l.gtin, l.image, l.slug, l.quantity, l.unit, l.total, l.tax, l.tax_class, l.rate, l.grams, l.digital
FROM json_to_recordset(CAST(:lines AS json)) AS l (id BIGINT, position BIGINT, variant BIGINT, product BIGINT, title TEXT, options TEXT,
  sku TEXT, gtin TEXT, image TEXT, slug TEXT, quantity BIGINT, unit BIGINT, total BIGINT, tax BIGINT, tax_class TEXT, rate BIGINT,
  grams BIGINT, digital BOOLEAN);

-- name: lock_order
SELECT id
FROM orders_orders
WHERE store_id = :store_id AND id = :id
FOR UPDATE;
