-- name: total_customers
-- scope: system
SELECT COUNT(*)
FROM customers_customers;
