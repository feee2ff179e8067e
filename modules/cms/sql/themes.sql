-- name: find_design
SELECT design, revision, edited_at, editor, versions, live, live_revision
FROM cms_designs
WHERE store_id = :store_id;

-- name: insert_design
INSERT INTO cms_designs (store_id, design, revision, edited_at, editor)
VALUES (:store_id, :design, :revision, :edited_at, :editor);

-- name: update_design
UPDATE cms_designs
SET design = :design, revision = :revision, edited_at = :edited_at, editor = :editor, versions = :versions, live = :live, live_revision = :live_revision
WHERE store_id = :store_id;

-- name: insert_design_version
INSERT INTO cms_design_versions (store_id, number, design, author, created_at)
VALUES (:store_id, :number, :design, :author, :now);

-- name: find_design_version
SELECT number, design, author, created_at
FROM cms_design_versions
WHERE store_id = :store_id AND number = :number;

-- name: list_design_versions
SELECT number, '', author, created_at
FROM cms_design_versions
WHERE store_id = :store_id AND number < :before
ORDER BY number DESC
LIMIT :limit;

-- name: live_design
-- The version that shoppers see.
SELECT v.number, v.design, v.author, v.created_at
FROM cms_designs d
JOIN cms_design_versions v ON v.store_id = d.store_id AND v.number = d.live
WHERE d.store_id = :store_id;

-- name: earlier_designs
-- Those that shoppers saw before, for when the one that they should see is broken.
SELECT number, design, author, created_at
FROM cms_design_versions
WHERE store_id = :store_id AND number < :before
ORDER BY number DESC
LIMIT 5;

-- name: designs_with_file
-- Whether a file is in what is being made or in what shoppers see.
SELECT COUNT(*)
FROM cms_designs d
LEFT JOIN cms_design_versions v ON v.store_id = d.store_id AND v.number = d.live
WHERE d.store_id = :store_id AND (d.design LIKE :like OR v.design LIKE :like);
