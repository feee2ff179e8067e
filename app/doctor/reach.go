package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/mail"
)

// Database looks whether the database answers and keeps what it confirms.
func Database(dsn string) Check {
	return Check{Name: "database", Run: func(ctx context.Context) []Finding {
		if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
			if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
				return []Finding{doubt("there is no database at "+path+" yet", "start the program, which makes it, or set data or database_url to the one that you mean")}
			}
		}
		x, err := db.Examine(ctx, dsn)
		if err != nil {
			return []Finding{wrong(err.Error(), "see that the database runs and that database_url names it with the right user and password")}
		}
		var out []Finding
		if x.Damage != "" {
			out = append(out, wrong("the file is damaged: "+x.Damage, "stop the program, keep a copy of the file, and restore the last backup"))
		}
		if slices.Sort(x.Lossy); len(x.Lossy) > 0 {
			out = append(out, wrong("what it confirmed may be lost with the power: "+strings.Join(x.Lossy, ", ")+" off", "set them to on in postgresql.conf and reload it"))
		}
		if x.Most > 0 && x.Most < needed {
			out = append(out, doubt(fmt.Sprintf("it accepts %d connections, a node takes up to %d", x.Most, needed), "raise max_connections to that many for every node and some for yourself"))
		}
		if len(out) == 0 {
			out = append(out, fine("%s", x.Version))
		}
		return out
	}}
}

// needed are the connections of one node: its pools, its listener and its lease.
const needed = 27

// Schema looks whether the tables are those that this program knows.
func Schema(p migrate.Plan) Check {
	return Check{Name: "schema", Run: func(ctx context.Context) []Finding {
		if path, ok := strings.CutPrefix(p.DSN, "sqlite:"); ok {
			if _, err := os.Stat(path); err != nil {
				return nil // the database's own finding
			}
		}
		versions, err := p.Status(ctx)
		if err != nil {
			return []Finding{wrong(err.Error(), "see what is said of the database")}
		}
		var out []Finding
		for _, v := range versions {
			switch {
			case v.Newer():
				out = append(out, wrong(fmt.Sprintf("%s is at version %d, this program knows %d", v.Module, v.Current, v.Known), "start the newer program, or restore a backup"))
			case len(v.Pending) > 0:
				out = append(out, doubt(fmt.Sprintf("%s waits for %s", v.Module, strings.Join(v.Pending, ", ")), "run: orion migrate up (the start of the program does it too)"))
			}
		}
		if len(out) == 0 {
			out = append(out, fine("%d lines, all up to date", len(versions)))
		}
		return out
	}}
}

// Mail looks whether the mail server takes us in; nothing is sent.
func Mail(c config.SMTP, folder string) Check {
	return Check{Name: "mail", Run: func(ctx context.Context) []Finding {
		if c.Host == "" {
			return []Finding{doubt("no mail leaves this machine: mails are kept as files in "+folder, "set smtp.host, smtp.user, smtp.password and smtp.from")}
		}
		if err := mail.Try(ctx, c); err != nil {
			return []Finding{wrong(fmt.Sprintf("%s:%d: %v", c.Host, c.Port, err), "see that smtp.host, smtp.port, smtp.user and smtp.password are right and that no firewall stands between; orders wait in the outbox meanwhile")}
		}
		return []Finding{fine("%s:%d takes us in", c.Host, c.Port)}
	}}
}

const (
	lookupTime = 5 * time.Second
	mostHosts  = 200 // that are looked up
	atOnce     = 8
)

// Lookup finds the addresses of a host name, as net.Resolver does.
type Lookup func(ctx context.Context, host string) ([]string, error)

// Hosts looks whether the names of stores and platforms lead where base does.
func Hosts(base string, names []string, lookup Lookup) Check {
	return Check{Name: "domains", Run: func(ctx context.Context) []Finding {
		if base == "localhost" {
			return []Finding{fine("base_domain is localhost: no names to look up")}
		}
		ours, err := lookup(ctx, base)
		if err != nil {
			return []Finding{wrong(base+" is not found: "+reason(err), "make an A record (and AAAA) for it and one for *."+base+" that lead here")}
		}
		left := 0
		if len(names) > mostHosts {
			left = len(names) - mostHosts
			names = names[:mostHosts]
		}
		found := make([]*Finding, len(names))
		var all sync.WaitGroup
		room := make(chan struct{}, atOnce)
		for i, name := range names {
			room <- struct{}{}
			all.Go(func() {
				defer func() { <-room }()
				found[i] = host(ctx, name, ours, lookup)
			})
		}
		all.Wait()
		var out []Finding
		for _, f := range found {
			if f != nil {
				out = append(out, *f)
			}
		}
		if len(out) == 0 {
			out = append(out, fine("%s and %d names below and beside it lead to %s", base, len(names), strings.Join(ours, ", ")))
		}
		if left > 0 {
			out = append(out, doubt(fmt.Sprintf("%d names more were not looked up", left), ""))
		}
		return out
	}}
}

func host(ctx context.Context, name string, ours []string, lookup Lookup) *Finding {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	got, err := lookup(ctx, name)
	if err != nil {
		f := wrong(name+" is not found: "+reason(err), "let its owner make an A record (and AAAA), or a CNAME to the base domain")
		return &f
	}
	if !slices.ContainsFunc(got, func(a string) bool { return slices.Contains(ours, a) }) {
		f := doubt(fmt.Sprintf("%s leads to %s, the base domain to %s", name, strings.Join(got, ", "), strings.Join(ours, ", ")), "right where a proxy of another provider stands before it; else let its owner correct the record")
		return &f
	}
	return nil
}

// reason is why a name was not found, without the resolver's address.
func reason(err error) string {
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		return e.Err
	}
	return err.Error()
}
