package picture

import (
	"bytes"
	"encoding/binary"
)

// segments calls fn with each segment before the picture's own data, until fn
// returns false.
func segments(b []byte, fn func(marker byte, body []byte) bool) {
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			return
		}
		marker := b[i+1]
		if marker == 0xff || marker == 0x01 || marker >= 0xd0 && marker <= 0xd8 { // filling, and markers without a body
			i++
			if marker != 0xff {
				i++
			}
			continue
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if marker == 0xda || marker == 0xd9 || n < 2 || i+2+n > len(b) {
			return
		}
		if !fn(marker, b[i+4:i+2+n]) {
			return
		}
		i += 2 + n
	}
}

// jpegWeight is told by the picture's frame: how its colours are sampled, and
// whether it comes in passes, for which all coefficients are kept.
func jpegWeight(b []byte) int {
	weight := 80 // of four colours
	segments(b, func(marker byte, body []byte) bool {
		if marker < 0xc0 || marker > 0xc2 {
			return true
		}
		if len(body) < 6 || len(body) < 6+3*int(body[5]) {
			return false
		}
		sum, most := 0, 1
		for c := range int(body[5]) {
			h, v := int(body[7+3*c]>>4), int(body[7+3*c]&15)
			sum, most = sum+h*v, max(most, h*v)
		}
		if body[5] < 4 {
			weight = (10*sum + most - 1) / most
		}
		if marker == 0xc2 {
			weight *= 5
		}
		return false
	})
	return weight
}

// orientation is how a camera was held, 1 to 8 as EXIF counts; 1 is upright.
func orientation(b []byte) int {
	turned := 1
	segments(b, func(marker byte, body []byte) bool {
		tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00"))
		if marker != 0xe1 || !ok {
			return true
		}
		turned = exifOrientation(tiff)
		return false
	})
	return turned
}

func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	for n := range int(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*n
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if v := int(order.Uint16(tiff[entry+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}
