-- name: total_orders
-- scope: system
SELECT COUNT(*)
FROM orders_orders;
