package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"orion/kit/fault"
)

// head is as much of a file as is read to judge it. Cameras put previews and
// profiles before the picture's size.
const head = 1 << 20

// format is a kind of file that is read.
type format struct {
	ext    string
	is     func(b []byte) bool
	config func(r io.Reader) (image.Config, error)
	decode func(r io.Reader) (image.Image, error)
	weight func(b []byte) int // bytes a pixel that decoding takes, times ten
}

// formats are all of them. A file is what its first bytes say; names and types
// that came with it are never asked.
var formats = []format{
	{ext: "jpg", is: begins("\xff\xd8\xff"), config: jpeg.DecodeConfig, decode: jpeg.Decode, weight: jpegWeight},
	{ext: "png", is: begins("\x89PNG\r\n\x1a\n"), config: png.DecodeConfig, decode: png.Decode, weight: pngWeight},
	{ext: "gif", is: isGIF, config: gif.DecodeConfig, decode: gif.Decode, weight: func([]byte) int { return 10 }},
	{ext: "webp", is: isWebP, config: webp.DecodeConfig, decode: decodeWebP, weight: func([]byte) int { return 80 }},
}

func begins(magic string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }
}

func isGIF(b []byte) bool { return begins("GIF87a")(b) || begins("GIF89a")(b) }

func isWebP(b []byte) bool { return len(b) > 12 && begins("RIFF")(b) && string(b[8:12]) == "WEBP" }

// pngWeight is told by the depth and the kind of colours. An interlaced picture
// is decoded in passes that are put together.
func pngWeight(b []byte) int {
	if len(b) < 29 {
		return 0
	}
	depth, kind, interlaced := b[24], b[25], b[28] != 0
	weight := 40
	switch {
	case kind == 0 || kind == 3: // grey or palette
		weight = 10
	}
	if depth == 16 {
		weight *= 2
	}
	if interlaced {
		weight *= 2
	}
	return weight
}

// inspect tells what a file is by its beginning, and refuses what is too large
// to be decoded.
func inspect(b []byte) (format, image.Config, error) {
	for _, f := range formats {
		if !f.is(b) {
			continue
		}
		size, err := f.config(bytes.NewReader(b))
		if err != nil || size.Width <= 0 || size.Height <= 0 {
			return f, size, ErrUnreadable.Because(err)
		}
		if size.Width > maxSide || size.Height > maxSide || size.Width*size.Height > MaxPixels {
			return f, size, ErrTooMany
		}
		if size.Width*size.Height/10*f.weight(b) > maxHeap {
			return f, size, ErrTooHeavy
		}
		return f, size, nil
	}
	return format{}, image.Config{}, ErrUnreadable
}

// judge refuses what is no picture of ours by its head, without decoding it,
// and tells the kind of file.
func judge(r io.ReadSeeker) (ext string, err error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return "", fmt.Errorf("read the picture: %w", err)
	}
	switch {
	case size == 0:
		return "", ErrEmpty
	case size > MaxBytes:
		return "", ErrTooLarge
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("read the picture: %w", err)
	}
	b := make([]byte, min(size, head))
	if _, err := io.ReadFull(r, b); err != nil {
		return "", fmt.Errorf("read the picture: %w", err)
	}
	f, _, err := inspect(b)
	return f.ext, err
}

// isRefusal tells that a picture itself is the reason.
func isRefusal(err error) bool {
	f := fault.As(err)
	return f != nil && f.Kind == fault.Invalid
}
