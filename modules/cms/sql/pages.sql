-- name: insert_page
INSERT INTO cms_pages (store_id, id, slug, head, body, sections, revision, edited_at, editor)
VALUES (:store_id, :id, :slug, :head, :body, :sections, 1, :now, :editor);

-- name: hold_page
-- Nobody else changes the page before the transaction ends.
UPDATE cms_pages
SET revision = revision
WHERE store_id = :store_id AND id = :id;

-- name: find_page
SELECT id, 'store', slug, head, body, sections, revision, edited_at, editor, versions, live, live_revision, due_at, due_by, NULL, 0
FROM cms_pages
WHERE store_id = :store_id AND id = :id;

-- name: list_pages
-- columns: id, slug
SELECT id, 'store', slug, head, '{}', '[]', revision, edited_at, editor, versions, live, live_revision, due_at, due_by, NULL, 0
FROM cms_pages
WHERE store_id = :store_id
-- where
-- order

-- name: count_pages
SELECT COUNT(*)
FROM cms_pages
WHERE store_id = :store_id;

-- name: update_page
UPDATE cms_pages
SET slug = :slug, head = :head, body = :body, sections = :sections, revision = :revision, edited_at = :edited_at, editor = :editor,
  versions = :versions, live = :live, live_revision = :live_revision, due_at = :due_at, due_by = :due_by
WHERE store_id = :store_id AND id = :id;

-- name: delete_versions
DELETE FROM cms_versions
WHERE store_id = :store_id AND page_id = :id;

-- name: delete_page
DELETE FROM cms_pages
WHERE store_id = :store_id AND id = :id;

-- name: insert_version
INSERT INTO cms_versions (store_id, page_id, number, head, body, sections, author, created_at)
VALUES (:store_id, :id, :number, :head, :body, :sections, :author, :now);

-- name: find_version
SELECT number, head, body, sections, author, created_at
FROM cms_versions
WHERE store_id = :store_id AND page_id = :id AND number = :number;

-- name: list_versions
SELECT number, '{}', '{}', '[]', author, created_at
FROM cms_versions
WHERE store_id = :store_id AND page_id = :id AND number < :before
ORDER BY number DESC
LIMIT :limit;

-- name: live_links
SELECT p.id, 'store', p.slug, v.head, v.created_at
FROM cms_pages p
JOIN cms_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id
LIMIT 500;

-- name: live_body
SELECT v.body, v.sections
FROM cms_pages p
JOIN cms_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id AND p.id = :id;
