-- name: post_insert_page
INSERT INTO cms_posts (store_id, id, slug, head, body, words, category_id, revision, edited_at, editor)
VALUES (:store_id, :id, :slug, :head, :body, :words, :category, 1, :now, :editor);

-- name: post_hold_page
-- Nobody else changes the post before the transaction ends.
UPDATE cms_posts
SET revision = revision
WHERE store_id = :store_id AND id = :id;

-- name: post_find_page
SELECT id, 'post', slug, head, body, '[]', revision, edited_at, editor, versions, live, live_revision, due_at, due_by, first_at, shown_in
FROM cms_posts
WHERE store_id = :store_id AND id = :id;

-- name: post_list_pages
-- columns: id, live, due_at, words, category_id, slug
SELECT id, 'post', slug, head, '{}', '[]', revision, edited_at, editor, versions, live, live_revision, due_at, due_by, first_at, shown_in
FROM cms_posts
WHERE store_id = :store_id
-- where
-- order

-- name: posts_after
SELECT id, 'post', slug, head, body, '[]', revision, edited_at, editor, versions, live, live_revision, due_at, due_by, first_at, shown_in
FROM cms_posts
WHERE store_id = :store_id AND id > :after
ORDER BY id
LIMIT :limit;

-- name: post_count_pages
SELECT COUNT(*)
FROM cms_posts
WHERE store_id = :store_id;

-- name: post_update_page
UPDATE cms_posts
SET slug = :slug, head = :head, body = :body, words = :words, category_id = :category, revision = :revision, edited_at = :edited_at, editor = :editor,
  versions = :versions, live = :live, live_revision = :live_revision, due_at = :due_at, due_by = :due_by, first_at = :first_at, shown_in = :shown_in
WHERE store_id = :store_id AND id = :id;

-- name: post_delete_versions
DELETE FROM cms_post_versions
WHERE store_id = :store_id AND page_id = :id;

-- name: post_delete_page
DELETE FROM cms_posts
WHERE store_id = :store_id AND id = :id;

-- name: post_insert_version
INSERT INTO cms_post_versions (store_id, page_id, number, head, body, author, created_at)
VALUES (:store_id, :id, :number, :head, :body, :author, :now);

-- name: post_find_version
SELECT number, head, body, '[]', author, created_at
FROM cms_post_versions
WHERE store_id = :store_id AND page_id = :id AND number = :number;

-- name: post_list_versions
SELECT number, '{}', '{}', '[]', author, created_at
FROM cms_post_versions
WHERE store_id = :store_id AND page_id = :id AND number < :before
ORDER BY number DESC
LIMIT :limit;

-- name: post_live_links
SELECT p.id, 'post', p.slug, v.head, v.created_at
FROM cms_posts p
JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id
LIMIT 1000;

-- name: post_live_body
SELECT v.body, '[]'
FROM cms_posts p
JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id AND p.id = :id;

-- name: shown_post
SELECT p.id, p.slug, v.head, v.created_at, p.first_at, p.shown_in, v.body
FROM cms_posts p
JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id AND p.slug = :slug;

-- name: list_shown_posts
-- columns: p.id, p.first_at, p.shown_in
SELECT p.id, p.slug, v.head, v.created_at, p.first_at, p.shown_in, '{}'
FROM cms_posts p
JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id
-- where
-- order

-- name: posts_beside
-- The post that was published just before another one, and the one just after it.
SELECT slug, head, before
FROM (
  SELECT p.slug, v.head, 1 AS before
  FROM cms_posts p
  JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
  WHERE p.store_id = :store_id AND (p.first_at, p.id) < (:at, :id)
  ORDER BY p.first_at DESC, p.id DESC
  LIMIT 1
) AS older
UNION ALL
SELECT slug, head, before
FROM (
  SELECT p.slug, v.head, 0 AS before
  FROM cms_posts p
  JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
  WHERE p.store_id = :store_id AND (p.first_at, p.id) > (:at, :id)
  ORDER BY p.first_at, p.id
  LIMIT 1
) AS newer;

-- name: posts_with_text
SELECT p.id, p.head
FROM cms_posts p
LEFT JOIN cms_post_versions v ON v.store_id = p.store_id AND v.page_id = p.id AND v.number = p.live
WHERE p.store_id = :store_id AND (CAST(p.body AS TEXT) LIKE :like OR CAST(v.body AS TEXT) LIKE :like
  OR CAST(p.head AS TEXT) LIKE :like OR CAST(v.head AS TEXT) LIKE :like)
ORDER BY p.slug
LIMIT 200;

-- name: post_categories
SELECT c.id, c.slug, c.name, c.place, c.revision, (
  SELECT COUNT(*)
  FROM cms_posts p
  WHERE p.store_id = c.store_id AND p.shown_in = c.id AND p.live > 0
), (
  SELECT COUNT(*)
  FROM cms_posts p
  WHERE p.store_id = c.store_id AND p.category_id = c.id
)
FROM cms_post_categories c
WHERE c.store_id = :store_id
ORDER BY c.place, c.id;

-- name: insert_post_category
INSERT INTO cms_post_categories (store_id, id, slug, name, place, revision)
VALUES (:store_id, :id, :slug, :name, :place, 1);

-- name: update_post_category
UPDATE cms_post_categories
SET slug = :slug, name = :name, place = :place, revision = revision + 1
WHERE store_id = :store_id AND id = :id AND revision = :seen;

-- name: delete_post_category
DELETE FROM cms_post_categories
WHERE store_id = :store_id AND id = :id;
