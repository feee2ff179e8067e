-- name: find_fitting
SELECT kind, body, revision, edited_at, editor, versions, live, live_revision
FROM cms_fittings
WHERE store_id = :store_id AND kind = :kind;

-- name: all_fittings
SELECT kind, body, revision, edited_at, editor, versions, live, live_revision
FROM cms_fittings
WHERE store_id = :store_id;

-- name: insert_fitting
INSERT INTO cms_fittings (store_id, kind, body, revision, edited_at, editor)
VALUES (:store_id, :kind, :body, :revision, :edited_at, :editor);

-- name: update_fitting
UPDATE cms_fittings
SET body = :body, revision = :revision, edited_at = :edited_at, editor = :editor, versions = :versions, live = :live, live_revision = :live_revision
WHERE store_id = :store_id AND kind = :kind;

-- name: insert_fitting_version
INSERT INTO cms_fitting_versions (store_id, kind, number, body, author, created_at)
VALUES (:store_id, :kind, :number, :body, :author, :now);

-- name: find_fitting_version
SELECT number, body, author, created_at
FROM cms_fitting_versions
WHERE store_id = :store_id AND kind = :kind AND number = :number;

-- name: list_fitting_versions
SELECT number, '', author, created_at
FROM cms_fitting_versions
WHERE store_id = :store_id AND kind = :kind AND number < :before
ORDER BY number DESC
LIMIT :limit;

-- name: live_fittings
-- The versions that shoppers see.
SELECT v.kind, v.number, v.body
FROM cms_fittings f
JOIN cms_fitting_versions v ON v.store_id = f.store_id AND v.kind = f.kind AND v.number = f.live
WHERE f.store_id = :store_id;

-- name: earlier_fittings
-- Those that shoppers saw before, for when the one that they should see is broken.
SELECT number, body, author, created_at
FROM cms_fitting_versions
WHERE store_id = :store_id AND kind = :kind AND number < :before
ORDER BY number DESC
LIMIT 5;
