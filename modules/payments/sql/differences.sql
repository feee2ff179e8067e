-- name: insert_difference
-- What people closed stays closed, unless it is another difference now.
INSERT INTO payments_differences (store_id, id, kind, gateway, external, charge, payment_id, ours, theirs, currency, status, found_at, seen_at)
VALUES (:store_id, :id, :kind, :gateway, :external, :charge, :payment_id, :ours, :theirs, :currency, 'open', :now, :now)
ON CONFLICT (store_id, gateway, external) DO UPDATE SET
  status = CASE WHEN payments_differences.closed_by <> '' AND payments_differences.kind = excluded.kind AND payments_differences.ours = excluded.ours AND payments_differences.theirs = excluded.theirs THEN payments_differences.status ELSE 'open' END,
  closed_at = CASE WHEN payments_differences.closed_by <> '' AND payments_differences.kind = excluded.kind AND payments_differences.ours = excluded.ours AND payments_differences.theirs = excluded.theirs THEN payments_differences.closed_at ELSE NULL END,
  kind = excluded.kind, charge = excluded.charge, payment_id = excluded.payment_id, ours = excluded.ours, theirs = excluded.theirs, seen_at = excluded.seen_at
WHERE payments_differences.store_id = :store_id;

-- name: find_difference
SELECT d.id, d.kind, d.gateway, d.external, d.charge, d.payment_id, d.ours, d.theirs, d.currency, d.status, d.owner, d.note, d.closed_by,
  d.found_at, d.seen_at, d.closed_at, COALESCE(p.reference, '')
FROM payments_differences d
LEFT JOIN payments_payments p ON p.store_id = :store_id AND p.id = d.payment_id
WHERE d.store_id = :store_id AND d.id = :id;

-- name: list_differences
-- columns: d.id, d.status
SELECT d.id, d.kind, d.gateway, d.external, d.charge, d.payment_id, d.ours, d.theirs, d.currency, d.status, d.owner, d.note, d.closed_by,
  d.found_at, d.seen_at, d.closed_at, COALESCE(p.reference, '')
FROM payments_differences d
LEFT JOIN payments_payments p ON p.store_id = :store_id AND p.id = d.payment_id
WHERE d.store_id = :store_id
-- where
-- order

-- name: open_differences
-- How many there are, to a limit.
SELECT COUNT(*) FROM (
  SELECT id FROM payments_differences WHERE store_id = :store_id AND status = 'open' LIMIT 100
) AS d;

-- name: own_difference
UPDATE payments_differences
SET owner = :owner
WHERE store_id = :store_id AND id = :id AND status = 'open';

-- name: close_difference
UPDATE payments_differences
SET status = 'closed', note = :note, closed_by = :actor, closed_at = :now
WHERE store_id = :store_id AND id = :id AND status = 'open';

-- name: taken_charges
SELECT a.id, a.payment_id, a.status, a.key, a.external, a.created_at, p.amount, p.currency
FROM payments_attempts a
JOIN payments_payments p ON p.store_id = :store_id AND p.id = a.payment_id
WHERE a.store_id = :store_id AND a.gateway = :gateway AND a.status = 'succeeded' AND a.created_at >= :from AND a.created_at < :to AND a.id > :after
ORDER BY a.id
LIMIT 200;

-- name: given_refunds
SELECT r.id, r.payment_id, r.status, r.key, r.external, r.created_at, r.amount, p.currency
FROM payments_refunds r
JOIN payments_attempts a ON a.store_id = :store_id AND a.id = r.attempt_id AND a.gateway = :gateway
JOIN payments_payments p ON p.store_id = :store_id AND p.id = r.payment_id
WHERE r.store_id = :store_id AND r.status = 'done' AND r.created_at >= :from AND r.created_at < :to AND r.id > :after
ORDER BY r.id
LIMIT 200;

-- name: insert_comparison
INSERT INTO payments_comparisons (store_id, id, gateway, from_at, to_at, status, actor, begun_at)
VALUES (:store_id, :id, :gateway, :from, :to, 'running', :actor, :now);

-- name: update_comparison
UPDATE payments_comparisons
SET status = :status, matched = :matched, mended = :mended, other = :other, different = :different, unknown = :unknown, ended_at = :ended_at
WHERE store_id = :store_id AND id = :id;

-- name: find_comparison
SELECT id, gateway, from_at, to_at, status, matched, mended, other, different, unknown, actor, begun_at, ended_at
FROM payments_comparisons
WHERE store_id = :store_id AND id = :id;

-- name: latest_comparisons
SELECT id, gateway, from_at, to_at, status, matched, mended, other, different, unknown, actor, begun_at, ended_at
FROM payments_comparisons
WHERE store_id = :store_id
ORDER BY id DESC
LIMIT 10;

-- name: forget_comparisons
DELETE FROM payments_comparisons
WHERE store_id = :store_id AND begun_at < :before;

-- name: stores_to_compare
-- Stores whose books were not compared for twenty hours, and that a gateway took money for this week, or, when their books are looked
-- after already, in the last two hundred days: banks take money back after months. Times are microseconds.
-- scope: sweep
SELECT s.store_id
FROM (
  SELECT DISTINCT store_id FROM payments_attempts WHERE external <> '' AND created_at >= :now - 604800000000
  UNION
  SELECT DISTINCT store_id FROM payments_comparisons WHERE begun_at >= :now - 5184000000000
) s
WHERE NOT EXISTS (SELECT 1 FROM payments_comparisons c WHERE c.store_id = s.store_id AND c.begun_at > :now - 72000000000)
  AND EXISTS (SELECT 1 FROM payments_attempts a WHERE a.store_id = s.store_id AND a.external <> '' AND a.created_at >= :now - 17280000000000);
