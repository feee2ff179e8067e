package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"syscall"
	"time"
)

// bareSize is how long the page of the bare server is.
const bareSize = 12 << 10

// ServeBare answers every request on addr with the same page and does nothing
// else. What that costs is the yardstick of a machine, and of the hour: one that
// is shared with others is now and then half as fast.
func ServeBare(ctx context.Context, addr string) error {
	page := bytes.Repeat([]byte("Hello, Luxembourg. "), bareSize/19)
	s := &http.Server{Addr: addr, ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	})}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	if err := s.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve a bare page: %w", err)
	}
	return nil
}

// bare is a running bare server.
type bare struct {
	cmd  *exec.Cmd
	addr string
	http *http.Client
}

func startBare(ctx context.Context, binary string) (*bare, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	cmd := exec.CommandContext(ctx, binary, "bench", "--bare", addr) //nolint:gosec // the binary is the operator's own choice
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the bare server: %w", err)
	}
	b := &bare{cmd: cmd, addr: addr, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	for range 500 {
		if b.get(ctx) == nil {
			return b, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the bare server did not answer"), b.stop())
}

func (b *bare) get(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+b.addr+"/", nil)
	if err != nil {
		return fmt.Errorf("ask the bare server: %w", err)
	}
	resp, err := b.http.Do(r)
	if err != nil {
		return fmt.Errorf("ask the bare server: %w", err)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, resp.Body.Close())
}

// cost is the CPU time of a bare page now.
func (b *bare) cost(ctx context.Context, workers int) time.Duration {
	m := meter{cpu: func() (time.Duration, time.Duration) { return cpuOf(b.cmd.Process.Pid), 0 }}
	return runTask(ctx, Task{Do: func(ctx context.Context, _, _ int) error { return b.get(ctx) }}, workers, 700*time.Millisecond, m).CPU
}

func (b *bare) stop() error {
	b.http.CloseIdleConnections()
	return (&server{cmd: b.cmd}).stop()
}
