// Command assets builds what browsers load: style sheets by Tailwind, scripts by
// esbuild, fonts cut to size, icons as Go. It writes assets/dist and
// kit/ui/icon/icons.go; both are committed, so that only those who change the
// sources need Node.
//
// Run it in tools: go run ./assets
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	if err := build("../assets", "../kit/ui/icon"); err != nil {
		log.Fatal(err)
	}
}

// build makes everything anew: what is left of an earlier build is removed.
func build(assets, icon string) error {
	if _, err := os.Stat(filepath.Join(assets, "node_modules")); err != nil {
		if err := run(assets, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
			return err
		}
	}
	if err := icons(filepath.Join(assets, "node_modules/lucide-static/icons"), filepath.Join(icon, "icons.txt"), filepath.Join(icon, "icons.go")); err != nil {
		return err
	}
	raw, err := os.MkdirTemp("", "assets")
	if err != nil {
		return err
	}
	defer os.RemoveAll(raw)
	if err := run(assets, "node", "fonts.mjs", raw); err != nil {
		return err
	}
	for _, name := range []string{"staff.css", "studio.css", "dev.css", "shop.css", "till.css", "print.css"} {
		if err := run(assets, "node_modules/.bin/tailwindcss", "-i", "css/"+name, "-o", filepath.Join(raw, name), "--minify"); err != nil {
			return err
		}
	}
	if err := scripts(filepath.Join(assets, "js"), raw, "staff.js", "shop.js", "again.js", "chart.js", "choose.js", "frame.js", "pay.js", "range.js", "rich.js", "rows.js", "sheet.js", "studio.js", "theme.js", "tree.js"); err != nil {
		return err
	}
	if err := os.CopyFS(raw, os.DirFS(filepath.Join(assets, "img"))); err != nil {
		return err
	}
	return publish(raw, filepath.Join(assets, "dist"))
}

func run(dir, name string, args ...string) error {
	command := exec.Command(name, args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}
