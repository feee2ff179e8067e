-- name: insert_dispute
INSERT INTO payments_disputes (store_id, id, payment_id, attempt_id, gateway, external, amount, currency, reason, status, held, lost, due_at, opened_at,
  closed_at, reminded, checks, check_at, created_at, changed_at)
VALUES (:store_id, :id, :payment_id, :attempt_id, :gateway, :external, :amount, :currency, :reason, :status, :held, :lost, :due_at, :opened_at,
  :closed_at, :reminded, :checks, :check_at, :now, :now);

-- name: find_dispute
SELECT d.id, d.payment_id, d.attempt_id, d.gateway, d.external, d.amount, d.currency, d.reason, d.status, d.held, d.lost, d.due_at, d.opened_at, d.closed_at,
  d.answer, d.sending, d.sent_at, d.key, d.evidence, d.edition, d.problem, d.actor, d.answered_at, d.reminded, d.checks, d.check_at, d.version
FROM payments_disputes d
WHERE d.store_id = :store_id AND d.id = :id;

-- name: dispute_named
SELECT d.id, d.payment_id, d.attempt_id, d.gateway, d.external, d.amount, d.currency, d.reason, d.status, d.held, d.lost, d.due_at, d.opened_at, d.closed_at,
  d.answer, d.sending, d.sent_at, d.key, d.evidence, d.edition, d.problem, d.actor, d.answered_at, d.reminded, d.checks, d.check_at, d.version
FROM payments_disputes d
WHERE d.store_id = :store_id AND d.gateway = :gateway AND d.external = :external;

-- name: disputes_of
SELECT d.id, d.payment_id, d.attempt_id, d.gateway, d.external, d.amount, d.currency, d.reason, d.status, d.held, d.lost, d.due_at, d.opened_at, d.closed_at,
  d.answer, d.sending, d.sent_at, d.key, d.evidence, d.edition, d.problem, d.actor, d.answered_at, d.reminded, d.checks, d.check_at, d.version
FROM payments_disputes d
WHERE d.store_id = :store_id AND d.payment_id = :payment_id
ORDER BY d.id
LIMIT 100;

-- name: update_dispute
-- The version lets one of two writers win, also where rows cannot be locked.
UPDATE payments_disputes
SET reason = :reason, status = :status, held = :held, lost = :lost, due_at = :due_at, closed_at = :closed_at, answer = :answer, sending = :sending,
    sent_at = :sent_at, key = :key, evidence = :evidence, edition = :edition, problem = :problem, actor = :actor, answered_at = :answered_at, reminded = :reminded,
    checks = :checks, check_at = :check_at, version = version + 1, changed_at = :now
WHERE store_id = :store_id AND id = :id AND version = :version;

-- name: list_open_disputes
-- columns: d.due_at, d.id
SELECT d.id, d.payment_id, d.gateway, d.external, d.amount, d.currency, d.reason, d.status, d.due_at, d.opened_at, d.closed_at, d.sending, d.sent_at, p.reference
FROM payments_disputes d
JOIN payments_payments p ON p.store_id = :store_id AND p.id = d.payment_id
WHERE d.store_id = :store_id AND d.closed_at IS NULL
-- where
-- order

-- name: list_closed_disputes
-- columns: d.id
SELECT d.id, d.payment_id, d.gateway, d.external, d.amount, d.currency, d.reason, d.status, d.due_at, d.opened_at, d.closed_at, d.sending, d.sent_at, p.reference
FROM payments_disputes d
JOIN payments_payments p ON p.store_id = :store_id AND p.id = d.payment_id
WHERE d.store_id = :store_id AND d.closed_at IS NOT NULL
-- where
-- order

-- name: waiting_disputes
-- How many wait for the store's answer, to a limit.
SELECT COUNT(*) FROM (
  SELECT id FROM payments_disputes
  WHERE store_id = :store_id AND closed_at IS NULL AND due_at > :now AND due_at < :never AND status IN ('warning_needs_response', 'needs_response') AND sending = FALSE AND sent_at IS NULL
  LIMIT 100
) AS d;

-- name: due_disputes
SELECT id
FROM payments_disputes
WHERE store_id = :store_id AND check_at <= :now
ORDER BY check_at
LIMIT 50;

-- name: forget_evidence
-- What is on its way stays until it has arrived: it is about the store's money.
UPDATE payments_disputes
SET evidence = '{}'
WHERE store_id = :store_id AND sending = FALSE AND payment_id IN (:payments...);

-- name: ask_disputes_soon
-- What the ledger could not have until now.
UPDATE payments_disputes
SET check_at = :now
WHERE store_id = :store_id AND payment_id = :payment_id AND check_at IS NOT NULL AND held + lost = 0;
