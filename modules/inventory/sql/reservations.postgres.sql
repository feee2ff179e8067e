-- name: expire_reservations
UPDATE inventory_reservations
SET status = 'expired', closed_at = :now
WHERE store_id = :store_id AND status = 'open' AND id IN (
  SELECT r.id
  FROM inventory_reservations r
  WHERE r.store_id = :store_id AND r.status = 'open' AND r.expires_at <= :now
  ORDER BY r.expires_at
  LIMIT 50
  FOR UPDATE SKIP LOCKED
)
RETURNING id, cause_kind, cause_id, cause_name, status, lines;

-- name: open_reservation
SELECT id, cause_kind, cause_id, cause_name, status, lines
FROM inventory_reservations
WHERE store_id = :store_id AND cause_kind = :cause_kind AND cause_id = :cause_id AND status = 'open'
FOR UPDATE;

-- name: reservations_of
SELECT id, cause_kind, cause_id, cause_name, status, lines
FROM inventory_reservations
WHERE store_id = :store_id AND cause_kind = :cause_kind AND cause_id = :cause_id
ORDER BY id
FOR UPDATE;
