-- name: put_texts
-- Rows come as one JSON text, so that those of a hundred things are one statement.
INSERT INTO cms_texts (store_id, lang, area, thing, title, total, missing, changed, known, seen_at)
SELECT :store_id, r.lang, r.area, r.thing, r.title, r.total, r.missing, r.changed, r.known, :now
FROM json_to_recordset(CAST(:rows AS json)) AS r(lang TEXT, area TEXT, thing TEXT, title TEXT, total BIGINT, missing BIGINT, changed BIGINT, known JSON)
ON CONFLICT (store_id, lang, area, thing) DO UPDATE
SET title = excluded.title, total = excluded.total, missing = excluded.missing, changed = excluded.changed, known = excluded.known, seen_at = excluded.seen_at
WHERE cms_texts.store_id = :store_id;
