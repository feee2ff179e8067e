-- name: insert_account
INSERT INTO payments_accounts (store_id, id, gateway, umbrella, key, status, payouts, wanted, stopped, check_at, created_at, changed_at)
VALUES (:store_id, :id, :gateway, :umbrella, :key, :status, :payouts, 0, '', :check_at, :now, :now)
ON CONFLICT DO NOTHING;

-- name: account_under
-- The latest: those before it are no longer ours to speak for.
SELECT id, gateway, umbrella, key, external, status, payouts, wanted, wanted_by, stopped, checks, check_at, created_at
FROM payments_accounts
WHERE store_id = :store_id AND gateway = :gateway AND umbrella = :umbrella
ORDER BY id DESC
LIMIT 1;

-- name: find_account
SELECT id, gateway, umbrella, key, external, status, payouts, wanted, wanted_by, stopped, checks, check_at, created_at
FROM payments_accounts
WHERE store_id = :store_id AND id = :id;

-- name: all_accounts
SELECT id, gateway, umbrella, key, external, status, payouts, wanted, wanted_by, stopped, checks, check_at, created_at
FROM payments_accounts
WHERE store_id = :store_id
ORDER BY id
LIMIT 50;

-- name: update_account
-- The gateway's name of an account is written once.
UPDATE payments_accounts
SET external = :external, status = :status, payouts = :payouts, wanted = :wanted, wanted_by = :wanted_by, stopped = :stopped,
    checks = :checks, check_at = :check_at, changed_at = :now
WHERE store_id = :store_id AND id = :id AND external IN ('', :external);

-- name: due_accounts
SELECT id
FROM payments_accounts
WHERE store_id = :store_id AND check_at <= :now
ORDER BY check_at
LIMIT 50;

-- name: store_of_account
-- scope: sweep
SELECT store_id
FROM payments_accounts
WHERE external = :external AND gateway = :gateway;
