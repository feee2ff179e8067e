-- name: insert_user
-- scope: system
INSERT INTO tenancy_users (id, email, name, role, lang, password, active, created_at, updated_at)
VALUES (:id, :email, :name, :role, :lang, :password, :active, :now, :now);

-- name: user
-- scope: system
SELECT id, email, name, role, lang, password, active, created_at, signed_in_at
FROM tenancy_users
WHERE id = :id AND deletion = 0;

-- name: user_by_email
-- scope: system
-- Who was deleted keeps the address, and is nobody who is active.
SELECT id, email, name, role, lang, password, active AND deletion = 0, created_at, signed_in_at
FROM tenancy_users
WHERE email = :email;

-- name: list_users
-- scope: system
-- columns: u.name, u.id, u.email, u.role, u.active
SELECT u.id, u.email, u.name, u.role, u.lang, u.password, u.active, u.created_at, u.signed_in_at
FROM tenancy_users u
WHERE u.deletion = 0
-- where
-- order

-- name: update_user
-- scope: system
UPDATE tenancy_users
SET name = :name, lang = :lang, active = :active, updated_at = :now
WHERE id = :id;

-- name: set_password
-- scope: system
UPDATE tenancy_users
SET password = :password, updated_at = :now
WHERE id = :id;

-- name: signed_in
-- scope: system
UPDATE tenancy_users
SET signed_in_at = :now
WHERE id = :id;

-- name: super_admins
-- scope: system
SELECT COUNT(*)
FROM tenancy_users
WHERE role = 'super_admin' AND active AND deletion = 0 AND id <> :but;

-- name: user_count
-- scope: system
SELECT COUNT(*) FROM (SELECT 1 FROM tenancy_users LIMIT 1) AS anybody;

-- name: assign_platform
-- scope: system
INSERT INTO tenancy_admin_platforms (platform_id, user_id, assigned_at, assigned_by)
VALUES (:platform_id, :user, :now, :by)
ON CONFLICT (platform_id, user_id) DO NOTHING;

-- name: unassign_platforms
-- scope: system
DELETE FROM tenancy_admin_platforms
WHERE user_id = :user;

-- name: platforms_of_admin
-- scope: system
SELECT platform_id
FROM tenancy_admin_platforms
WHERE user_id = :user
ORDER BY platform_id;

-- name: insert_invite
-- scope: system
INSERT INTO tenancy_invites (hash, user_id, expires_at)
VALUES (:hash, :user, :expires_at);

-- name: invite
-- scope: system
SELECT u.id, u.email, u.name, u.role, u.lang, u.password, u.active, u.created_at, u.signed_in_at
FROM tenancy_invites i
JOIN tenancy_users u ON u.id = i.user_id
WHERE i.hash = :hash AND i.used_at IS NULL AND i.expires_at > :now AND u.deletion = 0;

-- name: use_invite
-- scope: system
UPDATE tenancy_invites
SET used_at = :now
WHERE hash = :hash AND used_at IS NULL AND expires_at > :now;

-- name: revoke_invites
-- scope: system
UPDATE tenancy_invites
SET used_at = :now
WHERE user_id = :user AND used_at IS NULL;

-- name: users_by_id
-- scope: system
SELECT id, email, name, role, lang, password, active, created_at, signed_in_at
FROM tenancy_users
WHERE id IN (:ids...);
