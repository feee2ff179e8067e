package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/observe"
)

// Settings looks at the settings that are allowed and unwise.
func Settings(c config.Config) Check {
	return Check{Name: "settings", Run: func(context.Context) []Finding {
		var out []Finding
		if c.Testing {
			out = append(out, wrong("testing is on: anybody may move the program's clock", "remove testing from the settings"))
		}
		if c.BaseDomain == "localhost" {
			out = append(out, doubt("base_domain is localhost: nobody but this machine finds the stores", "set base_domain to a domain of yours whose names all lead here (*.example.com)"))
		}
		if several := strings.HasPrefix(c.DatabaseURL, "postgres"); several && c.Secret == "" {
			out = append(out, doubt("secret is made by each node for itself: with several, sessions of one do not count on the other", "set secret to the same 32 characters or more on every node"))
		}
		set := 0
		for _, l := range c.Explain() {
			if l.Origin != "default" {
				set++
			}
		}
		if len(out) == 0 {
			out = append(out, fine("%d of %d set, the others as they come", set, len(c.Explain())))
		}
		return out
	}}
}

const (
	littleRoom = 2 << 30   // where one should think of more
	noRoom     = 256 << 20 // where orders begin to fail
)

// Storage looks whether the data folder takes files and keeps them to itself.
func Storage(folder string) Check {
	return Check{Name: "storage", Run: func(context.Context) []Finding {
		info, err := os.Stat(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return []Finding{doubt("there is no folder "+folder+" yet", "start the program, which makes it, or set data to the one that you mean")}
		case err != nil:
			return []Finding{wrong("the folder "+folder+" cannot be looked at: "+err.Error(), "let the user that runs the program read and write it")}
		}
		var out []Finding
		if err := tryFile(folder); err != nil {
			out = append(out, wrong("no file can be kept in "+folder+": "+err.Error(), "let the user that runs the program write there, or set data to another folder"))
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			out = append(out, doubt(fmt.Sprintf("others on this machine may look into %s (%v)", folder, mode), "chmod 700 "+folder))
		}
		room := ""
		if d, ok := observe.DiskOf(folder); ok {
			room = fmt.Sprintf(", %s free", size(d.Free))
			switch more := "make room, or move data to a larger disk"; {
			case d.Free < noRoom:
				out = append(out, wrong("the disk of "+folder+" is full: "+size(d.Free)+" left", more))
			case d.Free < littleRoom:
				out = append(out, doubt("the disk of "+folder+" is nearly full: "+size(d.Free)+" left", more))
			}
		}
		if len(out) == 0 {
			out = append(out, fine("%s takes files%s", folder, room))
		}
		return out
	}}
}

// tryFile writes a file to the disk, reads it and removes it.
func tryFile(folder string) error {
	f, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		return err //nolint:wrapcheck // it names the file
	}
	_, err = f.WriteString("doctor")
	err = errors.Join(err, f.Sync(), f.Close())
	return errors.Join(err, os.Remove(f.Name()))
}

func size(bytes uint64) string {
	const mega, giga = 1 << 20, 1 << 30
	if bytes >= giga {
		return fmt.Sprintf("%.1f GiB", float64(bytes)/giga)
	}
	return fmt.Sprintf("%d MiB", bytes/mega)
}

const (
	someApart = time.Second      // where the order of things on two nodes is no longer sure
	farApart  = 30 * time.Second // where links and sessions end too early or too late
)

// Clock compares the machine's clock with what else knows the time: the
// database's, the files of the database, and when the program was built.
func Clock(dsn string, now func() time.Time) Check {
	return Check{Name: "clock", Run: func(ctx context.Context) []Finding {
		const mend = "let this machine keep time by NTP (systemctl enable --now systemd-timesyncd)"
		at := now()
		if built := buildTime(); at.Before(built) {
			return []Finding{wrong(fmt.Sprintf("the clock says %s, before this program was made (%s)", at.Format(time.DateTime), built.Format(time.DateTime)), mend)}
		}
		if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
			for _, name := range []string{path, path + "-wal"} {
				if info, err := os.Stat(name); err == nil && info.ModTime().Sub(at) > farApart {
					return []Finding{wrong(fmt.Sprintf("%s was written at %s, which has not come yet: the clock went back", name, info.ModTime().Format(time.DateTime)), mend)}
				}
			}
			return []Finding{fine("%s", at.Format(time.RFC3339))}
		}
		x, err := db.Examine(ctx, dsn)
		if err != nil {
			return nil // the database's own finding
		}
		said := fmt.Sprintf("the database's clock is %v apart from this machine's", x.Ahead)
		switch apart := max(x.Ahead, -x.Ahead); {
		case apart > farApart:
			return []Finding{wrong(said, mend+", and the database's too")}
		case apart > someApart:
			return []Finding{doubt(said, mend+", and the database's too")}
		}
		return []Finding{fine("%s, %v from the database's", at.Format(time.RFC3339), x.Ahead)}
	}}
}

// buildTime is when the newest commit in this program was made; zero where the
// build does not know.
func buildTime() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			at, _ := time.Parse(time.RFC3339, s.Value)
			return at
		}
	}
	return time.Time{}
}
