// Command shots takes the pictures of the README: it fills a folder of its own
// with the demo, serves it, and looks at it with Chromium.
//
//	go run ./dev/shots ../bin/orion ../docs/pictures
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"
)

// page is one picture: a page as somebody sees it.
type page struct {
	name   string
	who    string // who signs in first, nobody when empty
	host   string
	path   string
	follow string // selector of the link that is followed from there
	script string // run before the picture is taken
	phone  bool
	dark   bool
}

const (
	staff    = "/store/login manager@kirchberg-kids.example"
	operator = "/admin/login admin@orion.example"
	shop     = "maison-kirchberg.localhost"
	kids     = "kirchberg-kids.localhost" // whose manager reads English
)

var pages = []page{
	{name: "home", host: shop, path: "/"},
	{name: "product-phone-dark", host: shop, path: "/products/stoneware-mug", phone: true, dark: true},
	{name: "checkout", host: shop, path: "/checkout", script: `document.querySelector('[name=delivery]').click()`},
	{name: "orders", who: staff, host: kids, path: "/store/orders"},
	{name: "order-dark", who: staff, host: kids, path: "/store/orders?view=to_ship", follow: "main tbody a", dark: true},
	{name: "operator", who: operator, host: "localhost", path: "/admin/stores"},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: shots ORION FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(orion, folder string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	data, err := os.MkdirTemp("", "orion-shots-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(data) }()
	addr, stop, err := serve(ctx, orion, data)
	if err != nil {
		return err
	}
	defer stop()
	eyes, closed, err := open(ctx)
	if err != nil {
		return err
	}
	defer closed()
	look := looker{ctx: eyes, port: addr}
	if err := look.shopping(); err != nil {
		return fmt.Errorf("fill a cart: %w", err)
	}
	for _, p := range pages {
		picture, err := look.at(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.WriteFile(filepath.Join(folder, p.name+".webp"), picture, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s.webp, %d KB\n", p.name, len(picture)/1024)
	}
	return nil
}

// serve fills a folder with the demo and serves it until stop is called.
func serve(ctx context.Context, orion, data string) (port string, stop func(), err error) {
	if out, err := exec.CommandContext(ctx, orion, "demo", "--data", data).CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("orion demo: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	addr := l.Addr().String()
	_ = l.Close()
	server := exec.CommandContext(ctx, orion, "serve", "--data", data, "--addr", addr, "--log-level", "error")
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	}
	for range 100 {
		if answer, err := http.Get("http://" + addr + "/"); err == nil {
			_ = answer.Body.Close()
			_, port, err = net.SplitHostPort(addr)
			return port, stop, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	return "", nil, errors.New("orion does not answer at " + addr)
}

// open starts Chromium, for which every name below localhost is this machine.
func open(ctx context.Context) (eyes context.Context, closed func(), err error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP *.localhost 127.0.0.1"), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-dev-shm-usage", true))
	if path := os.Getenv("CHROMIUM"); path != "" {
		opts = append(opts, chromedp.ExecPath(path))
	}
	alloc, shut := chromedp.NewExecAllocator(ctx, opts...)
	eyes, cancel := chromedp.NewContext(alloc)
	closed = func() { cancel(); shut() }
	if err := chromedp.Do(eyes, chromedp.Navigate("about:blank")); err != nil {
		closed()
		return nil, nil, fmt.Errorf("start Chromium: %w", err)
	}
	return eyes, closed, nil
}
