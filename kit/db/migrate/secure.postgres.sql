-- Only what is not as it should be is changed: that locks a table against
-- everybody, and other nodes may be serving from it.
DO $secure$
DECLARE
  t RECORD;
  seen TEXT;
  mark TEXT;
BEGIN
  PERFORM pg_advisory_xact_lock(5718);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orion_app') THEN
    CREATE ROLE orion_app NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'orion_app', 'MEMBER') THEN
    EXECUTE format('GRANT orion_app TO %I', current_user);
  END IF;
  IF NOT has_schema_privilege('orion_app', current_schema(), 'USAGE') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO orion_app', current_schema());
  END IF;

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
    -- What holds for most rows stands first: the rest is then not looked at, row by row.
    seen := '';
    IF t.store THEN
      seen := seen || 'store_id = CAST(NULLIF(current_setting(''orion.store_id'', true), '''') AS BIGINT) OR ';
    END IF;
    IF t.merchant THEN
      seen := seen || 'merchant_id = CAST(NULLIF(current_setting(''orion.merchant_id'', true), '''') AS BIGINT)';
      IF t.store THEN
        seen := seen || ' AND NULLIF(current_setting(''orion.store_id'', true), '''') IS NULL';
      END IF;
      seen := seen || ' OR ';
    END IF;
    IF t.platform THEN
      seen := seen || 'platform_id = CAST(NULLIF(current_setting(''orion.platform_id'', true), '''') AS BIGINT)';
      -- Of what stores and merchants have, a platform sees what is none of theirs.
      IF t.store THEN
        seen := seen || ' AND store_id = 0 AND NULLIF(current_setting(''orion.store_id'', true), '''') IS NULL';
      END IF;
      IF t.merchant THEN
        seen := seen || ' AND merchant_id = 0 AND NULLIF(current_setting(''orion.merchant_id'', true), '''') IS NULL';
      END IF;
      seen := seen || ' OR ';
    END IF;
    seen := seen || 'current_setting(''orion.system'', true) = ''on''';
    CONTINUE WHEN EXISTS (
      SELECT FROM pg_class r
      JOIN pg_policy p ON p.polrelid = r.oid AND p.polname = 'tenant'
      WHERE r.oid = to_regclass(quote_ident(t.table_name)) AND r.relrowsecurity AND r.relforcerowsecurity
        AND obj_description(p.oid, 'pg_policy') = seen || ' as ' || md5(row(p.polcmd, p.polpermissive, p.polroles, pg_get_expr(p.polqual, r.oid), pg_get_expr(p.polwithcheck, r.oid))::text)
    );
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %I', t.table_name);
    EXECUTE format('CREATE POLICY tenant ON %I TO orion_app USING (%s)', t.table_name, seen);
    -- What is asked for, and what the server made of it: whoever changes the policy leaves this mark behind.
    SELECT seen || ' as ' || md5(row(p.polcmd, p.polpermissive, p.polroles, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))::text)
    INTO mark FROM pg_policy p WHERE p.polrelid = to_regclass(quote_ident(t.table_name)) AND p.polname = 'tenant';
    EXECUTE format('COMMENT ON POLICY tenant ON %I IS %L', t.table_name, mark);
  END LOOP;

  FOR t IN
    SELECT c.oid, c.relname, c.relkind FROM pg_class c
    WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  LOOP
    IF t.relkind = 'S' THEN
      CONTINUE WHEN has_sequence_privilege('orion_app', t.oid, 'USAGE') AND has_sequence_privilege('orion_app', t.oid, 'SELECT');
      EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %I TO orion_app', t.relname);
    ELSE
      CONTINUE WHEN has_table_privilege('orion_app', t.oid, 'SELECT') AND has_table_privilege('orion_app', t.oid, 'INSERT')
        AND has_table_privilege('orion_app', t.oid, 'UPDATE') AND has_table_privilege('orion_app', t.oid, 'DELETE');
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO orion_app', t.relname);
    END IF;
  END LOOP;
END
$secure$;
