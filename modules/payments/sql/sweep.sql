-- name: stores_with_due_payments
-- scope: sweep
SELECT DISTINCT store_id FROM payments_attempts WHERE check_at <= :now
UNION
SELECT DISTINCT store_id FROM payments_refunds WHERE check_at <= :now
UNION
SELECT DISTINCT store_id FROM payments_methods WHERE check_at <= :now
UNION
SELECT DISTINCT store_id FROM payments_disputes WHERE check_at <= :now
UNION
SELECT DISTINCT store_id FROM payments_accounts WHERE check_at <= :now;
