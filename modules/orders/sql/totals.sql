-- name: orders_by_store
-- scope: sweep
SELECT store_id, COUNT(*)
FROM orders_orders
GROUP BY store_id;
