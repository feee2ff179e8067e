-- name: insert_decision
INSERT INTO customers_decisions (store_id, id, visitor, version, allowed, refused, created_at)
VALUES (:store_id, :id, :visitor, :version, :allowed, :refused, :now);

-- name: count_decision
INSERT INTO customers_decision_days (store_id, day, answer, decisions)
VALUES (:store_id, :day, :answer, 1)
ON CONFLICT (store_id, day, answer) DO UPDATE SET decisions = customers_decision_days.decisions + 1
WHERE customers_decision_days.store_id = :store_id;

-- name: list_decisions
-- columns: id
SELECT id, visitor, version, allowed, refused, created_at
FROM customers_decisions
WHERE store_id = :store_id
-- where
-- order

-- name: decisions_since
SELECT answer, SUM(decisions)
FROM customers_decision_days
WHERE store_id = :store_id AND day >= :day
GROUP BY answer;

-- name: delete_decisions
DELETE FROM customers_decisions
WHERE store_id = :store_id AND created_at < :before;

-- name: stores_with_old_decisions
-- scope: sweep
SELECT DISTINCT store_id
FROM customers_decisions
WHERE created_at < :now - 94608000000000;
