-- name: insert_request
INSERT INTO orders_requests (store_id, request_key, fingerprint, order_id, made_at)
VALUES (:store_id, :key, :fingerprint, :order, :now)
ON CONFLICT DO NOTHING;

-- name: find_request
SELECT fingerprint, order_id
FROM orders_requests
WHERE store_id = :store_id AND request_key = :key;

-- name: count_placed
SELECT COUNT(*)
FROM orders_orders
WHERE store_id = :store_id AND placed_at >= :since;

-- name: next_number
INSERT INTO orders_counters (store_id, last)
VALUES (:store_id, :first)
ON CONFLICT (store_id) DO UPDATE SET last = orders_counters.last + 1
WHERE orders_counters.store_id = :store_id
RETURNING last;

-- name: insert_order
INSERT INTO orders_orders (store_id, id, number, status, customer_id, email, name, contact, lang, shop, delivery, billing, carrier, note,
  currency, goods_minor, delivery_minor, tax_minor, total_minor, taxes, trace, pieces, payment_id, payment, placed_at, country, method, money)
VALUES (:store_id, :id, :number, :status, :customer, :email, :name, :contact, :lang, :shop, :delivery, :billing, :carrier, :note,
  :currency, :goods, :delivery_minor, :tax, :total, :taxes, :trace, :pieces, :payment_id, :payment, :placed_at, :country, :method, :money);

-- name: insert_lines
INSERT INTO orders_lines (store_id, id, order_id, position, variant_id, product_id, title, options, sku, gtin, image, slug,
  quantity, unit_minor, total_minor, tax_minor, tax_class, rate_bp, grams, digital)
SELECT :store_id, json_extract(value, '$.id'), :order, key, json_extract(value, '$.variant'), json_extract(value, '$.product'),
  json_extract(value, '$.title'), json_extract(value, '$.options'), json_extract(value, '$.sku'), json_extract(value, '$.gtin'),
  json_extract(value, '$.image'), json_extract(value, '$.slug'), json_extract(value, '$.quantity'), json_extract(value, '$.unit'),
  json_extract(value, '$.total'), json_extract(value, '$.tax'), json_extract(value, '$.tax_class'), json_extract(value, '$.rate'),
  json_extract(value, '$.grams'), json_extract(value, '$.digital')
FROM json_each(:lines);

-- name: find_order
SELECT id, number, status, customer_id, contact, lang, shop, delivery, billing, carrier, note,
  currency, goods_minor, delivery_minor, tax_minor, total_minor, taxes, trace, payment_id, payment, paid_minor, refunded_minor, lost_minor,
  hold_lost, reason, packed, placed_at, paid_at, shipped_at, delivered_at, cancelled_at
FROM orders_orders
WHERE store_id = :store_id AND id = :id;

-- name: lock_order
SELECT id
FROM orders_orders
WHERE store_id = :store_id AND id = :id;

-- name: lines_of_order
SELECT id, variant_id, product_id, title, options, sku, gtin, image, slug, quantity, unit_minor, total_minor, tax_minor,
  tax_class, rate_bp, grams, digital, shipped, returned
FROM orders_lines
WHERE store_id = :store_id AND order_id = :order
ORDER BY position;

-- name: save_order
UPDATE orders_orders
SET status = :status, paid_minor = :paid, refunded_minor = :refunded, lost_minor = :lost, hold_lost = :hold_lost, reason = :reason, packed = :packed, money = :money,
  paid_at = :paid_at, shipped_at = :shipped_at, delivered_at = :delivered_at, cancelled_at = :cancelled_at
WHERE store_id = :store_id AND id = :id;

-- name: save_line
UPDATE orders_lines SET shipped = :shipped, returned = :returned
WHERE store_id = :store_id AND id = :id;

-- name: orders_of
SELECT id, status, contact, delivery, billing, payment_id
FROM orders_orders
WHERE store_id = :store_id AND customer_id = :customer
ORDER BY id;

-- name: forget_buyer
UPDATE orders_orders
SET email = '', name = :name, contact = :contact, delivery = :delivery, billing = :billing, note = ''
WHERE store_id = :store_id AND id = :id;
