-- name: customers_by_store
-- scope: sweep
SELECT store_id, COUNT(*)
FROM customers_customers
GROUP BY store_id;
