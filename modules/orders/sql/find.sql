-- name: list_orders
-- columns: o.id, o.status, o.number, o.name, o.email, o.total_minor, o.paid_minor, o.customer_id, o.placed_at, o.country, o.method, o.money, o.packed
SELECT o.id, o.number, o.status, o.name, o.email, o.currency, o.total_minor, o.paid_minor, o.refunded_minor, o.lost_minor, o.pieces, o.carrier, o.payment, o.packed, o.placed_at
FROM orders_orders o
WHERE o.store_id = :store_id
-- where
-- order

-- name: order_counts
SELECT
  (SELECT COUNT(*) FROM (SELECT 1 FROM orders_orders WHERE store_id = :store_id AND status IN ('processing', 'partially_shipped') LIMIT :most) a),
  (SELECT COUNT(*) FROM (SELECT 1 FROM orders_orders WHERE store_id = :store_id AND status = 'pending' LIMIT :most) b),
  (SELECT COUNT(*) FROM orders_orders WHERE store_id = :store_id AND placed_at >= :since AND status <> 'cancelled'),
  (SELECT COALESCE(SUM(total_minor), 0) FROM orders_orders WHERE store_id = :store_id AND placed_at >= :since AND status <> 'cancelled');
