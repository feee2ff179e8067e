-- name: insert_events
INSERT INTO event_events (store_id, id, name, entity, payload, at)
SELECT :store_id, json_extract(value, '$.id'), json_extract(value, '$.name'), json_extract(value, '$.entity'), json_extract(value, '$.payload'), :at
FROM json_each(:rows)

-- name: insert_waiting
INSERT INTO event_waiting (store_id, entity, event_id, subscribers)
SELECT :store_id, json_extract(value, '$.entity'), json_extract(value, '$.event'), json_extract(value, '$.subscribers')
FROM json_each(:rows)

-- name: insert_deliveries
INSERT INTO event_deliveries (store_id, event_id, subscriber, entity, state, at)
SELECT :store_id, json_extract(value, '$.event'), json_extract(value, '$.subscriber'), json_extract(value, '$.entity'), 'pending', :at
FROM json_each(:rows)

-- name: next_delivery
SELECT d.event_id, (SELECT e.payload FROM event_events e WHERE e.store_id = :store_id AND e.id = d.event_id), d.attempts, d.due_at
FROM event_deliveries d
WHERE d.store_id = :store_id AND d.subscriber = :subscriber AND d.entity = :entity AND d.state = 'pending'
ORDER BY d.event_id
LIMIT 2

-- Events of an entity are told in their order, and a delivery that waits goes
-- before them.

-- name: take_waiting
DELETE FROM event_waiting
WHERE store_id = :store_id AND entity = :entity AND event_id <= :last
RETURNING event_id, subscribers,
  (SELECT e.payload FROM event_events e WHERE e.store_id = :store_id AND e.id = event_waiting.event_id),
  parked OR EXISTS (
    SELECT 1 FROM event_deliveries d
    WHERE d.store_id = :store_id AND d.entity = :entity AND d.state = 'pending' AND d.event_id <= :last
  )

-- name: park_waiting
UPDATE event_waiting
SET parked = TRUE
WHERE store_id = :store_id AND entity IN (:entities...) AND NOT parked
RETURNING event_id, entity, subscribers

-- name: forget_parked
DELETE FROM event_waiting
WHERE store_id = :store_id AND entity IN (:entities...) AND parked AND NOT EXISTS (
    SELECT 1 FROM event_deliveries d
    WHERE d.store_id = :store_id AND d.event_id = event_waiting.event_id AND d.state = 'pending'
  )

-- name: waiting_entities
SELECT DISTINCT entity
FROM event_waiting
WHERE store_id = :store_id AND NOT parked
ORDER BY entity
LIMIT 1000

-- name: end_delivery
UPDATE event_deliveries
SET state = :state, at = :at, attempts = attempts + 1
WHERE store_id = :store_id AND event_id = :event AND subscriber = :subscriber AND state = 'pending' AND attempts = :attempts

-- name: fail_delivery
UPDATE event_deliveries
SET attempts = attempts + 1, error = :error, at = :at, state = :state, due_at = :due_at
WHERE store_id = :store_id AND event_id = :event AND subscriber = :subscriber AND state = 'pending' AND attempts = :attempts

-- name: dead_deliveries
SELECT d.store_id, d.event_id, d.subscriber, e.name, d.entity, d.attempts, d.error, d.at, d.due_at
FROM event_deliveries d
JOIN event_events e ON e.store_id = d.store_id AND e.id = d.event_id
WHERE d.store_id = :store_id AND d.state = 'dead'
ORDER BY d.event_id
LIMIT 100

-- name: revive_delivery
UPDATE event_deliveries
SET state = 'pending', attempts = 0, error = '', due_at = 0
WHERE store_id = :store_id AND event_id = :event AND subscriber = :subscriber AND state = 'dead'

-- name: pending_deliveries
SELECT subscriber, entity
FROM event_deliveries
WHERE store_id = :store_id AND state = 'pending'
GROUP BY subscriber, entity
ORDER BY MIN(event_id)
LIMIT 1000

-- name: count_undelivered
-- scope: system
SELECT (SELECT COUNT(*) FROM event_waiting WHERE NOT parked) + (SELECT COUNT(*) FROM event_deliveries WHERE state = 'pending'),
  (SELECT COUNT(*) FROM event_deliveries WHERE state = 'dead')

-- name: all_dead_deliveries
-- scope: system
SELECT d.store_id, d.event_id, d.subscriber, e.name, d.entity, d.attempts, d.error, d.at, d.due_at
FROM event_deliveries d
JOIN event_events e ON e.store_id = d.store_id AND e.id = d.event_id
WHERE d.state = 'dead'
ORDER BY d.event_id DESC
LIMIT 100

-- name: list_dead
-- scope: system
-- columns: d.event_id, d.subscriber, d.store_id, e.name
SELECT d.store_id, d.event_id, d.subscriber, e.name, d.entity, d.attempts, d.error, d.at, d.due_at
FROM event_deliveries d
JOIN event_events e ON e.store_id = d.store_id AND e.id = d.event_id
WHERE d.state = 'dead'
-- where
-- order

-- name: list_failing
-- scope: system
-- columns: d.event_id, d.subscriber, d.store_id, e.name
SELECT d.store_id, d.event_id, d.subscriber, e.name, d.entity, d.attempts, d.error, d.at, d.due_at
FROM event_deliveries d
JOIN event_events e ON e.store_id = d.store_id AND e.id = d.event_id
WHERE d.state = 'pending' AND d.attempts > 0
-- where
-- order
