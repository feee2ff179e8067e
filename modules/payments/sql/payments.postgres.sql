-- name: lock_payment
SELECT p.id, p.kind, p.for_id, p.reference, p.method, p.status, p.amount, p.currency, p.authorised, p.captured, p.refunded, p.aside, p.disputed, p.lost,
  p.email, p.lang, p.return_path, p.attempt_id, p.tries, p.cancelled, p.customer_id, p.version, p.opened_at, p.changed_at
FROM payments_payments p
WHERE p.store_id = :store_id AND p.id = :id
FOR UPDATE;
