-- name: insert_platform
-- scope: system
INSERT INTO tenancy_platforms (id, code, name, tagline, lang, picture, active, created_at, updated_at)
VALUES (:id, :code, :name, :tagline, :lang, :picture, :active, :now, :now);

-- name: update_platform
-- scope: system
UPDATE tenancy_platforms
SET name = :name, tagline = :tagline, lang = :lang, picture = :picture, active = :active, updated_at = :now
WHERE id = :id;

-- name: platforms
-- scope: system
SELECT p.id, p.code, p.name, p.tagline, p.lang, p.picture, p.active, p.created_at,
  (SELECT COUNT(*) FROM tenancy_store_platforms sp WHERE sp.platform_id = p.id AND sp.active AND sp.deletion = 0)
FROM tenancy_platforms p
WHERE p.deletion = 0
ORDER BY p.id;

-- name: platform
-- scope: system
SELECT p.id, p.code, p.name, p.tagline, p.lang, p.picture, p.active, p.created_at,
  (SELECT COUNT(*) FROM tenancy_store_platforms sp WHERE sp.platform_id = p.id AND sp.active AND sp.deletion = 0)
FROM tenancy_platforms p
WHERE p.id = :id AND p.deletion = 0;

-- name: name_taken
-- scope: system
SELECT (SELECT COUNT(*) FROM tenancy_platforms WHERE code = :name)
  + (SELECT COUNT(*) FROM tenancy_stores WHERE code = :name)
  + (SELECT COUNT(*) FROM tenancy_store_platforms WHERE subdomain = :name);

-- name: set_module
-- scope: system
INSERT INTO tenancy_modules (platform_id, module, enabled, changed_at, changed_by)
VALUES (:platform_id, :module, :enabled, :now, :by)
ON CONFLICT (platform_id, module) DO UPDATE
SET enabled = excluded.enabled, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: platforms_of_module
-- scope: system
SELECT m.platform_id, m.enabled, m.changed_at, COALESCE(u.name, '')
FROM tenancy_modules m
LEFT JOIN tenancy_users u ON u.id = m.changed_by
WHERE m.module = :module
ORDER BY m.platform_id;

-- name: modules_of_platform
-- scope: system
SELECT m.module, m.enabled, m.changed_at, COALESCE(u.name, '')
FROM tenancy_modules m
LEFT JOIN tenancy_users u ON u.id = m.changed_by
WHERE m.platform_id = :platform_id
ORDER BY m.module;
