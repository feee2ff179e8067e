package app

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"strings"
	"testing"
)

// hostiles are all files that TestHostileUploads sends.
func hostiles(t testing.TB) []hostile {
	t.Helper()
	out := append(hostilePNGs(t), hostileJPEGs(t)...)
	out = append(out, hostileGIFs(t)...)
	out = append(out, hostileWebPs(t)...)
	return append(append(out, strangers(t)...), misnamed(t)...)
}

func hostilePNGs(t testing.TB) []hostile {
	t.Helper()
	plain := must(t, writePNG, image.Image(small(40, 30)))
	deep := image.NewNRGBA64(image.Rect(0, 0, 20, 20))
	spots := image.NewPaletted(image.Rect(0, 0, 20, 20), color.Palette{color.Transparent, color.White})
	bad := bytes.Clone(plain)
	bad[30] ^= 0xff
	bomb := deflated(make([]byte, 200<<20))
	of := func(what string, content []byte, f fate) hostile {
		return hostile{what: what, name: "a.png", kind: "image/png", content: content, fate: f}
	}
	return []hostile{
		of("30,000 × 30,000 pixels in 110 KB", huge(30_000), refused),
		of("a side of four milliards", append(ihdr(0xffffffff, 1, 8, 2, 0), plain[pngHead:]...), refused),
		of("no pixels at all", append(ihdr(0, 0, 8, 2, 0), plain[pngHead:]...), refused),
		of("30 megapixels of 16 bits", append(ihdr(6000, 5000, 16, 6, 0), plain[pngHead:]...), refused),
		of("a head with a wrong sum", bad, refused),
		of("only a signature", plain[:8], refused),
		of("cut off", plain[:len(plain)-30], failed),
		of("more pixels promised than there are", append(ihdr(2000, 2000, 8, 6, 0), plain[pngHead:]...), failed),
		of("a text that unpacks to 200 MB", pngWith(plain, chunk("zTXt", append([]byte("Comment\x00\x00"), bomb...))), harmless),
		of("a profile that unpacks to 200 MB", pngWith(plain, chunk("iCCP", append([]byte("p\x00\x00"), bomb...))), harmless),
		of("a script in a text", pngWith(plain, chunk("tEXt", []byte("Comment\x00"+payload))), harmless),
		of("a script in an international text", pngWith(plain, chunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+payload))), harmless),
		of("a script behind the end", append(bytes.Clone(plain), payload...), harmless),
		of("an archive behind the end", append(bytes.Clone(plain), zipped(t)...), harmless),
		of("a film", pngWith(plain, chunk("acTL", []byte{0, 0, 0xff, 0xff, 0, 0, 0, 0})), harmless),
		of("16 bits a colour", must(t, writePNG, image.Image(deep)), harmless),
		of("interlaced with 16 bits", interlaced(), harmless),
		of("see-through with a palette", must(t, writePNG, image.Image(spots)), harmless),
	}
}

func hostileJPEGs(t testing.TB) []hostile {
	t.Helper()
	plain := must(t, writeJPEG, image.Image(small(64, 48)))
	of := func(what string, content []byte, f fate) hostile {
		return hostile{what: what, name: "a.jpg", kind: "image/jpeg", content: content, fate: f}
	}
	soi := []byte{0xff, 0xd8}
	return []hostile{
		of("65,535 × 65,535 pixels", bytes.Join([][]byte{soi, frame(0xc0, 65535, 65535, 3), plain[2:]}, nil), refused),
		of("25 megapixels in passes", bytes.Join([][]byte{soi, frame(0xc2, 5000, 5000, 3), plain[2:]}, nil), refused),
		of("only a beginning", plain[:3], refused),
		of("HTML behind a magic", []byte("\xff\xd8\xff<html>"+payload), refused),
		of("without loss", bytes.Join([][]byte{soi, frame(0xc3, 8, 8, 3), plain[2:]}, nil), refused),
		of("cut off", plain[:len(plain)/2], failed),
		of("a script in EXIF", jpegWith(plain, segment(0xe1, "Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff"+payload)), harmless),
		of("an EXIF that leads nowhere", jpegWith(plain, segment(0xe1, "Exif\x00\x00MM\x00*\xff\xff\xff\xff"+payload)), harmless),
		of("a script in a comment", jpegWith(plain, segment(0xfe, payload)), harmless),
		of("an entity in XMP", jpegWith(plain, segment(0xe1, `http://ns.adobe.com/xap/1.0/`+"\x00"+`<!DOCTYPE x [<!ENTITY OrionPayload SYSTEM "file:///etc/passwd">]>`)), harmless),
		of("a profile of nonsense", jpegWith(plain, segment(0xe2, "ICC_PROFILE\x00\x01\x01"+payload)), harmless),
		of("a thousand comments", jpegWith(plain, bytes.Repeat(segment(0xfe, payload), 1000)), harmless),
		of("HTML behind the end", append(bytes.Clone(plain), payload...), harmless),
		of("an archive behind the end", append(bytes.Clone(plain), zipped(t)...), harmless),
		of("four colours of print", cmyk(), harmless),
	}
}

