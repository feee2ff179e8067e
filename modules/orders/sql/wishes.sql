-- name: insert_wishlist
INSERT INTO orders_wishlists (store_id, id, secret, customer_id, changed_at)
VALUES (:store_id, :id, :secret, :customer, :now)
ON CONFLICT DO NOTHING;

-- name: find_wishlist_by_token
SELECT id, COALESCE(customer_id, 0)
FROM orders_wishlists
WHERE store_id = :store_id AND id = :id AND secret = :secret AND customer_id IS NULL;

-- name: find_wishlist_of_customer
SELECT id, COALESCE(customer_id, 0)
FROM orders_wishlists
WHERE store_id = :store_id AND customer_id = :customer;

-- name: wishes
SELECT product_id, variant_id, added_at
FROM orders_wishes
WHERE store_id = :store_id AND list_id = :list
ORDER BY added_at DESC, product_id DESC;

-- name: find_wish
SELECT product_id, variant_id, added_at
FROM orders_wishes
WHERE store_id = :store_id AND list_id = :list AND product_id = :product;

-- name: add_wish
-- What is wished for again keeps its place, and follows another choice.
INSERT INTO orders_wishes (store_id, list_id, product_id, variant_id, added_at)
SELECT l.store_id, l.id, CAST(:product AS BIGINT), CAST(:variant AS BIGINT), CAST(:now AS BIGINT)
FROM orders_wishlists l
WHERE l.store_id = :store_id AND l.id = :list
  AND (SELECT COUNT(*) FROM orders_wishes w WHERE w.store_id = :store_id AND w.list_id = :list AND w.product_id <> :product) < :most
ON CONFLICT (store_id, list_id, product_id) DO UPDATE
SET variant_id = CASE WHEN excluded.variant_id = 0 THEN orders_wishes.variant_id ELSE excluded.variant_id END;

-- name: delete_wish
DELETE FROM orders_wishes
WHERE store_id = :store_id AND list_id = :list AND product_id = :product;

-- name: touch_wishlist
UPDATE orders_wishlists SET changed_at = :now
WHERE store_id = :store_id AND id = :id;

-- name: adopt_wishlist
UPDATE orders_wishlists SET customer_id = :customer, secret = '', changed_at = :now
WHERE store_id = :store_id AND id = :id AND customer_id IS NULL;

-- name: merge_wishlist
-- The latest of what the other list does not have, as long as there is room.
INSERT INTO orders_wishes (store_id, list_id, product_id, variant_id, added_at)
SELECT w.store_id, CAST(:into AS BIGINT), w.product_id, w.variant_id, w.added_at
FROM orders_wishes w
WHERE w.store_id = :store_id AND w.list_id = :list
  AND NOT EXISTS (SELECT 1 FROM orders_wishes o WHERE o.store_id = :store_id AND o.list_id = :into AND o.product_id = w.product_id)
ORDER BY w.added_at DESC
LIMIT :room
ON CONFLICT DO NOTHING;

-- name: delete_wishlist
DELETE FROM orders_wishlists
WHERE store_id = :store_id AND id = :id;

-- name: sweep_wishlists
DELETE FROM orders_wishlists
WHERE store_id = :store_id AND customer_id IS NULL AND changed_at < :before;

-- name: forget_wishes
DELETE FROM orders_wishlists
WHERE store_id = :store_id AND customer_id = :customer;
