package app

import (
	"errors"
	"fmt"
	"io"

	"orion/kit/blob"
)

type mediaCommand struct {
	Move mediaMoveCommand `cmd:"" help:"Move stored files to where new ones are stored. It may be interrupted and begun again, while the stores are open."`
}

type mediaMoveCommand struct {
	To string `required:"" enum:"s3,disk" help:"s3 or disk; the setting storage has to say the same, so that new files go there already."`
}

// everyMoved is how many files are moved between two lines that say how far it is.
const everyMoved = 1000

// Run moves the files. Each is read where it is until it is whole at its new place.
func (c mediaMoveCommand) Run(r *run) (err error) {
	if r.config.Storage != c.To {
		return fmt.Errorf("new files are stored on %s: set storage to %s, start the program anew, and move the files then", r.config.Storage, c.To)
	}
	if r.config.S3.Bucket == "" {
		return errors.New("there is no bucket: say where it is with s3.endpoint, s3.bucket, s3.key and s3.secret")
	}
	files, err := openStorage(r, r.config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, files.folder.Close()) }()
	from, to := files.way()
	moved, err := blob.Move(r, from, to, func(m blob.Moved) {
		if m.Files%everyMoved == 0 {
			fmt.Fprintf(r.Stderr, "%d files, %d MB\n", m.Files, m.Bytes>>20)
		}
	})
	return errors.Join(err, r.table(moved, "FILES BYTES", func(w io.Writer) { fmt.Fprintf(w, "%d\t%d\n", moved.Files, moved.Bytes) }))
}
