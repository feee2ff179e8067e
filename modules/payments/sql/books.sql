-- name: settle_differences
-- What agrees by now is closed by itself.
UPDATE payments_differences
SET status = 'closed', note = '', closed_by = '', closed_at = :now
WHERE store_id = :store_id AND gateway = :gateway AND status = 'open' AND external IN (SELECT value FROM json_each(:externals));

-- name: charges_of
-- Attempts by the gateway's names or by our keys.
SELECT a.id, a.payment_id, a.status, a.key, a.external, a.created_at, p.amount, p.currency
FROM payments_attempts a
JOIN payments_payments p ON p.store_id = :store_id AND p.id = a.payment_id
WHERE a.store_id = :store_id AND a.gateway = :gateway AND a.id IN (
  SELECT b.id FROM json_each(:externals) AS j CROSS JOIN payments_attempts b WHERE b.store_id = :store_id AND b.external = j.value
  UNION
  SELECT b.id FROM json_each(:keys) AS j CROSS JOIN payments_attempts b WHERE b.store_id = :store_id AND b.key = j.value);

-- name: paid_for
-- What was paid by requests, by the gateway's names of them.
SELECT a.external, a.payment_id, p.reference
FROM json_each(:externals) AS j
CROSS JOIN payments_attempts a
JOIN payments_payments p ON p.store_id = :store_id AND p.id = a.payment_id
WHERE a.store_id = :store_id AND a.external = j.value AND a.gateway = :gateway;

-- name: refunds_known
-- Refunds by the gateway's names or by our keys.
SELECT r.id, r.payment_id, r.status, r.key, r.external, r.created_at, r.amount, p.currency
FROM payments_refunds r
JOIN payments_payments p ON p.store_id = :store_id AND p.id = r.payment_id
WHERE r.store_id = :store_id AND r.id IN (
  SELECT b.id FROM json_each(:externals) AS j CROSS JOIN payments_refunds b WHERE b.store_id = :store_id AND b.external = j.value
  UNION
  SELECT b.id FROM json_each(:keys) AS j CROSS JOIN payments_refunds b WHERE b.store_id = :store_id AND b.key = j.value);
