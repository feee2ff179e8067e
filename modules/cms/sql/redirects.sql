-- name: insert_redirect
INSERT INTO cms_redirects (store_id, id, path, prefix, target, code, author, made_at)
VALUES (:store_id, :id, :path, :prefix, :target, :code, :author, :now);

-- name: delete_redirect
DELETE FROM cms_redirects
WHERE store_id = :store_id AND id = :id;

-- name: delete_redirect_from
DELETE FROM cms_redirects
WHERE store_id = :store_id AND path = :path;

-- name: turn_redirects
-- Those that lead to an address lead to another one.
UPDATE cms_redirects
SET target = :to
WHERE store_id = :store_id AND target = :from;

-- name: all_redirects
SELECT id, path, prefix, target, code, hits, hit_at, author, made_at
FROM cms_redirects
WHERE store_id = :store_id
ORDER BY path
LIMIT 5000;

-- name: list_redirects
-- columns: id, path, target
SELECT id, path, prefix, target, code, hits, hit_at, author, made_at
FROM cms_redirects
WHERE store_id = :store_id
-- where
-- order

-- name: hit_redirect
UPDATE cms_redirects
SET hits = hits + :hits, hit_at = :hit_at
WHERE store_id = :store_id AND id = :id;
