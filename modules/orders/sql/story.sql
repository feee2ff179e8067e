-- name: insert_moment
INSERT INTO orders_timeline (store_id, id, order_id, at, what, actor, before_status, after_status, detail)
VALUES (:store_id, :id, :order, :at, :what, :actor, :before, :after, :detail);

-- name: timeline
SELECT at, what, actor, before_status, after_status, detail
FROM orders_timeline
WHERE store_id = :store_id AND order_id = :order
ORDER BY id;

-- name: insert_parcel
INSERT INTO orders_parcels (store_id, id, order_id, carrier, tracking, url, lines, shipped_at)
VALUES (:store_id, :id, :order, :carrier, :tracking, :url, :lines, :now);

-- name: parcels
SELECT id, carrier, tracking, url, lines, shipped_at
FROM orders_parcels
WHERE store_id = :store_id AND order_id = :order
ORDER BY id;

-- name: insert_refund
INSERT INTO orders_refunds (store_id, id, order_id, amount_minor, reason, asked_at, done_at)
VALUES (:store_id, :id, :order, :amount, :reason, :now, :done_at);

-- name: finish_refund
UPDATE orders_refunds SET done_at = :now
WHERE store_id = :store_id AND id = (
  SELECT MIN(id) FROM orders_refunds
  WHERE store_id = :store_id AND order_id = :order AND amount_minor = :amount AND done_at IS NULL);

-- name: asked_refunds
SELECT COALESCE(SUM(amount_minor), 0)
FROM orders_refunds
WHERE store_id = :store_id AND order_id = :order AND done_at IS NULL;

-- name: forget_notes
DELETE FROM orders_timeline
WHERE store_id = :store_id AND what = 'note' AND order_id IN (SELECT id FROM orders_orders WHERE store_id = :store_id AND customer_id = :customer);

-- name: happenings
-- Of a customer's latest orders, whatever else they have: the page shows no more.
SELECT t.at, t.what, t.detail, o.id, o.number
FROM (
  SELECT id, number
  FROM orders_orders
  WHERE store_id = :store_id AND customer_id = :customer
  ORDER BY id DESC
  LIMIT :latest
) o
JOIN orders_timeline t ON t.store_id = :store_id AND t.order_id = o.id
WHERE t.what NOT IN ('note', 'packed', 'unpacked', 'hold_lost', 'forgotten')
ORDER BY t.at DESC, t.id DESC
LIMIT :latest;
