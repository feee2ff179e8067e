-- name: all_menus
-- scope: system
SELECT platform_id, user_id, audience, value, previous
FROM core_menus;

-- name: menu
-- scope: system
SELECT platform_id, user_id, audience, value, previous
FROM core_menus
WHERE platform_id = :platform AND user_id = :user AND audience = :audience;

-- name: put_menu
-- scope: system
INSERT INTO core_menus (platform_id, user_id, audience, value, previous, updated_at)
VALUES (:platform, :user, :audience, :value, :previous, :now)
ON CONFLICT (platform_id, user_id, audience) DO UPDATE
SET value = excluded.value, previous = excluded.previous, updated_at = excluded.updated_at;
