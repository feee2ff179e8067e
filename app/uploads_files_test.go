package app

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/gen2brain/webp"
)

// payload is what a hostile file smuggles; none of it may ever be served.
const payload = `<script>alert("OrionPayload")</script><?php system("OrionPayload") ?>`

// hostile is a file that no honest person sends.
type hostile struct {
	what    string // for people
	name    string // as it calls itself
	kind    string // type that it claims
	content []byte
	fate    fate
	field   string // of the form; empty is "picture"
}

// fate is what becomes of a file.
type fate int

const (
	refused  fate = iota // at once, with 422 and the field's name
	failed               // when it is to be prepared, which staff are told
	harmless             // drawn anew
)

func small(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = uint8(i * 7)
	}
	return p
}

func must[T any](t testing.TB, write func(*bytes.Buffer, T) error, v T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writePNG(b *bytes.Buffer, p image.Image) error  { return png.Encode(b, p) }
func writeJPEG(b *bytes.Buffer, p image.Image) error { return jpeg.Encode(b, p, nil) }
func writeWebP(b *bytes.Buffer, p image.Image) error { return webp.Encode(b, p) }
func writeGIF(b *bytes.Buffer, g *gif.GIF) error     { return gif.EncodeAll(b, g) }

// chunk is one of a PNG's.
func chunk(kind string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

const pngHead = 8 + 25 // signature and IHDR

func pngWith(plain []byte, chunks ...[]byte) []byte {
	return bytes.Join([][]byte{plain[:pngHead], bytes.Join(chunks, nil), plain[pngHead:]}, nil)
}

// ihdr is the beginning of a PNG.
func ihdr(w, h uint32, depth, kind, interlaced byte) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(body, depth, kind, 0, 0, interlaced))...)
}

func deflated(content []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(content)
	_ = z.Close()
	return b.Bytes()
}

// huge is a whole PNG of white pixels.
func huge(side int) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	line := make([]byte, 1+(side+7)/8)
	for range side {
		_, _ = z.Write(line)
	}
	_ = z.Close()
	return bytes.Join([][]byte{ihdr(uint32(side), uint32(side), 1, 0, 0), chunk("IDAT", b.Bytes()), chunk("IEND", nil)}, nil)
}

// interlaced is a PNG of 8 × 8 grey pixels of 16 bits in seven passes.
func interlaced() []byte {
	var rows []byte
	for _, pass := range [][2]int{{1, 1}, {1, 1}, {2, 1}, {2, 2}, {4, 2}, {4, 4}, {8, 4}} {
		for range pass[1] {
			rows = append(rows, make([]byte, 1+2*pass[0])...)
		}
	}
	return bytes.Join([][]byte{ihdr(8, 8, 16, 0, 1), chunk("IDAT", deflated(rows)), chunk("IEND", nil)}, nil)
}

// segment is one of a JPEG's.
func segment(marker byte, body string) []byte {
	return append([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
}

func jpegWith(plain []byte, segments ...[]byte) []byte {
	return bytes.Join([][]byte{plain[:2], bytes.Join(segments, nil), plain[2:]}, nil)
}

// frame is a JPEG's frame of components without subsampling.
func frame(marker byte, w, h, components int) []byte {
	body := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(components)}
	for c := range components {
		body = append(body, byte(c+1), 0x11, 0)
	}
	return segment(marker, string(body))
}

// cmyk is a JPEG of one block of four colours, as print shops send it.
func cmyk() []byte {
	table := func(class byte) []byte {
		return segment(0xc4, string(append([]byte{class, 1}, make([]byte, 16)...)))
	}
	scan := segment(0xda, "\x04\x01\x00\x02\x00\x03\x00\x04\x00\x00\x3f\x00")
	return bytes.Join([][]byte{
		{0xff, 0xd8},
		segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x00"), segment(0xdb, "\x00"+strings.Repeat("\x01", 64)),
		frame(0xc0, 8, 8, 4), table(0x00), table(0x10), scan,
		{0x00, 0xff, 0xd9},
	}, nil)
}

// riff is a WebP of chunks.
func riff(chunks ...[]byte) []byte {
	body := bytes.Join(chunks, nil)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(out, "WEBP"...), body...)
}

func part(kind string, body []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	return append(append(out, body...), make([]byte, len(body)&1)...)
}

func vp8x(flags byte, w, h int) []byte {
	return part("VP8X", []byte{flags, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), byte((w - 1) >> 16), byte(h - 1), byte((h - 1) >> 8), byte((h - 1) >> 16)})
}

// film is a GIF of many pictures.
func film(frames int) *gif.GIF {
	g := &gif.GIF{}
	for range frames {
		p := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 0)
	}
	return g
}

func zipped(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("OrionPayload.php")
	if err == nil {
		_, err = f.Write([]byte(payload))
	}
	if err != nil || z.Close() != nil {
		t.Fatal("zip fails")
	}
	return b.Bytes()
}

func gzipped(content string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(content))
	_ = z.Close()
	return b.Bytes()
}
