package certify

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// Program is how the program is started as a process of its own.
type Program struct {
	Command   func(args, env []string) *exec.Cmd
	Data, DSN string
	Env       []string // settings that each server has
}

// Server is the program while it serves.
type Server struct {
	cmd   *exec.Cmd
	base  string
	host  string // of the store that is asked
	ended chan struct{}

	answers *Answers
}

// At is a store of a server that somebody else has started, and ends. What its shoppers
// wait for is noted in answers, which may be nil.
func At(base, host string, answers *Answers) *Server {
	return &Server{base: base, host: host, answers: answers}
}

// upWithin is how long a start may take, also one behind a kill.
const upWithin = time.Minute

// Start starts the program with these settings besides, and waits until it answers.
// A port that is free now may be another's a moment later, so the program takes one
// and tells.
func (p Program) Start(ctx context.Context, host string, env ...string) (*Server, error) {
	var said bytes.Buffer
	cmd := p.Command([]string{"serve", "--addr", "127.0.0.1:0", "--data", p.Data, "--database-url", p.DSN, "--log-level", "info"}, append(slices.Clone(p.Env), env...))
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	s := &Server{cmd: cmd, host: host, ended: make(chan struct{})}
	up := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if _, port, found := strings.Cut(lines.Text(), " is up: http://localhost:"); found {
				up <- "http://127.0.0.1:" + port
			}
		}
		_ = cmd.Wait() // only once all is read
		close(s.ended)
	}()
	fail := func(why string) (*Server, error) {
		s.Kill()
		return nil, fmt.Errorf("the program %s after %s; it said:\n%s", why, time.Since(began).Round(time.Millisecond), said.Bytes())
	}
	ctx, cancel := context.WithTimeout(ctx, upWithin)
	defer cancel()
	select {
	case s.base = <-up:
	case <-s.ended:
		return fail("ended")
	case <-ctx.Done():
		return fail("did not come up")
	}
	for {
		if s.ready(ctx) {
			return s, nil
		}
		select {
		case <-s.ended:
			return fail("ended")
		case <-ctx.Done():
			return fail("was not ready")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *Server) ready(ctx context.Context) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/health/ready", nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	return resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
}

// Base is the address at which it answers.
func (s *Server) Base() string { return s.base }

// Process is the number of the process.
func (s *Server) Process() int { return s.cmd.Process.Pid }

// Kill ends the process as a power cut would.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill()
	<-s.ended
}

// Note has answers noted elsewhere from now on, and gives where they were until now.
func (s *Server) Note(answers *Answers) *Answers {
	was := s.answers
	s.answers = answers
	return was
}
