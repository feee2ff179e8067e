-- name: insert_entries
INSERT INTO payments_entries (store_id, id, payment_id, posting_id, kind, account, amount, currency, note, actor, at)
SELECT :store_id, w.id, :payment_id, w.posting, w.kind, w.account, w.amount, :currency, :note, :actor, :at
FROM json_to_recordset(CAST(:entries AS json)) AS w (id BIGINT, posting BIGINT, kind TEXT, account TEXT, amount BIGINT);
