package app

import (
	"fmt"
	"io"
)

type secretsCommand struct {
	Rotate secretsRotateCommand `cmd:"" help:"Encrypt the secrets of settings anew with settings_key."`
}

type secretsRotateCommand struct{}

// Run encrypts anew what was encrypted with a key before. It ends with 3 when
// there are secrets that no key opens.
func (secretsRotateCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		done, err := a.modules.core.Rotate(r)
		if err != nil {
			return err
		}
		if err := r.table(done, "ENCRYPTED LOST", func(w io.Writer) { fmt.Fprintf(w, "%d\t%d\n", done.Sealed, done.Lost) }); err != nil {
			return err
		}
		if done.Lost > 0 {
			return errRows
		}
		return nil
	})
}
