-- +goose Up
-- One row per thing that nodes keep in memory; a change raises its version.
CREATE TABLE tenancy_versions (
  name TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO tenancy_versions (name, version) VALUES ('directory', 1);

CREATE TABLE tenancy_users (
  id BIGINT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('super_admin', 'platform_admin', 'merchant_owner', 'store_member')),
  lang TEXT NOT NULL DEFAULT '',
  password TEXT NOT NULL DEFAULT '',
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  signed_in_at BIGINT
);

CREATE TABLE tenancy_platforms (
  id BIGINT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  tagline JSON NOT NULL DEFAULT '{}',
  lang TEXT NOT NULL DEFAULT 'en',
  picture TEXT NOT NULL DEFAULT '',
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE tenancy_merchants (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  owner_id BIGINT REFERENCES tenancy_users (id),
  signed_with BIGINT NOT NULL REFERENCES tenancy_platforms (id),
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  vat_number TEXT NOT NULL DEFAULT '',
  trade_number TEXT NOT NULL DEFAULT '',
  iban TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT 'LU',
  address JSON NOT NULL DEFAULT '[]',
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX tenancy_merchants_by_name ON tenancy_merchants (name, id);
CREATE INDEX tenancy_merchants_by_owner ON tenancy_merchants (owner_id);

-- The rows of a merchant's stores are the merchant's; a store reads its own by
-- merchant and number.
CREATE TABLE tenancy_stores (
  merchant_id BIGINT NOT NULL REFERENCES tenancy_merchants (id),
  id BIGINT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  texts JSON NOT NULL DEFAULT '{}',
  currency TEXT NOT NULL,
  lang TEXT NOT NULL,
  langs JSON NOT NULL,
  staff_lang TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL,
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  address JSON NOT NULL DEFAULT '[]',
  theme TEXT NOT NULL DEFAULT '',
  logo TEXT NOT NULL DEFAULT '',
  hero_image TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('open', 'maintenance', 'closed')),
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (merchant_id, id)
);
CREATE INDEX tenancy_stores_by_name ON tenancy_stores (name, id);

CREATE TABLE tenancy_store_platforms (
  store_id BIGINT NOT NULL REFERENCES tenancy_stores (id) ON DELETE CASCADE,
  platform_id BIGINT NOT NULL REFERENCES tenancy_platforms (id) ON DELETE CASCADE,
  subdomain TEXT,
  active BOOLEAN NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, platform_id),
  UNIQUE (platform_id, subdomain)
);

-- A domain belongs to a store, a merchant or a platform. A store's also fixes
-- the platform through which the store is reached.
CREATE TABLE tenancy_domains (
  domain TEXT NOT NULL PRIMARY KEY,
  store_id BIGINT REFERENCES tenancy_stores (id) ON DELETE CASCADE,
  merchant_id BIGINT REFERENCES tenancy_merchants (id) ON DELETE CASCADE,
  platform_id BIGINT NOT NULL REFERENCES tenancy_platforms (id) ON DELETE CASCADE,
  is_primary BOOLEAN NOT NULL,
  proof TEXT NOT NULL,
  verified_at BIGINT,
  created_at BIGINT NOT NULL,
  CHECK (store_id IS NULL OR merchant_id IS NULL)
);

CREATE TABLE tenancy_modules (
  platform_id BIGINT NOT NULL REFERENCES tenancy_platforms (id) ON DELETE CASCADE,
  module TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL,
  PRIMARY KEY (platform_id, module)
);
