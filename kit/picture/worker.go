package picture

import (
	"bufio"
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"time"

	"orion/kit/fault"
)

// A picture is drawn by this same program, started again as a worker: what it
// takes goes with it, however much that was, and one that goes wrong takes
// nobody along. Its environment is empty but for what stands here.
const (
	workerKey  = "ORION_PICTURE_WORKER"
	timeout    = 30 * time.Second
	softMemory = "GOMEMLIMIT=64MiB" // above it memory is collected more often
	hardMemory = 384 << 20          // above it the worker ends; nothing within the bounds comes near
	maxDrawn   = 64 << 20
)

// init makes the program a worker when it was started as one, before anything
// else of it begins. It stands here and not in a main function because every
// program with this package, tests too, starts itself.
func init() {
	if os.Getenv(workerKey) == "" {
		return
	}
	time.AfterFunc(timeout+time.Second, func() { os.Exit(1) }) // when nobody waits any more
	go watchMemory()
	lowPriority()
	if err := work(os.Stdin, os.Stdout); err != nil {
		_, _ = io.WriteString(os.Stderr, err.Error())
		os.Exit(1)
	}
	os.Exit(0)
}

// answer is what a worker says: a drawing, or the code of why there is none.
type answer struct {
	Drawing drawing
	Code    string
}

// work reads a plan and then the file, and writes the answer.
func work(r io.Reader, w io.Writer) error {
	in := bufio.NewReader(r)
	var p Plan
	if err := gob.NewDecoder(in).Decode(&p); err != nil {
		return fmt.Errorf("read the plan: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(in, MaxBytes))
	if err != nil {
		return fmt.Errorf("read the picture: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout-2*time.Second)
	defer cancel()
	var a answer
	if a.Drawing, err = drawSafely(ctx, content, p); err != nil {
		if !isRefusal(err) {
			return err
		}
		a = answer{Code: fault.As(err).Code}
	}
	return gob.NewEncoder(w).Encode(a)
}

// drawSafely is draw for a decoder that a file has led astray.
func drawSafely(ctx context.Context, content []byte, p Plan) (d drawing, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = ErrUnreadable.Because(fmt.Errorf("panic: %v", v))
		}
	}()
	return draw(ctx, content, p)
}

// watchMemory ends a worker that takes more than any picture within the bounds.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		metrics.Read(sample)
		if sample[0].Value.Uint64()-sample[1].Value.Uint64() > hardMemory {
			os.Exit(3)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// self is this program, also after its file was replaced by a newer one.
func self() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}

// drawApart draws a picture in a worker.
func drawApart(ctx context.Context, content io.Reader, p Plan) (drawing, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	program, err := self()
	if err != nil {
		return drawing{}, fmt.Errorf("find the program: %w", err)
	}
	var plan, said bytes.Buffer
	if err := gob.NewEncoder(&plan).Encode(p); err != nil {
		return drawing{}, fmt.Errorf("order a picture: %w", err)
	}
	cmd := exec.CommandContext(ctx, program) //nolint:gosec // this very program
	cmd.Env = []string{workerKey + "=1", softMemory, "GOGC=50", "GOMAXPROCS=1", "SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}
	cmd.Stdin, cmd.Stderr, cmd.WaitDelay = io.MultiReader(&plan, content), &said, time.Second
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return drawing{}, fmt.Errorf("start a worker: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return drawing{}, fmt.Errorf("start a worker: %w", err)
	}
	var a answer
	readErr := gob.NewDecoder(io.LimitReader(pipe, maxDrawn)).Decode(&a)
	if readErr != nil {
		cancel()
	}
	waitErr := cmd.Wait()
	switch {
	case readErr == nil && a.Code == "":
		return a.Drawing, nil
	case readErr == nil:
		return drawing{}, refusal(a.Code)
	case cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3:
		return drawing{}, ErrTooHeavy
	}
	return drawing{}, fmt.Errorf("draw a picture: %w: %.200s", errors.Join(readErr, waitErr), said.String())
}

func refusal(code string) error {
	for _, f := range []*fault.Error{ErrUnreadable, ErrTooMany, ErrTooHeavy} {
		if f.Code == code {
			return f
		}
	}
	return ErrUnreadable
}
