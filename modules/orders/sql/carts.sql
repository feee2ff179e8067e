-- name: insert_cart
INSERT INTO orders_carts (store_id, id, secret, customer_id, changed_at)
VALUES (:store_id, :id, :secret, :customer, :now)
ON CONFLICT DO NOTHING;

-- name: find_cart_by_token
-- A cart and its lines, one a row; one row without a line when it is empty.
SELECT c.id, COALESCE(c.customer_id, 0), c.checkout, c.changed_at, l.variant_id, COALESCE(l.quantity, 0), COALESCE(l.seen_minor, 0)
FROM orders_carts c
LEFT JOIN orders_cart_lines l ON l.store_id = c.store_id AND l.cart_id = c.id
WHERE c.store_id = :store_id AND c.id = :id AND c.secret = :secret AND c.order_id IS NULL
ORDER BY l.added_at, l.variant_id;

-- name: find_cart_of_customer
SELECT c.id, COALESCE(c.customer_id, 0), c.checkout, c.changed_at, l.variant_id, COALESCE(l.quantity, 0), COALESCE(l.seen_minor, 0)
FROM orders_carts c
LEFT JOIN orders_cart_lines l ON l.store_id = c.store_id AND l.cart_id = c.id
WHERE c.store_id = :store_id AND c.customer_id = :customer AND c.order_id IS NULL
ORDER BY l.added_at, l.variant_id;

-- name: cart_lines
SELECT variant_id, quantity, seen_minor
FROM orders_cart_lines
WHERE store_id = :store_id AND cart_id = :cart
ORDER BY added_at, variant_id;

-- name: count_cart
SELECT COALESCE(SUM(quantity), 0)
FROM orders_cart_lines
WHERE store_id = :store_id AND cart_id = :cart;

-- name: add_to_cart
INSERT INTO orders_cart_lines (store_id, cart_id, variant_id, quantity, seen_minor, added_at)
SELECT c.store_id, c.id, CAST(:variant AS BIGINT), CAST(:quantity AS BIGINT), CAST(:seen AS BIGINT), CAST(:now AS BIGINT)
FROM orders_carts c
WHERE c.store_id = :store_id AND c.id = :cart AND :quantity <= :most
  AND (SELECT COUNT(*) FROM orders_cart_lines l WHERE l.store_id = :store_id AND l.cart_id = :cart AND l.variant_id <> :variant) < :max_items
ON CONFLICT (store_id, cart_id, variant_id) DO UPDATE
SET quantity = orders_cart_lines.quantity + excluded.quantity, seen_minor = excluded.seen_minor
WHERE orders_cart_lines.quantity + excluded.quantity <= :most;

-- name: set_in_cart
UPDATE orders_cart_lines SET quantity = :quantity, seen_minor = :seen
WHERE store_id = :store_id AND cart_id = :cart AND variant_id = :variant;

-- name: remove_from_cart
DELETE FROM orders_cart_lines
WHERE store_id = :store_id AND cart_id = :cart AND variant_id = :variant;

-- name: touch_cart
UPDATE orders_carts SET changed_at = :now
WHERE store_id = :store_id AND id = :id AND order_id IS NULL;

-- name: save_checkout
UPDATE orders_carts SET checkout = :checkout, changed_at = :now
WHERE store_id = :store_id AND id = :id AND order_id IS NULL AND changed_at = :seen;

-- name: claim_cart
UPDATE orders_carts SET order_id = :order
WHERE store_id = :store_id AND id = :id AND order_id IS NULL;

-- name: claim_by_token
UPDATE orders_carts SET order_id = :order
WHERE store_id = :store_id AND id = :id AND secret = :secret AND order_id IS NULL;

-- name: claimed_cart
SELECT c.id, COALESCE(c.customer_id, 0), c.checkout, c.changed_at, l.variant_id, COALESCE(l.quantity, 0), COALESCE(l.seen_minor, 0)
FROM orders_carts c
LEFT JOIN orders_cart_lines l ON l.store_id = c.store_id AND l.cart_id = c.id
WHERE c.store_id = :store_id AND c.id = :id AND c.order_id = :order
ORDER BY l.added_at, l.variant_id;

-- name: adopt_cart
UPDATE orders_carts SET customer_id = :customer, secret = '', changed_at = :now
WHERE store_id = :store_id AND id = :id AND order_id IS NULL AND customer_id IS NULL;

-- name: merge_cart
INSERT INTO orders_cart_lines (store_id, cart_id, variant_id, quantity, seen_minor, added_at)
SELECT l.store_id, CAST(:into AS BIGINT), l.variant_id, l.quantity, l.seen_minor, l.added_at
FROM orders_cart_lines l
WHERE l.store_id = :store_id AND l.cart_id = :cart
ON CONFLICT (store_id, cart_id, variant_id) DO UPDATE
SET quantity = CASE WHEN orders_cart_lines.quantity + excluded.quantity > :most THEN :most
  ELSE orders_cart_lines.quantity + excluded.quantity END;

-- name: delete_cart
DELETE FROM orders_carts
WHERE store_id = :store_id AND id = :id;

-- name: stores_to_sweep
-- scope: sweep
SELECT store_id FROM orders_carts WHERE changed_at < :now - 5184000000000
UNION
SELECT store_id FROM orders_requests WHERE made_at < :now - 604800000000
UNION
SELECT store_id FROM orders_wishlists WHERE customer_id IS NULL AND changed_at < :now - 15552000000000;

-- name: sweep_carts
DELETE FROM orders_carts
WHERE store_id = :store_id AND changed_at < :before;

-- name: sweep_requests
DELETE FROM orders_requests
WHERE store_id = :store_id AND made_at < :before;

-- name: forget_carts
-- Those of a customer, and those that became their orders.
DELETE FROM orders_carts
WHERE store_id = :store_id AND (customer_id = :customer OR order_id IN (SELECT id FROM orders_orders WHERE store_id = :store_id AND customer_id = :customer));
