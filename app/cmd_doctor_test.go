package app

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"orion/app/doctor"
)

// examined is what orion doctor says of a database and how it ends.
func examined(t *testing.T, args ...string) (int, []doctor.Finding) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(t.Context(), Process{Args: append(args, "--json", "doctor"), Stdout: &out, Stderr: &errs})
	var found []doctor.Finding
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatalf("%v: %s%s", err, out.String(), errs.String())
	}
	return code, found
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]string{"sqlite": sqliteDemo(t), "postgres": postgresDemo(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, found := examined(t, "--data", t.TempDir(), "--database-url", dsn)
			for _, check := range []string{"schema", "modules", "jobs", "clock", "domains"} {
				at := slices.IndexFunc(found, func(f doctor.Finding) bool { return f.Check == check })
				if at < 0 || found[at].State != doctor.Fine {
					t.Errorf("%s is not found to be fine: %+v", check, found)
				}
			}
		})
	}
}

// What the program would make at its first start is no illness, and the doctor
// makes nothing.
func TestDoctorBeforeTheFirstStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir() + "/new"
	code, found := examined(t, "--data", dir)
	if code != ExitOK {
		t.Errorf("it ends with %d: %+v", code, found)
	}
	for _, f := range found {
		if f.State == doctor.Wrong || f.Check == "modules" {
			t.Errorf("%+v", f)
		}
	}
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	code := Main(t.Context(), Process{
		Args: []string{"--data", t.TempDir(), "doctor"}, Env: []string{"ORION_SMTP_HOST=127.0.0.1", "ORION_SMTP_PORT=1", "ORION_SMTP_FROM=a@example.com"},
		Stdout: &out, Stderr: &errs,
	})
	if text := out.String(); code != ExitRows || !strings.Contains(text, "✗ mail") || !strings.Contains(text, "→ see that smtp.host") {
		t.Errorf("ends with %d:\n%s%s", code, text, errs.String())
	}
}
