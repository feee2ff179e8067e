package app

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// notCopied are folders of the project that a copy does without.
var notCopied = []string{".git", ".cache", "bin", "tmp", "data"}

// copyProject copies the project into a folder of the test's own.
func copyProject(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && filepath.Dir(path) == ".." && slices.Contains(notCopied, d.Name()), d.IsDir() && d.Name() == "node_modules":
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, path[2:]), 0o750)
		case !d.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, path[2:]), content, info.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// A module that `make module` writes builds, passes its own tests on both
// databases, and breaks no rule of the project. The copy is built without its path,
// so that what was built of it before is not built again.
func TestScaffold(t *testing.T) {
	t.Parallel()
	if os.Getenv("ORION_TEST_SCAFFOLD") == "" {
		t.Skip("builds the program once more, which takes minutes: ORION_TEST_SCAFFOLD=1 runs it")
	}
	dir := copyProject(t)
	run := func(in string, args ...string) string {
		t.Helper()
		c := exec.CommandContext(t.Context(), "go", args...)
		c.Dir = filepath.Join(dir, in)
		c.Env = append(os.Environ(), "GOFLAGS="+strings.TrimSpace(os.Getenv("GOFLAGS")+" -trimpath"))
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("tools", "run", "./scaffold", "-dir", "..", "returns")
	run("", "tool", "-modfile=tools/go.mod", "templ", "generate", "-path", "modules/returns")
	run("", "build", "-o", filepath.Join(dir, "orion"), "./cmd/orion")
	run("", "test", "-count=1", "./modules/returns/...", "./kit/arch")

	modules := exec.CommandContext(t.Context(), filepath.Join(dir, "orion"), "modules")
	modules.Dir = dir
	table, err := modules.CombinedOutput()
	if err != nil || !strings.Contains(string(table), "returns") {
		t.Errorf("the program does not know the module: %v\n%s", err, table)
	}
	for what, name := range map[string]string{"that is there": "orders", "that is none": "Re-Turns", "without letters": ""} {
		c := exec.CommandContext(t.Context(), "go", "run", "./scaffold", "-dir", "..", name)
		c.Dir = filepath.Join(dir, "tools")
		if out, err := c.CombinedOutput(); err == nil {
			t.Errorf("a module %s was written: %s", what, out)
		}
	}
}
