-- name: insert_payment
INSERT INTO payments_payments (store_id, id, kind, for_id, reference, method, status, amount, currency, email, lang, return_path,
  customer_id, opened_at, changed_at)
VALUES (:store_id, :id, :kind, :for_id, :reference, :method, :status, :amount, :currency, :email, :lang, :return_path, :customer_id, :now, :now);

-- name: payments_by_ids
SELECT p.id, p.kind, p.for_id, p.reference, p.method, p.status, p.amount, p.currency, p.authorised, p.captured, p.refunded, p.aside, p.disputed, p.lost,
  p.email, p.lang, p.return_path, p.attempt_id, p.tries, p.cancelled, p.customer_id, p.version, p.opened_at, p.changed_at
FROM payments_payments p
WHERE p.store_id = :store_id AND p.id IN (:ids...);

-- name: find_payment
SELECT p.id, p.kind, p.for_id, p.reference, p.method, p.status, p.amount, p.currency, p.authorised, p.captured, p.refunded, p.aside, p.disputed, p.lost,
  p.email, p.lang, p.return_path, p.attempt_id, p.tries, p.cancelled, p.customer_id, p.version, p.opened_at, p.changed_at
FROM payments_payments p
WHERE p.store_id = :store_id AND p.id = :id;

-- name: lock_payment
SELECT p.id, p.kind, p.for_id, p.reference, p.method, p.status, p.amount, p.currency, p.authorised, p.captured, p.refunded, p.aside, p.disputed, p.lost,
  p.email, p.lang, p.return_path, p.attempt_id, p.tries, p.cancelled, p.customer_id, p.version, p.opened_at, p.changed_at
FROM payments_payments p
WHERE p.store_id = :store_id AND p.id = :id;

-- name: update_payment
-- The version lets one of two writers win, also where rows cannot be locked.
UPDATE payments_payments
SET status = :status, authorised = :authorised, captured = :captured, refunded = :refunded, aside = :aside,
    disputed = :disputed, lost = :lost,
    attempt_id = :attempt_id, tries = :tries, cancelled = :cancelled, version = version + 1, changed_at = :now
WHERE store_id = :store_id AND id = :id AND version = :version;

-- name: list_payments
-- columns: p.id, p.status, p.method, p.reference, p.email, p.for_id, p.kind
SELECT p.id, p.kind, p.for_id, p.reference, p.method, p.status, p.amount, p.currency, p.authorised, p.captured, p.refunded, p.aside, p.disputed, p.lost,
  p.email, p.lang, p.return_path, p.attempt_id, p.tries, p.cancelled, p.customer_id, p.version, p.opened_at, p.changed_at
FROM payments_payments p
WHERE p.store_id = :store_id
-- where
-- order

-- name: forget_payers
UPDATE payments_payments
SET email = '', customer_id = 0
WHERE store_id = :store_id AND id IN (:payments...);
