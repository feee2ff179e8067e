// Command draw draws the pictures of the demo: a drawing for each product
// (drawings/*.svg, one group named by the slug) is coloured, lit, set on its
// backdrop, rendered by a headless Chromium, and written to app/demo/pictures in
// the sizes that pages ask for. It is run by hand when a drawing changes; the
// result is committed.
//
//	go run ./app/demo/pictures/draw                 all pictures
//	go run ./app/demo/pictures/draw -only alpine    those whose key contains the word
//	go run ./app/demo/pictures/draw -sheet /tmp     a contact sheet for each store
package main

import (
	"flag"
	"fmt"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"orion/app/demo/content"
)

func main() {
	out := flag.String("out", "app/demo/pictures", "directory to write to")
	sheet := flag.String("sheet", "", "write contact sheets to this directory instead")
	only := flag.String("only", "", "draw only keys that contain this")
	chrome := flag.String("chrome", "/usr/bin/chromium", "the browser")
	flag.Parse()
	if err := run(*out, *sheet, *only, browser(*chrome)); err != nil {
		fmt.Fprintln(os.Stderr, "draw:", err)
		os.Exit(1)
	}
}

func run(out, sheet, only string, by browser) error {
	demo, err := content.Load()
	if err != nil {
		return err
	}
	studio, err := newStudio()
	if err != nil {
		return err
	}
	for _, s := range demo.Stores {
		scenes := studio.scenes(s)
		if sheet != "" {
			if err := by.shootTo(filepath.Join(sheet, s.Code+".png"), studio.sheet(s, scenes)); err != nil {
				return err
			}
			continue
		}
		scenes = slices.DeleteFunc(scenes, func(s scene) bool { return !strings.Contains(s.key, only) })
		if err := drawAll(by, out, studio, scenes); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many pictures are rendered on one page: starting the browser costs
// more than drawing, and a page may be 16,384 pixels high.
const atOnce = 8

func drawAll(by browser, out string, studio *studio, wanted []scene) error {
	var work errgroup.Group
	work.SetLimit(2)
	for len(wanted) > 0 {
		n := 1
		for n < min(atOnce, len(wanted)) && wanted[n].width == wanted[0].width {
			n++
		}
		batch := wanted[:n]
		wanted = wanted[n:]
		img, err := by.shoot(studio.page(stack(batch)))
		if err != nil {
			return fmt.Errorf("draw %s: %w", batch[0].key, err)
		}
		for i, s := range batch {
			work.Go(func() error {
				one := image.NewRGBA(image.Rect(0, 0, s.width, s.height))
				draw.Draw(one, one.Bounds(), img, image.Pt(0, i*s.height), draw.Src)
				return encode(out, s, one)
			})
		}
	}
	return work.Wait()
}

// stack is one page with the scenes below each other.
func stack(scenes []scene) scene {
	all := scene{width: scenes[0].width}
	for _, s := range scenes {
		all.svg += s.svg
		all.height += s.height
	}
	return all
}
