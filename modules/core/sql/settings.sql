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

-- name: set_platform_settings
INSERT INTO core_platform_settings (platform_id, module, value, updated_at)
VALUES (:platform_id, :module, :value, :now)
ON CONFLICT (platform_id, module) DO UPDATE
SET value = excluded.value, updated_at = excluded.updated_at
WHERE core_platform_settings.platform_id = :platform_id;

-- name: touch_settings
UPDATE core_versions
SET version = version + 1
WHERE name = 'settings'
  AND EXISTS (SELECT 1 FROM core_settings s WHERE s.store_id = :store_id);

-- name: touch_platform_settings
UPDATE core_versions
SET version = version + 1
WHERE name = 'settings'
  AND EXISTS (SELECT 1 FROM core_platform_settings s WHERE s.platform_id = :platform_id);
