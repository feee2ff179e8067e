-- +goose Up
CREATE TABLE tenancy_admin_platforms (
  platform_id BIGINT NOT NULL REFERENCES tenancy_platforms (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES tenancy_users (id) ON DELETE CASCADE,
  assigned_at BIGINT NOT NULL,
  assigned_by BIGINT NOT NULL,
  PRIMARY KEY (platform_id, user_id)
);
CREATE INDEX tenancy_admin_platforms_by_user ON tenancy_admin_platforms (user_id);

-- A role with a preset follows the preset's rule; one without has a list.
CREATE TABLE tenancy_roles (
  store_id BIGINT NOT NULL REFERENCES tenancy_stores (id) ON DELETE CASCADE,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  preset TEXT NOT NULL DEFAULT '',
  permissions JSON NOT NULL DEFAULT '[]',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, name)
);

CREATE TABLE tenancy_staff (
  store_id BIGINT NOT NULL REFERENCES tenancy_stores (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES tenancy_users (id) ON DELETE CASCADE,
  role_id BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  invited_at BIGINT NOT NULL,
  accepted_at BIGINT,
  PRIMARY KEY (store_id, user_id),
  FOREIGN KEY (store_id, role_id) REFERENCES tenancy_roles (store_id, id)
);
CREATE INDEX tenancy_staff_by_user ON tenancy_staff (user_id);

-- Links with which somebody chooses a password; only the hash of the token is
-- kept, and a link works once.
CREATE TABLE tenancy_invites (
  hash TEXT NOT NULL PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES tenancy_users (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX tenancy_invites_by_user ON tenancy_invites (user_id);

-- Number 0 stands for no store, merchant or platform: entries of the operator.
CREATE TABLE tenancy_audit (
  store_id BIGINT NOT NULL DEFAULT 0,
  id BIGINT NOT NULL,
  merchant_id BIGINT NOT NULL DEFAULT 0,
  platform_id BIGINT NOT NULL DEFAULT 0,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  title TEXT NOT NULL,
  before JSON,
  after JSON,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX tenancy_audit_by_id ON tenancy_audit (id);
