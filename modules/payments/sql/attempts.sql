-- name: insert_attempt
INSERT INTO payments_attempts (store_id, id, payment_id, number, gateway, status, key, external, redirect, reason, check_at, created_at, changed_at)
VALUES (:store_id, :id, :payment_id, :number, :gateway, :status, :key, :external, :redirect, :reason, :check_at, :now, :now);

-- name: find_attempt
SELECT id, payment_id, number, gateway, status, key, external, redirect, reason, take, checks, check_at, save_at, method_id, uses, created_at, changed_at
FROM payments_attempts
WHERE store_id = :store_id AND id = :id;

-- name: attempts_by_ids
SELECT id, payment_id, number, gateway, status, key, external, redirect, reason, take, checks, check_at, save_at, method_id, uses, created_at, changed_at
FROM payments_attempts
WHERE store_id = :store_id AND id IN (:ids...);

-- name: attempt_of_key
SELECT id, payment_id, number, gateway, status, key, external, redirect, reason, take, checks, check_at, save_at, method_id, uses, created_at, changed_at
FROM payments_attempts
WHERE store_id = :store_id AND key = :key;

-- name: attempts_of
SELECT id, payment_id, number, gateway, status, key, external, redirect, reason, take, checks, check_at, save_at, method_id, uses, created_at, changed_at
FROM payments_attempts
WHERE store_id = :store_id AND payment_id = :payment_id
ORDER BY number DESC
LIMIT 100;

-- name: update_attempt
UPDATE payments_attempts
SET status = :status, external = :external, redirect = :redirect, reason = :reason, take = :take, checks = :checks, check_at = :check_at,
    save_at = :save_at, method_id = :method_id, uses = :uses, changed_at = :now
WHERE store_id = :store_id AND id = :id;

-- name: due_attempts
SELECT id
FROM payments_attempts
WHERE store_id = :store_id AND check_at <= :now
ORDER BY check_at
LIMIT 400;
