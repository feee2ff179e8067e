-- name: insert_entries
INSERT INTO payments_entries (store_id, id, payment_id, posting_id, kind, account, amount, currency, note, actor, at)
SELECT :store_id, json_extract(value, '$.id'), :payment_id, json_extract(value, '$.posting'), json_extract(value, '$.kind'),
  json_extract(value, '$.account'), json_extract(value, '$.amount'), :currency, :note, :actor, :at
FROM json_each(:entries);

-- name: entries_of
SELECT id, posting_id, kind, account, amount, currency, note, actor, at
FROM payments_entries
WHERE store_id = :store_id AND payment_id = :payment_id
ORDER BY id
LIMIT 500;

-- name: unbalanced
-- Payments whose entries do not sum to zero, or do not say what the payment and its
-- disputes say; and those of which more went back than came in.
SELECT p.id
FROM payments_payments p
LEFT JOIN (
  SELECT payment_id,
         SUM(amount) AS total,
         SUM(CASE WHEN account = 'payer' AND kind IN ('authorise', 'void') THEN -amount ELSE 0 END) AS authorised,
         SUM(CASE WHEN account = 'store' AND kind = 'capture' THEN amount ELSE 0 END) AS captured,
         SUM(CASE WHEN account = 'payer' AND kind = 'refund' THEN amount ELSE 0 END) AS refunded,
         SUM(CASE WHEN account = 'disputed' THEN amount ELSE 0 END) AS disputed,
         SUM(CASE WHEN account = 'payer' AND kind IN ('dispute_won', 'dispute_lost') THEN amount ELSE 0 END) AS lost,
         MIN(currency) AS low, MAX(currency) AS high
  FROM payments_entries
  WHERE store_id = :store_id
  GROUP BY payment_id
) e ON e.payment_id = p.id
LEFT JOIN (
  SELECT payment_id, SUM(held) AS held, SUM(lost) AS lost
  FROM payments_disputes
  WHERE store_id = :store_id
  GROUP BY payment_id
) d ON d.payment_id = p.id
WHERE p.store_id = :store_id
  AND (COALESCE(e.total, 0) <> 0
    OR p.authorised <> COALESCE(e.authorised, 0)
    OR p.captured <> COALESCE(e.captured, 0)
    OR p.refunded <> COALESCE(e.refunded, 0)
    OR p.disputed <> COALESCE(e.disputed, 0) OR p.disputed <> COALESCE(d.held, 0)
    OR p.lost <> COALESCE(e.lost, 0) OR p.lost <> COALESCE(d.lost, 0)
    OR p.refunded + p.aside + p.disputed + p.lost > p.captured
    OR COALESCE(e.low, p.currency) <> p.currency
    OR COALESCE(e.high, p.currency) <> p.currency)
ORDER BY p.id
LIMIT 100;
