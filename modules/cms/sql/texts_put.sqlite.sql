-- name: put_texts
-- Rows come as one JSON text, so that those of a hundred things are one statement.
INSERT INTO cms_texts (store_id, lang, area, thing, title, total, missing, changed, known, seen_at)
SELECT :store_id, json_extract(r.value, '$.lang'), json_extract(r.value, '$.area'), json_extract(r.value, '$.thing'), json_extract(r.value, '$.title'),
  json_extract(r.value, '$.total'), json_extract(r.value, '$.missing'), json_extract(r.value, '$.changed'), json_extract(r.value, '$.known'), :now
FROM json_each(:rows) r
WHERE TRUE
ON CONFLICT (store_id, lang, area, thing) DO UPDATE
SET title = excluded.title, total = excluded.total, missing = excluded.missing, changed = excluded.changed, known = excluded.known, seen_at = excluded.seen_at
WHERE cms_texts.store_id = :store_id;
