package id

// Crockford's alphabet (https://www.crockford.com/base32.html): no letter that
// can be misread, and it sorts like the number.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

const base32Len = 13

func appendBase32(buf []byte, v uint64) []byte {
	for shift := 60; shift >= 0; shift -= 5 {
		buf = append(buf, alphabet[v>>uint(shift)&31])
	}
	return buf
}

func parseBase32(s string) (uint64, bool) {
	if len(s) != base32Len {
		return 0, false
	}
	var v uint64
	for i := range len(s) {
		d := digit(s[i])
		if d < 0 || (i == 0 && d > 7) {
			return 0, false
		}
		v = v<<5 | uint64(d)
	}
	return v, true
}

func digit(c byte) int {
	for i := range len(alphabet) {
		if alphabet[i] == c {
			return i
		}
	}
	return -1
}
