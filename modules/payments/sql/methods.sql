-- name: insert_payer
INSERT INTO payments_payers (store_id, id, customer_id, gateway, vault, key, created_at)
VALUES (:store_id, :id, :customer_id, :gateway, :vault, :key, :now)
ON CONFLICT (store_id, customer_id, gateway, vault) DO NOTHING;

-- name: find_payer
SELECT id, key, external, created_at
FROM payments_payers
WHERE store_id = :store_id AND customer_id = :customer_id AND gateway = :gateway AND vault = :vault;

-- name: name_payer
UPDATE payments_payers
SET external = :external
WHERE store_id = :store_id AND id = :id AND external = '';

-- name: forget_payer
DELETE FROM payments_payers
WHERE store_id = :store_id AND customer_id = :customer_id;

-- name: insert_method
-- What is known already, also as removed, stays as it is.
INSERT INTO payments_methods (store_id, id, customer_id, gateway, vault, key, external, brand, account, last4, exp_month, exp_year, fingerprint,
  status, agreed_at, check_at, created_at, changed_at)
VALUES (:store_id, :id, :customer_id, :gateway, :vault, :key, :external, :brand, :account, :last4, :exp_month, :exp_year, :fingerprint,
  :status, :agreed_at, :check_at, :now, :now)
ON CONFLICT DO NOTHING;

-- name: find_method
SELECT id, customer_id, gateway, vault, key, setup, external, brand, account, last4, exp_month, exp_year, fingerprint, status, agreed_at, checks, check_at, created_at
FROM payments_methods
WHERE store_id = :store_id AND id = :id;

-- name: update_method
-- One of two who bring the same news wins.
UPDATE payments_methods
SET customer_id = :customer_id, setup = :setup, external = :external, brand = :brand, account = :account, last4 = :last4, exp_month = :exp_month, exp_year = :exp_year,
    fingerprint = :fingerprint, status = :status, checks = :checks, check_at = :check_at, changed_at = :now
WHERE store_id = :store_id AND id = :id AND status = :was;

-- name: methods_of
SELECT id, customer_id, gateway, vault, key, setup, external, brand, account, last4, exp_month, exp_year, fingerprint, status, agreed_at, checks, check_at, created_at
FROM payments_methods
WHERE store_id = :store_id AND customer_id = :customer_id AND status = 'saved'
ORDER BY id DESC
LIMIT 50;

-- name: begun_methods
SELECT id
FROM payments_methods
WHERE store_id = :store_id AND customer_id = :customer_id AND status = 'asked'
LIMIT 50;

-- name: replace_methods
-- The same card, saved again: the gateway has it under another name now.
UPDATE payments_methods
SET status = 'removed', checks = 0, check_at = :now, changed_at = :now
WHERE store_id = :store_id AND customer_id = :customer_id AND status = 'saved' AND gateway = :gateway AND vault = :vault
  AND fingerprint = :fingerprint AND id <> :id;

-- name: forget_methods
UPDATE payments_methods
SET status = 'removed', customer_id = 0, brand = '', account = '', last4 = '', exp_month = 0, exp_year = 0, fingerprint = '', checks = 0, check_at = :now, changed_at = :now
WHERE store_id = :store_id AND customer_id = :customer_id;

-- name: due_methods
SELECT id
FROM payments_methods
WHERE store_id = :store_id AND check_at <= :now
ORDER BY check_at
LIMIT 50;
