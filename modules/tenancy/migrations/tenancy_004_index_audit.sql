-- +goose Up
-- What happened to one thing is read newest first.
CREATE INDEX tenancy_audit_by_target ON tenancy_audit (store_id, target, id);
