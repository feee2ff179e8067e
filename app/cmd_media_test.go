package app

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"orion/kit/config"
)

// bucketFor is a bucket of a storage that takes its time, and the settings for it.
func bucketFor(t *testing.T) map[string]string {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("orion"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			time.Sleep(10 * time.Millisecond)
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return map[string]string{"s3-endpoint": server.URL, "s3-region": "eu-west-1", "s3-bucket": "orion", "s3-key": "key", "s3-secret": "secret"}
}

// stored opens where files are, as the program does with these settings.
func stored(t *testing.T, args map[string]string) storage {
	t.Helper()
	conf, err := config.Load(config.Sources{Args: args})
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStorage(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.folder.Close() })
	return s
}

// moving is a command line that moves files to where some settings say.
func moving(t *testing.T, args map[string]string) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "orion.yaml")
	text := fmt.Sprintf("storage: %s\ns3:\n  endpoint: %s\n  region: eu-west-1\n  bucket: orion\n  key: key\n  secret: secret\n", args["storage"], args["s3-endpoint"])
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"--config", file, "--data", args["data"], "media", "move", "--to", args["storage"]}
}

// Files move to a bucket and back while they are read. The program is killed in the
// middle of it, and goes on where it was.
func TestMediaMove(t *testing.T) {
	t.Parallel()
	args := bucketFor(t)
	args["data"], args["secret"] = t.TempDir(), testSecret
	s := stored(t, args)
	const files = 150
	key := func(i int) string { return fmt.Sprintf("library/%02d/%d.webp", i%7, i) }
	for i := range files {
		if err := s.folder.Put(t.Context(), key(i), strings.NewReader(key(i))); err != nil {
			t.Fatal(err)
		}
	}
	args["storage"] = "s3"
	open := stored(t, args).both()
	whole := func(when string) {
		t.Helper()
		for i := range files {
			f, _, err := open.Open(t.Context(), key(i))
			if err != nil {
				t.Fatalf("%s %s is lost: %v", when, key(i), err)
			}
			var b bytes.Buffer
			if _, err := b.ReadFrom(f); err != nil || b.String() != key(i) {
				t.Errorf("%s %s says %q, %v", when, key(i), b.String(), err)
			}
			_ = f.Close()
		}
	}
	left := func() (n int) {
		if err := s.folder.Walk(t.Context(), func(string) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}

	line := moving(t, args)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childArgs+"="+strings.Join(line, "\n"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); left() > files-30 && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	whole("while they move")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	n := left()
	if n == 0 || n == files {
		t.Fatalf("it was not killed in the middle: %d of %d are left", n, files)
	}
	whole("after it was killed")
	var out, said bytes.Buffer
	if code := Main(t.Context(), Process{Args: line, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said}); code != ExitOK {
		t.Fatalf("it ends with %d: %s", code, said.String())
	}
	if left() != 0 || !strings.Contains(out.String(), fmt.Sprint(n)) {
		t.Errorf("%d are left; it said %s", left(), out.String())
	}
	whole("in the bucket")

	if code := Main(t.Context(), Process{Args: append(line[:7:7], "disk"), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said}); code == ExitOK || !strings.Contains(said.String(), "set storage to disk") {
		t.Errorf("against the settings it ends with %d: %s", code, said.String())
	}
	args["storage"] = "disk"
	open = stored(t, args).both()
	whole("before they move back")
	line = moving(t, args)
	if code := Main(t.Context(), Process{Args: line, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said}); code != ExitOK || left() != files {
		t.Fatalf("back it ends with %d, %d files: %s", code, left(), said.String())
	}
	whole("back on the disk")
}
