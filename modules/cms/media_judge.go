package cms

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"orion/kit/picture"
	"orion/kit/svg"
)

// judged is what a file is by its content.
type judged struct {
	kind  MediaKind
	ext   string
	clean *svg.Drawing // of a drawing
}

// brands are those of videos that browsers play.
var brands = []string{"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash"}

// judgeMedia tells what a file is. Its name and the type that it claims are never
// asked. Pictures are judged again, and more closely, when they are received.
func judgeMedia(r io.ReadSeeker) (judged, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return judged{}, fmt.Errorf("read the file: %w", err)
	}
	head, err := stretch(r, 0, min(size, 4096))
	if err != nil {
		return judged{}, err
	}
	switch {
	case size == 0:
		return judged{}, picture.ErrEmpty
	case bytes.HasPrefix(head, []byte("%PDF-")):
		tail, err := stretch(r, max(size-2048, 0), min(size, 2048))
		if err != nil {
			return judged{}, err
		}
		if !bytes.Contains(tail, []byte("%%EOF")) {
			return judged{}, errMediaKind
		}
		return long(judged{kind: Document, ext: "pdf"}, size)
	case len(head) > 12 && string(head[4:8]) == "ftyp":
		if !slices.Contains(brands, string(head[8:12])) {
			return judged{}, errMediaKind
		}
		return long(judged{kind: Video, ext: "mp4"}, size)
	case bytes.HasPrefix(head, []byte("\x1aE\xdf\xa3")) && bytes.Contains(head[:min(len(head), 64)], []byte("webm")):
		return long(judged{kind: Video, ext: "webm"}, size)
	case svg.Is(head):
		return judgeDrawing(r, size)
	}
	return judged{kind: Picture}, nil
}

// long refuses what is too much to be kept.
func long(j judged, size int64) (judged, error) {
	if size > maxMediaBytes {
		return judged{}, errMediaLarge
	}
	return j, nil
}

func judgeDrawing(r io.ReadSeeker, size int64) (judged, error) {
	if size > svg.MaxBytes {
		return judged{}, svg.ErrTooLarge
	}
	content, err := stretch(r, 0, size)
	if err != nil {
		return judged{}, err
	}
	d, err := svg.Clean(content)
	return judged{kind: Drawing, ext: "svg", clean: &d}, err
}

// stretch reads some of a file.
func stretch(r io.ReadSeeker, at, n int64) ([]byte, error) {
	if _, err := r.Seek(at, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return b, nil
}
