package main

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
)

// browser is the path of a Chromium.
type browser string

// shoot renders the scene's page.
func (b browser) shoot(s scene) (image.Image, error) {
	dir, err := os.MkdirTemp("", "draw")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "out.png")
	if err := b.shootTo(path, s); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

func (b browser) shootTo(path string, s scene) error {
	dir, err := os.MkdirTemp("", "draw")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	page := filepath.Join(dir, "page.html")
	if err := os.WriteFile(page, []byte(s.html), 0o600); err != nil {
		return err
	}
	cmd := exec.Command(string(b), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--screenshot="+path, fmt.Sprintf("--window-size=%d,%d", s.width, s.height), "file://"+page)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("render: %w: %s", err, out)
	}
	return nil
}
