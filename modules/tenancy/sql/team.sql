-- name: insert_role
INSERT INTO tenancy_roles (store_id, id, name, preset, permissions, created_at)
VALUES (:store_id, :id, :name, :preset, :permissions, :now);

-- name: insert_role_for
-- scope: system
INSERT INTO tenancy_roles (store_id, id, name, preset, permissions, created_at)
VALUES (:store_id, :id, :name, :preset, :permissions, :now);

-- name: update_role
UPDATE tenancy_roles
SET name = :name, permissions = :permissions
WHERE store_id = :store_id AND id = :id AND preset = '';

-- name: delete_role
DELETE FROM tenancy_roles
WHERE store_id = :store_id AND id = :id AND preset = '';

-- name: roles
SELECT r.id, r.name, r.preset, r.permissions,
  (SELECT COUNT(*) FROM tenancy_staff s WHERE s.store_id = r.store_id AND s.role_id = r.id AND s.active)
FROM tenancy_roles r
WHERE r.store_id = :store_id
ORDER BY r.id;

-- name: role
SELECT r.id, r.name, r.preset, r.permissions,
  (SELECT COUNT(*) FROM tenancy_staff s WHERE s.store_id = r.store_id AND s.role_id = r.id AND s.active)
FROM tenancy_roles r
WHERE r.store_id = :store_id AND r.id = :id;

-- name: role_by_preset
-- scope: system
SELECT id
FROM tenancy_roles
WHERE store_id = :store_id AND preset = :preset;

-- name: insert_staff_for
-- scope: system
INSERT INTO tenancy_staff (store_id, user_id, role_id, active, invited_at, accepted_at)
VALUES (:store_id, :user, :role, :active, :now, :accepted_at)
ON CONFLICT (store_id, user_id) DO UPDATE
SET role_id = excluded.role_id, active = excluded.active;

-- name: update_staff
UPDATE tenancy_staff
SET role_id = :role, active = :active
WHERE store_id = :store_id AND user_id = :user;

-- name: accept_staff
-- scope: system
UPDATE tenancy_staff
SET accepted_at = :now
WHERE user_id = :user AND accepted_at IS NULL;

-- name: staff
SELECT u.id, u.name, u.email, u.lang, u.active AND u.deletion = 0 AND s.active, s.role_id, r.name, r.preset, r.permissions,
  s.invited_at, s.accepted_at, u.signed_in_at
FROM tenancy_staff s
JOIN tenancy_users u ON u.id = s.user_id
JOIN tenancy_roles r ON r.store_id = s.store_id AND r.id = s.role_id
WHERE s.store_id = :store_id
ORDER BY u.name, u.id
LIMIT 500;

-- name: staff_member
SELECT u.id, u.name, u.email, u.lang, u.active AND u.deletion = 0 AND s.active, s.role_id, r.name, r.preset, r.permissions,
  s.invited_at, s.accepted_at, u.signed_in_at
FROM tenancy_staff s
JOIN tenancy_users u ON u.id = s.user_id
JOIN tenancy_roles r ON r.store_id = s.store_id AND r.id = s.role_id
WHERE s.store_id = :store_id AND s.user_id = :user;

-- name: who_may
SELECT u.id, u.email, u.name, u.role, u.lang, u.active AND u.deletion = 0, COALESCE(s.active, FALSE), COALESCE(r.preset, ''),
  COALESCE(r.permissions, '[]'), CASE WHEN m.owner_id = u.id THEN TRUE ELSE FALSE END
FROM tenancy_users u
LEFT JOIN tenancy_staff s ON s.store_id = :store_id AND s.user_id = u.id
LEFT JOIN tenancy_roles r ON r.store_id = s.store_id AND r.id = s.role_id
LEFT JOIN tenancy_merchants m ON m.id = :merchant_id
WHERE u.id = :user;

-- name: workplaces
-- scope: system
SELECT s.store_id
FROM tenancy_staff s
JOIN tenancy_users u ON u.id = s.user_id
WHERE s.user_id = :user AND s.active AND u.role = 'store_member'
UNION
SELECT st.id
FROM tenancy_merchants m
JOIN tenancy_users u ON u.id = m.owner_id
JOIN tenancy_stores st ON st.merchant_id = m.id
WHERE m.owner_id = :user AND u.role = 'merchant_owner' AND m.deletion = 0 AND st.deletion = 0
LIMIT 50;

-- name: team_of_merchant
-- scope: system
SELECT u.id, u.name, u.email, st.name, r.name, r.preset, u.active AND u.deletion = 0 AND s.active
FROM tenancy_stores st
JOIN tenancy_staff s ON s.store_id = st.id
JOIN tenancy_users u ON u.id = s.user_id
JOIN tenancy_roles r ON r.store_id = s.store_id AND r.id = s.role_id
WHERE st.merchant_id = :merchant_id AND st.deletion = 0
ORDER BY u.name, u.id, st.name
LIMIT 500;

-- name: team_of_store
-- scope: system
SELECT u.id, u.name, u.email, st.name, r.name, r.preset, u.active AND u.deletion = 0 AND s.active
FROM tenancy_stores st
JOIN tenancy_staff s ON s.store_id = st.id
JOIN tenancy_users u ON u.id = s.user_id
JOIN tenancy_roles r ON r.store_id = s.store_id AND r.id = s.role_id
WHERE st.id = :store_id
ORDER BY u.name, u.id
LIMIT 500;

-- name: staff_count
-- scope: system
SELECT COUNT(*)
FROM tenancy_staff
WHERE store_id = :store_id AND active;

-- name: own_staff_count
SELECT COUNT(*)
FROM tenancy_staff
WHERE store_id = :store_id AND active;

-- name: works_in
-- scope: system
SELECT COUNT(*)
FROM tenancy_staff
WHERE store_id = :store_id AND user_id = :user AND active;
