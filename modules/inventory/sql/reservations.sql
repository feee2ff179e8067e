-- name: insert_reservation
INSERT INTO inventory_reservations (store_id, id, cause_kind, cause_id, cause_name, status, lines, expires_at, created_at)
VALUES (:store_id, :id, :cause_kind, :cause_id, :cause_name, 'open', :lines, :expires_at, :now);

-- name: keep_reservation
UPDATE inventory_reservations
SET expires_at = NULL
WHERE store_id = :store_id AND cause_kind = :cause_kind AND cause_id = :cause_id AND status = 'open';

-- name: release_reservation
UPDATE inventory_reservations
SET status = 'released', closed_at = :now
WHERE store_id = :store_id AND cause_kind = :cause_kind AND cause_id = :cause_id AND status = 'open'
RETURNING id, cause_kind, cause_id, cause_name, status, lines;

-- name: expire_reservations
UPDATE inventory_reservations
SET status = 'expired', closed_at = :now
WHERE store_id = :store_id AND status = 'open' AND id IN (
  SELECT r.id
  FROM inventory_reservations r
  WHERE r.store_id = :store_id AND r.status = 'open' AND r.expires_at <= :now
  ORDER BY r.expires_at
  LIMIT 50
)
RETURNING id, cause_kind, cause_id, cause_name, status, lines;

-- name: open_reservation
SELECT id, cause_kind, cause_id, cause_name, status, lines
FROM inventory_reservations
WHERE store_id = :store_id AND cause_kind = :cause_kind AND cause_id = :cause_id AND status = 'open';

-- name: reservations_of
SELECT id, cause_kind, cause_id, cause_name, status, lines
FROM inventory_reservations
WHERE store_id = :store_id AND cause_kind = :cause_kind AND cause_id = :cause_id
ORDER BY id;

-- name: update_reservation
UPDATE inventory_reservations
SET lines = :lines, status = :status, closed_at = CASE WHEN :status = 'open' THEN NULL ELSE COALESCE(closed_at, :now) END
WHERE store_id = :store_id AND id = :id;
