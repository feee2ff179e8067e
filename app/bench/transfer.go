package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// importing is the name of the one task that is a command and no request.
const importing = "import"

// copies is how often the exported catalogue stands in the file to import, so
// that the start of the program does not count for much.
const copies = 60

// importRows exports the first store, repeats its products under other names
// and imports them into the last store, which sells nothing.
func importRows(ctx context.Context, o Options, data, dsn string, stores int) (Result, error) {
	res := Result{Task: importing, Stores: stores}
	cmd := program(ctx, o, data, dsn, "export", "--store", "store-1")
	text, err := cmd.Output()
	if err != nil {
		return res, fmt.Errorf("export: %w", err)
	}
	path := filepath.Join(data, "import.csv")
	rows, err := repeat(text, path)
	if err != nil {
		return res, err
	}
	cmd = program(ctx, o, data, dsn, "import", "--store", fmt.Sprintf("store-%d", stores+1), "--json", path)
	began := time.Now()
	if out, err := cmd.Output(); err != nil {
		res.Failed, res.Error = rows, err.Error()+" "+string(out[:min(len(out), 300)])
		return res, nil //nolint:nilerr // a task that failed is a result without a rate, not a failed measurement
	}
	took := time.Since(began)
	used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	res.Requests, res.Rate, res.CPU = rows, float64(rows)/took.Seconds(), used/time.Duration(max(rows, 1))
	return res, nil
}

// repeat writes the rows of an export several times, each time with other
// handles and SKUs, and tells how many rows that are.
func repeat(text []byte, path string) (int, error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return 0, fmt.Errorf("read the export: %w", err)
	}
	file, err := os.Create(path)
	if err != nil {
		return 0, fmt.Errorf("write the file to import: %w", err)
	}
	out := csv.NewWriter(file)
	if err := out.Write(rows[0]); err != nil {
		return 0, fmt.Errorf("write the file to import: %w", err)
	}
	for n := range copies {
		for _, row := range rows[1:] {
			for i, name := range rows[0] {
				if (name == "slug" || name == "sku") && row[i] != "" {
					row[i] += "-" + strconv.Itoa(n)
				}
			}
			if err := out.Write(row); err != nil {
				return 0, fmt.Errorf("write the file to import: %w", err)
			}
		}
	}
	out.Flush()
	return copies * (len(rows) - 1), file.Close()
}

// program is a command of the program on the measured database.
func program(ctx context.Context, o Options, data, dsn string, args ...string) *exec.Cmd {
	//nolint:gosec // the binary is the operator's own choice
	cmd := exec.CommandContext(ctx, o.Binary, append(args, "--data", data, "--database-url", dsn, "--log-level", "error")...)
	cmd.Stderr = os.Stderr
	return cmd
}
