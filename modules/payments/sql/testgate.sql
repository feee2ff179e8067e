-- name: insert_test_charge
INSERT INTO payments_test_charges (store_id, id, key, amount, currency, status, created_at)
VALUES (:store_id, :id, :key, :amount, :currency, 'choosing', :now)
ON CONFLICT (store_id, key) DO NOTHING;

-- name: find_test_charge
SELECT id, key, amount, currency, status, refunded, silent_until, succeeds_at
FROM payments_test_charges
WHERE store_id = :store_id AND key = :key;

-- name: update_test_charge
UPDATE payments_test_charges
SET status = :status, silent_until = :silent_until, succeeds_at = :succeeds_at
WHERE store_id = :store_id AND key = :key AND status = :was;

-- name: insert_test_refund
INSERT INTO payments_test_refunds (store_id, key, charge_id, amount)
VALUES (:store_id, :key, :charge_id, :amount)
ON CONFLICT (store_id, key) DO NOTHING;

-- name: add_test_refund
UPDATE payments_test_charges
SET refunded = refunded + :amount
WHERE store_id = :store_id AND id = :id AND refunded + :amount <= amount;
