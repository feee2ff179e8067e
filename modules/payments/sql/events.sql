-- name: insert_event
INSERT INTO payments_events (store_id, id, gateway, event, kind, charge, status, received_at)
VALUES (:store_id, :id, :gateway, :event, :kind, :charge, :status, :now)
ON CONFLICT (store_id, gateway, event) DO NOTHING;

-- name: find_event
SELECT id, gateway, event, kind, charge, status, received_at
FROM payments_events
WHERE store_id = :store_id AND id = :id;

-- name: end_event
UPDATE payments_events
SET status = :status, ended_at = :now
WHERE store_id = :store_id AND id = :id;
