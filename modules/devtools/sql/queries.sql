-- name: queries
-- scope: system
SELECT id, name, text, author, saved_at
FROM dev_tools_queries
ORDER BY name
LIMIT 100;

-- name: put_query
-- scope: system
-- At most a hundred: they are read at once.
INSERT INTO dev_tools_queries (id, name, text, author, saved_at)
SELECT CAST(:id AS BIGINT), CAST(:name AS TEXT), CAST(:text AS TEXT), CAST(:author AS TEXT), CAST(:now AS BIGINT)
WHERE 100 > (SELECT COUNT(*) FROM dev_tools_queries q WHERE q.name <> :name)
ON CONFLICT (name) DO UPDATE SET text = excluded.text, author = excluded.author, saved_at = excluded.saved_at;

-- name: delete_query
-- scope: system
DELETE FROM dev_tools_queries
WHERE id = :id
RETURNING name, text;