func hostileGIFs(t testing.TB) []hostile {
	t.Helper()
	plain := must(t, writeGIF, film(1))
	of := func(what string, content []byte, f fate) hostile {
		return hostile{what: what, name: "a.gif", kind: "image/gif", content: content, fate: f}
	}
	comment := []byte("!\xfe")
	for rest := payload; rest != ""; {
		n := min(len(rest), 255)
		comment = append(append(comment, byte(n)), rest[:n]...)
		rest = rest[n:]
	}
	wide := append([]byte("GIF89a\xff\xff\xff\xff"), plain[10:]...)
	tight := append([]byte("GIF89a\x01\x00\x01\x00"), plain[10:]...)
	script := []byte("GIF89a/*\x01\x00\x00\x00" + "*/=1;" + payload)
	return []hostile{
		of("65,535 × 65,535 pixels", wide, refused),
		of("only a signature", []byte("GIF89a"), refused),
		of("a script that begins as a GIF", script, failed),
		of("a picture larger than its screen", tight, failed),
		of("cut off", plain[:len(plain)-8], failed),
		of("3,000 pictures", must(t, writeGIF, film(3000)), harmless),
		of("a script in a comment", bytes.Join([][]byte{plain[:len(plain)-1], append(comment, 0), {0x3b}}, nil), harmless),
		of("a script behind the end", append(bytes.Clone(plain), "*/=1;"+payload...), harmless),
		of("a delay of no time", must(t, writeGIF, &gif.GIF{Image: film(2).Image, Delay: []int{0, 0}, LoopCount: -1}), harmless),
	}
}

func hostileWebPs(t testing.TB) []hostile {
	t.Helper()
	plain := must(t, writeWebP, image.Image(small(40, 40)))
	of := func(what string, content []byte, f fate) hostile {
		return hostile{what: what, name: "a.webp", kind: "image/webp", content: content, fate: f}
	}
	return []hostile{
		of("16,384 × 16,384 pixels", riff(vp8x(0, 16384, 16384), plain[12:]), refused),
		of("16,384 × 16,384 pixels without loss", riff(part("VP8L", []byte{0x2f, 0xff, 0xff, 0xff, 0x0f, 0})), refused),
		of("a film of the kind of AVI", []byte("RIFF\x10\x00\x00\x00AVI LIST"+payload), refused),
		of("a small head before a large picture", riff(vp8x(0, 10, 10), plain[12:]), failed),
		of("animated", riff(vp8x(2, 40, 40), part("ANIM", make([]byte, 6)), part("ANMF", append(make([]byte, 16), plain[12:]...))), failed),
		of("cut off", plain[:len(plain)/2], failed),
		of("a script in EXIF", riff(plain[12:], part("EXIF", []byte(payload)), part("XMP ", []byte(payload))), harmless),
	}
}

// strangers are no pictures of ours, whatever they call themselves.
func strangers(t testing.TB) []hostile {
	t.Helper()
	svg := `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">`
	laughs := `<!DOCTYPE svg [<!ENTITY a "lol">`
	for c := 'b'; c < 'k'; c++ {
		laughs += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	files := []struct{ what, name, kind, content string }{
		{"SVG with a script", "a.svg", "image/svg+xml", svg + payload + "</svg>"},
		{"SVG with a foreign object", "a.svg", "image/svg+xml", svg + "<foreignObject><iframe src='javascript:alert(1)'/></foreignObject></svg>"},
		{"SVG with a milliard of laughs", "a.svg", "image/svg+xml", laughs + "]><svg>&j;</svg>"},
		{"SVG with a file of ours", "a.png", "image/png", `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>` + svg + "&f;</svg>"},
		{"packed SVG", "a.svgz", "image/svg+xml", string(gzipped(svg + payload + "</svg>"))},
		{"HTML that calls itself a JPEG", "a.jpg", "image/jpeg", "<!doctype html>" + payload},
		{"PDF", "a.pdf", "image/png", "%PDF-1.7\n" + payload},
		{"archive", "a.jpg", "image/jpeg", string(zipped(t))},
		{"icon", "a.ico", "image/x-icon", "\x00\x00\x01\x00\x01\x00\x10\x10" + payload},
		{"bitmap", "a.bmp", "image/bmp", "BM\xff\xff\xff\x7f" + strings.Repeat("\x00", 60) + payload},
		{"TIFF", "a.tif", "image/tiff", "II*\x00\x08\x00\x00\x00\xff\xff" + payload},
		{"AVIF", "a.avif", "image/avif", "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00" + payload},
		{"program", "a.png", "image/png", "\x7fELF\x02\x01\x01" + payload},
		{"commands of a drawing program", "a.png", "image/png", "push graphic-context\nfill 'url(https://example.com/x.jpg\"|ls \"-la)'\npop graphic-context"},
		{"PostScript", "a.jpg", "image/jpeg", "%!PS\n(/etc/passwd) (r) file"},
		{"one byte", "a.png", "image/png", "\x89"},
		{"nothing", "a.png", "image/png", ""},
		{"17 MB that begin as a JPEG", "a.jpg", "image/jpeg", "\xff\xd8\xff" + strings.Repeat("x", 17<<20)},
	}
	out := make([]hostile, len(files))
	for i, f := range files {
		out[i] = hostile{what: f.what, name: f.name, kind: f.kind, content: []byte(f.content), fate: refused}
	}
	return out
}

// misnamed are pictures with names and types that should matter to nobody.
func misnamed(t testing.TB) []hostile {
	t.Helper()
	plain := must(t, writePNG, image.Image(small(24, 24)))
	var out []hostile
	for _, name := range []string{
		"../../../../etc/passwd", `..\..\orion.db`, "/dev/null", "<script>OrionPayload.png", "a\r\nSet-Cookie: x=1.png",
		"\u202egnp.exe", strings.Repeat("a", 5000) + ".png", "con", "a.exe", ".",
	} {
		out = append(out, hostile{what: "a name like " + name[:min(len(name), 20)], name: name, kind: "application/x-msdownload", content: plain, fate: harmless})
	}
	return out
}
