-- name: stores_with_due_holds
-- scope: sweep
SELECT DISTINCT store_id
FROM inventory_reservations
WHERE status = 'open' AND expires_at <= :now;
