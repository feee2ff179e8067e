package app

import (
	"fmt"
	"io"
	"strings"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Say whether the audit log is as it was written. Ends with 3 when it is not."`
	Seal   auditSealCommand   `cmd:"" help:"Chain the entries that are not yet, which the running program does by itself."`
}

type auditVerifyCommand struct {
	Through []string `name:"through" sep:"none" help:"A head that an earlier run printed; the chain must still go through it. May be repeated." placeholder:"HEAD"`
}

// Run walks over the audit log and prints what is wrong, the first first. It ends
// with 3 when there is anything, and needs no running program.
func (c auditVerifyCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		v, err := a.modules.tenancy.VerifyAudit(r, c.Through...)
		if err != nil {
			return err
		}
		err = r.table(v, "ENTRIES CHAINED WAITING FORGOTTEN PROBLEMS HEAD", func(w io.Writer) {
			fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%s\n", v.Entries, v.Chained, v.Waiting, v.Forgotten, v.Found, v.Head)
		})
		if err != nil || v.Found == 0 {
			return err
		}
		if !r.json {
			fmt.Fprintln(r.Stdout)
			for _, t := range v.Troubles {
				fmt.Fprintln(r.Stdout, strings.Join(strings.Fields(fmt.Sprintf("%s at %d %s %s", t.What, t.Seq, t.Entry, t.Said)), " "))
			}
			if more := v.Found - int64(len(v.Troubles)); more > 0 {
				fmt.Fprintf(r.Stdout, "and %d more\n", more)
			}
		}
		return errRows
	})
}

type auditSealCommand struct {
	Anew bool `help:"Trust the end of the chain as it stands: after a lost settings_key, or when what verify found was looked into."`
}

// Run chains what is written down and not chained yet.
func (c auditSealCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		if c.Anew {
			if err := a.modules.tenancy.TrustAudit(r); err != nil {
				return err
			}
		}
		n, err := a.modules.tenancy.SealAudit(r)
		if err != nil {
			return err
		}
		return r.table(map[string]int{"chained": n}, "CHAINED", func(w io.Writer) { fmt.Fprintln(w, n) })
	})
}
