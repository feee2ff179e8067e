-- name: orders_by_ids
SELECT id, number, status, customer_id, contact, lang, shop, delivery, billing, carrier, note,
  currency, goods_minor, delivery_minor, tax_minor, total_minor, taxes, trace, payment_id, payment, paid_minor, refunded_minor, lost_minor,
  hold_lost, reason, packed, placed_at, paid_at, shipped_at, delivered_at, cancelled_at
FROM orders_orders
WHERE store_id = :store_id AND id IN (:ids...)
ORDER BY id;

-- name: lines_by_orders
SELECT order_id, id, variant_id, product_id, title, options, sku, gtin, image, slug, quantity, unit_minor, total_minor, tax_minor,
  tax_class, rate_bp, grams, digital, shipped, returned
FROM orders_lines
WHERE store_id = :store_id AND order_id IN (:ids...)
ORDER BY order_id, position;
