DO $secure$
DECLARE
  t RECORD;
  seen TEXT;
BEGIN
  PERFORM pg_advisory_xact_lock(5718);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orion_app') THEN
    CREATE ROLE orion_app NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'orion_app', 'MEMBER') THEN
    EXECUTE format('GRANT orion_app TO %I', current_user);
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO orion_app', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO orion_app', current_schema());
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO orion_app', current_schema());

  FOR t IN
    SELECT c.table_name,
           bool_or(c.column_name = 'store_id') AS store,
           bool_or(c.column_name = 'merchant_id') AS merchant,
           bool_or(c.column_name = 'platform_id') AS platform
    FROM information_schema.columns c
    JOIN information_schema.tables b ON b.table_schema = c.table_schema AND b.table_name = c.table_name AND b.table_type = 'BASE TABLE'
    WHERE c.table_schema = current_schema()
      AND c.column_name IN ('store_id', 'merchant_id', 'platform_id')
    GROUP BY c.table_name
  LOOP
    seen := 'current_setting(''orion.system'', true) = ''on''';
    IF t.store THEN
      seen := seen || ' OR store_id = CAST(NULLIF(current_setting(''orion.store_id'', true), '''') AS BIGINT)';
    END IF;
    IF t.merchant THEN
      seen := seen || ' OR merchant_id = CAST(NULLIF(current_setting(''orion.merchant_id'', true), '''') AS BIGINT)';
      IF t.store THEN
        seen := seen || ' AND NULLIF(current_setting(''orion.store_id'', true), '''') IS NULL';
      END IF;
    END IF;
    IF t.platform AND NOT t.store AND NOT t.merchant THEN
      seen := seen || ' OR platform_id = CAST(NULLIF(current_setting(''orion.platform_id'', true), '''') AS BIGINT)';
    END IF;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %I', t.table_name);
    EXECUTE format('CREATE POLICY tenant ON %I TO orion_app USING (%s)', t.table_name, seen);
  END LOOP;
END
$secure$;
