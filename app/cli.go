package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"orion/kit/config"
	"orion/kit/fault"
	"orion/kit/i18n"
)

// Process is the surroundings of a run, so that tests can bring their own.
type Process struct {
	Args   []string
	Env    []string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
}

// The exit codes of every command.
const (
	ExitOK     = 0
	ExitFailed = 1 // it could not be done; the reason is on standard error
	ExitUsage  = 2 // the command line or the settings are wrong
	ExitRows   = 3 // done, but some rows were refused, or do not hold
)

// errRows ends a command that worked except for some rows.
var errRows = errors.New("some rows were refused")

// commands is the command line.
type commands struct {
	Config      string `help:"Settings file (YAML or JSON)." placeholder:"FILE" env:"-"`
	Data        string `help:"Folder of the database, files and keys." placeholder:"DIR"`
	DatabaseURL string `name:"database-url" help:"sqlite:PATH or postgres://…" placeholder:"DSN"`
	LogLevel    string `name:"log-level" help:"debug, info, warn or error." placeholder:"LEVEL"`
	JSON        bool   `name:"json" help:"Print JSON instead of tables."`

	Serve    serveCommand   `cmd:"" help:"Serve pages, REST and jobs."`
	Demo     demoCommand    `cmd:"" help:"Fill an empty database with the demo."`
	Migrate  migrateCommand `cmd:"" help:"Show or apply the database's schema."`
	Modules  modulesCommand `cmd:"" help:"List the modules, or switch them for a platform."`
	Import   importCommand  `cmd:"" help:"Import products from a CSV file."`
	Export   exportCommand  `cmd:"" help:"Export a store's products as CSV."`
	User     userCommand    `cmd:"" help:"Manage users."`
	Token    tokenCommand   `cmd:"" help:"Manage API tokens."`
	Audit    auditCommand   `cmd:"" help:"Look after the audit log."`
	Doctor   doctorCommand  `cmd:"" help:"Look at all that the program needs and say how to mend what is wrong. Ends with 3 when something is."`
	Media    mediaCommand   `cmd:"" help:"Look after stored files."`
	Secrets  secretsCommand `cmd:"" help:"Look after the secrets of settings."`
	Settings configCommand  `cmd:"" name:"config" help:"Print the settings in force and where they come from."`
	Bench    struct {
		Pages    benchCommand         `cmd:"" default:"withargs" help:"Measure pages, checkouts and imports; what bench does by itself."`
		Payments benchPaymentsCommand `cmd:"" help:"Measure how quickly payments are settled, and what a slow gateway holds up."`
	} `cmd:"" help:"Measure this program on this machine."`
	Certify certifyCommand `cmd:"" help:"Prove on this machine what is promised of stock and money. Ends with 1 when a promise is not kept."`
	Paytest paytestCommand `cmd:"" help:"Serve doubles of Stripe and PayPal on this machine, which take no money."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// run is what every command gets.
type run struct {
	context.Context
	Process
	config config.Config
	json   bool
}

// Main runs the command line and gives the exit code.
func Main(ctx context.Context, p Process) int {
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("orion"), kong.Description("A commerce platform for operators, merchants and stores."),
		kong.Writers(p.Stdout, p.Stderr), kong.Exit(func(n int) { code = n }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(p.Stderr, "orion:", err)
		return ExitFailed
	}
	parsed, err := parser.Parse(p.Args)
	if code >= 0 {
		return code // help was printed
	}
	if err != nil {
		fmt.Fprintln(p.Stderr, "orion:", err)
		return ExitUsage
	}
	conf, err := config.Load(config.Sources{Args: c.flags(), Env: p.Env, File: c.Config})
	if err != nil {
		fmt.Fprintln(p.Stderr, "orion:", err)
		return ExitUsage
	}
	r := &run{Context: ctx, Process: p, config: conf, json: c.JSON}
	if err := parsed.Run(r); err != nil {
		return r.fail(err)
	}
	return ExitOK
}

func (c *commands) flags() map[string]string {
	args := map[string]string{}
	for key, value := range map[string]string{
		"addr": c.Serve.Addr, "data": c.Data, "database-url": c.DatabaseURL, "log-level": c.LogLevel,
	} {
		if value != "" {
			args[key] = value
		}
	}
	return args
}

func (r *run) fail(err error) int {
	if errors.Is(err, errRows) {
		return ExitRows
	}
	if f := fault.As(err); f.Kind != fault.Internal {
		if bundle, loadErr := words(); loadErr == nil {
			w := bundle.In(i18n.En)
			fmt.Fprintln(r.Stderr, "orion:", w.Fault(f))
			for _, field := range f.Fields {
				fmt.Fprintf(r.Stderr, "  %s: %s\n", field.Name, w.FaultField(field))
			}
			return ExitFailed
		}
	}
	fmt.Fprintln(r.Stderr, "orion:", err)
	return ExitFailed
}

// table prints rows under a head, or v as JSON.
func (r *run) table(v any, head string, rows func(w io.Writer)) error {
	if r.json {
		enc := json.NewEncoder(r.Stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
	w := tabwriter.NewWriter(r.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, strings.ReplaceAll(head, " ", "\t"))
	rows(w)
	return w.Flush()
}

type configCommand struct{}

// Run prints the settings.
func (configCommand) Run(r *run) error {
	lines := r.config.Explain()
	return r.table(lines, "SETTING VALUE FROM", func(w io.Writer) {
		for _, l := range lines {
			fmt.Fprintf(w, "%s\t%s\t%s\n", l.Key, l.Value, l.Origin)
		}
	})
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(r *run) error {
	_, err := fmt.Fprintln(r.Stdout, "orion", Version)
	return err
}
