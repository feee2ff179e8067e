-- name: insert_refund
INSERT INTO payments_refunds (store_id, id, payment_id, attempt_id, amount, status, key, external, reason, problem, actor, check_at, created_at, changed_at)
VALUES (:store_id, :id, :payment_id, :attempt_id, :amount, :status, :key, :external, :reason, :problem, :actor, :check_at, :now, :now);

-- name: find_refund
SELECT id, payment_id, attempt_id, amount, status, key, external, reason, problem, actor, checks, check_at, created_at
FROM payments_refunds
WHERE store_id = :store_id AND id = :id;

-- name: refunds_of_all
SELECT id, payment_id, attempt_id, amount, status, key, external, reason, problem, actor, checks, check_at, created_at
FROM payments_refunds
WHERE store_id = :store_id AND payment_id IN (:ids...);

-- name: refunds_of
SELECT id, payment_id, attempt_id, amount, status, key, external, reason, problem, actor, checks, check_at, created_at
FROM payments_refunds
WHERE store_id = :store_id AND payment_id = :payment_id
ORDER BY id
LIMIT 100;

-- name: update_refund
UPDATE payments_refunds
SET status = :status, external = :external, problem = :problem, checks = :checks, check_at = :check_at, changed_at = :now
WHERE store_id = :store_id AND id = :id AND status = :was;

-- name: due_refunds
SELECT id
FROM payments_refunds
WHERE store_id = :store_id AND check_at <= :now
ORDER BY check_at
LIMIT 50;
