-- name: views
SELECT id, name, query
FROM core_views
WHERE store_id = :store_id AND user_id = :user_id AND list = :list
ORDER BY name
LIMIT 20;

-- name: put_view
-- At most twenty of a list: they are tabs.
INSERT INTO core_views (store_id, id, user_id, list, name, query)
SELECT :store_id, CAST(:id AS BIGINT), CAST(:user_id AS BIGINT), CAST(:list AS TEXT), CAST(:name AS TEXT), CAST(:query AS TEXT)
WHERE 20 > (SELECT COUNT(*) FROM core_views v WHERE v.store_id = :store_id AND v.user_id = :user_id AND v.list = :list AND v.name <> :name)
ON CONFLICT (store_id, user_id, list, name) DO UPDATE SET query = excluded.query
WHERE core_views.store_id = :store_id;

-- name: delete_view
DELETE FROM core_views
WHERE store_id = :store_id AND id = :id AND user_id = :user_id
RETURNING list, name, query;
