-- name: insert_event
INSERT INTO payments_events (store_id, id, gateway, event, kind, charge, dispute, status, received_at)
VALUES (:store_id, :id, :gateway, :event, :kind, :charge, :dispute, :status, :now)
ON CONFLICT (store_id, gateway, event) DO NOTHING;

-- name: find_event
SELECT id, gateway, event, kind, charge, dispute, status, received_at
FROM payments_events
WHERE store_id = :store_id AND id = :id;

-- name: waiting_events
-- The one that is heeded anyway is left out, and so are disputes, about which another question is asked.
SELECT id, gateway, event, kind, charge, dispute, status, received_at
FROM payments_events
WHERE store_id = :store_id AND status = 'waiting' AND gateway = :gateway AND dispute = '' AND id <> :but
ORDER BY id
LIMIT :limit;

-- name: end_event
UPDATE payments_events
SET status = :status, ended_at = :now
WHERE store_id = :store_id AND id = :id;

-- name: reopen_event
UPDATE payments_events
SET status = 'waiting', ended_at = NULL
WHERE store_id = :store_id AND id = :id;

-- name: list_events
-- columns: e.id, e.status, e.gateway, e.event, e.charge, e.kind
SELECT e.id, e.gateway, e.event, e.kind, e.charge, e.status, e.received_at, e.ended_at, COALESCE(a.payment_id, 0), COALESCE(p.reference, '')
FROM payments_events e
LEFT JOIN payments_attempts a ON a.store_id = :store_id AND a.external = e.charge AND a.gateway = e.gateway
LEFT JOIN payments_payments p ON p.store_id = :store_id AND p.id = a.payment_id
WHERE e.store_id = :store_id
-- where
-- order
