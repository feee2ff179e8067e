-- name: settings_version
-- scope: system
SELECT version
FROM core_versions
WHERE name = 'settings';

-- name: all_store_settings
-- scope: system
SELECT store_id, module, value
FROM core_settings;

-- name: all_platform_settings
-- scope: system
SELECT platform_id, module, value
FROM core_platform_settings;

-- name: hold_store_settings
INSERT INTO core_settings (store_id, module, value, updated_at)
VALUES (:store_id, :module, '{}', :now)
ON CONFLICT (store_id, module) DO UPDATE
SET updated_at = excluded.updated_at
WHERE core_settings.store_id = :store_id;

-- name: set_store_settings
INSERT INTO core_settings (store_id, module, value, updated_at)
VALUES (:store_id, :module, :value, :now)
ON CONFLICT (store_id, module) DO UPDATE
SET value = excluded.value, updated_at = excluded.updated_at
WHERE core_settings.store_id = :store_id;

-- name: store_settings
SELECT value
FROM core_settings
WHERE store_id = :store_id AND module = :module;

-- name: touch_settings
UPDATE core_versions
SET version = version + 1
WHERE name = 'settings'
  AND EXISTS (SELECT 1 FROM core_settings s WHERE s.store_id = :store_id);

-- name: hold_settings
UPDATE core_versions
SET version = version
WHERE name = 'settings' AND CAST(:store_id AS BIGINT) <> 0;

-- name: hold_all_settings
-- scope: system
UPDATE core_versions
SET version = version
WHERE name = 'settings';

-- name: touch_all_settings
-- scope: system
UPDATE core_versions
SET version = version + 1
WHERE name = 'settings';

-- name: all_merchant_settings
-- scope: system
SELECT merchant_id, module, value
FROM core_merchant_settings;

-- name: platform_settings
-- scope: system
SELECT value
FROM core_platform_settings
WHERE platform_id = :owner AND module = :module;

-- name: merchant_settings
-- scope: system
SELECT value
FROM core_merchant_settings
WHERE merchant_id = :owner AND module = :module;

-- name: set_platform_settings
-- scope: system
INSERT INTO core_platform_settings (platform_id, module, value, updated_at)
VALUES (:owner, :module, :value, :now)
ON CONFLICT (platform_id, module) DO UPDATE
SET value = excluded.value, updated_at = excluded.updated_at;

-- name: set_merchant_settings
-- scope: system
INSERT INTO core_merchant_settings (merchant_id, module, value, updated_at)
VALUES (:owner, :module, :value, :now)
ON CONFLICT (merchant_id, module) DO UPDATE
SET value = excluded.value, updated_at = excluded.updated_at;

-- name: add_store_change
INSERT INTO core_settings_changes (store_id, id, module, actor_kind, actor_id, actor_name, before, after, at)
VALUES (:store_id, :id, :module, :actor_kind, :actor_id, :actor_name, :before, :after, :now);

-- name: add_change
-- scope: system
INSERT INTO core_settings_changes (store_id, id, merchant_id, platform_id, module, actor_kind, actor_id, actor_name, before, after, at)
VALUES (0, :id, :merchant, :platform, :module, :actor_kind, :actor_id, :actor_name, :before, :after, :now);

-- name: store_changes
SELECT id, actor_kind, actor_id, actor_name, before, after, at
FROM core_settings_changes
WHERE store_id = :store_id AND merchant_id = 0 AND platform_id = 0 AND module = :module AND id < :before
ORDER BY id DESC
LIMIT :limit;

-- name: changes
-- scope: system
SELECT id, actor_kind, actor_id, actor_name, before, after, at
FROM core_settings_changes
WHERE store_id = 0 AND merchant_id = :merchant AND platform_id = :platform AND module = :module AND id < :before
ORDER BY id DESC
LIMIT :limit;

-- name: all_changes
-- scope: system
SELECT store_id, merchant_id, platform_id, id, module, before, after
FROM core_settings_changes
WHERE id > :after
ORDER BY id
LIMIT :limit;

-- name: rewrite_change
-- scope: system
UPDATE core_settings_changes
SET before = :before, after = :after
WHERE store_id = :store AND id = :id;

-- name: rewrite_store
-- scope: system
UPDATE core_settings
SET value = :value
WHERE store_id = :owner AND module = :module;
