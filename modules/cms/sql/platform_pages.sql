-- name: platform_insert_page
INSERT INTO cms_platform_pages (platform_id, id, tier, slug, head, body, sections, revision, edited_at, editor)
VALUES (:platform_id, :id, :tier, :slug, :head, :body, :sections, 1, :now, :editor);

-- name: platform_hold_page
-- Nobody else changes the page before the transaction ends.
UPDATE cms_platform_pages
SET revision = revision
WHERE platform_id = :platform_id AND id = :id;

-- name: platform_find_page
SELECT id, tier, slug, head, body, sections, revision, edited_at, editor, versions, live, live_revision, due_at, due_by, NULL, 0
FROM cms_platform_pages
WHERE platform_id = :platform_id AND id = :id;

-- name: platform_list_pages
-- columns: id, slug, tier
SELECT id, tier, slug, head, '{}', '[]', revision, edited_at, editor, versions, live, live_revision, due_at, due_by, NULL, 0
FROM cms_platform_pages
WHERE platform_id = :platform_id
-- where
-- order

-- name: platform_count_pages
SELECT COUNT(*)
FROM cms_platform_pages
WHERE platform_id = :platform_id;

-- name: platform_update_page
UPDATE cms_platform_pages
SET slug = :slug, head = :head, body = :body, sections = :sections, revision = :revision, edited_at = :edited_at, editor = :editor,
  versions = :versions, live = :live, live_revision = :live_revision, due_at = :due_at, due_by = :due_by
WHERE platform_id = :platform_id AND id = :id;

-- name: platform_delete_versions
DELETE FROM cms_platform_versions
WHERE platform_id = :platform_id AND page_id = :id;

-- name: platform_delete_page
DELETE FROM cms_platform_pages
WHERE platform_id = :platform_id AND id = :id;

-- name: platform_insert_version
INSERT INTO cms_platform_versions (platform_id, page_id, number, head, body, sections, author, created_at)
VALUES (:platform_id, :id, :number, :head, :body, :sections, :author, :now);

-- name: platform_find_version
SELECT number, head, body, sections, author, created_at
FROM cms_platform_versions
WHERE platform_id = :platform_id AND page_id = :id AND number = :number;

-- name: platform_list_versions
SELECT number, '{}', '{}', '[]', author, created_at
FROM cms_platform_versions
WHERE platform_id = :platform_id AND page_id = :id AND number < :before
ORDER BY number DESC
LIMIT :limit;

-- name: platform_live_links
SELECT p.id, p.tier, p.slug, v.head, v.created_at
FROM cms_platform_pages p
JOIN cms_platform_versions v ON v.platform_id = p.platform_id AND v.page_id = p.id AND v.number = p.live
WHERE p.platform_id = :platform_id
LIMIT 500;

-- name: platform_live_body
SELECT v.body, v.sections
FROM cms_platform_pages p
JOIN cms_platform_versions v ON v.platform_id = p.platform_id AND v.page_id = p.id AND v.number = p.live
WHERE p.platform_id = :platform_id AND p.id = :id;
