// Package bench measures the program as its users meet it: it starts the
// server as a process of its own, sends it requests over loopback, and reads
// from the kernel how much CPU time the server and its database took.
package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// server is a running orion serve.
type server struct {
	cmd  *exec.Cmd
	addr string
	up   time.Duration // from the start of the process to its first answer
}

// startServer starts the binary on a free loopback port and waits for its first
// answer.
func startServer(ctx context.Context, binary, data, dsn string) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	//nolint:gosec // the binary is the operator's own choice
	cmd := exec.CommandContext(ctx, binary, "serve", "--addr", addr, "--data", data, "--database-url", dsn, "--log-level", "warn")
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	s := &server{cmd: cmd, addr: addr}
	for time.Since(began) < 2*time.Minute {
		resp, err := http.Get("http://" + addr + "/health/ready") //nolint:noctx // bounded by the loop
		if err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				s.up = time.Since(began)
				return s, nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the server did not answer within two minutes"), s.stop())
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop the server: %w", err)
	}
	_ = s.cmd.Wait()
	return nil
}
