-- name: insert_merchant
-- scope: system
INSERT INTO tenancy_merchants (id, name, owner_id, signed_with, email, phone, vat_number, trade_number, iban, country,
  address, active, created_at, updated_at)
VALUES (:id, :name, :owner, :signed_with, :email, :phone, :vat_number, :trade_number, :iban, :country,
  :address, :active, :now, :now);

-- name: update_merchant
-- scope: system
UPDATE tenancy_merchants
SET name = :name, owner_id = :owner, email = :email, phone = :phone, vat_number = :vat_number,
  trade_number = :trade_number, iban = :iban, country = :country, address = :address, active = :active, updated_at = :now
WHERE id = :id;

-- name: merchant
-- scope: system
SELECT m.id, m.name, COALESCE(m.owner_id, 0), COALESCE(u.name, ''), COALESCE(u.email, ''), m.signed_with, m.email, m.phone,
  m.vat_number, m.trade_number, m.iban, m.country, m.address, m.active, m.created_at
FROM tenancy_merchants m
LEFT JOIN tenancy_users u ON u.id = m.owner_id
WHERE m.id = :id AND m.deletion = 0
  AND (:every OR m.signed_with IN (:platforms...)
    OR EXISTS (SELECT 1 FROM tenancy_stores s JOIN tenancy_store_platforms sp ON sp.store_id = s.id
      WHERE s.merchant_id = m.id AND sp.platform_id IN (:platforms...)));

-- name: list_merchants
-- scope: system
-- columns: m.name, m.id, m.email, m.active
SELECT m.id, m.name, COALESCE(m.owner_id, 0), COALESCE(u.name, ''), COALESCE(u.email, ''), m.signed_with, m.email, m.phone,
  m.vat_number, m.trade_number, m.iban, m.country, m.address, m.active, m.created_at
FROM tenancy_merchants m
LEFT JOIN tenancy_users u ON u.id = m.owner_id
WHERE m.deletion = 0
  AND (:every OR m.signed_with IN (:platforms...)
    OR EXISTS (SELECT 1 FROM tenancy_stores s JOIN tenancy_store_platforms sp ON sp.store_id = s.id
      WHERE s.merchant_id = m.id AND sp.platform_id IN (:platforms...)))
-- where
-- order

-- name: merchants_of_owner
-- scope: system
SELECT m.id, m.name
FROM tenancy_merchants m
WHERE m.owner_id = :owner AND m.active AND m.deletion = 0
ORDER BY m.id;
