package catalog

// validGTIN tells whether s is a GTIN-8, -12, -13 or -14 with a right check
// digit. An ISBN-13 is a GTIN-13.
func validGTIN(s string) bool {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return false
	}
	sum := 0
	for i := range len(s) {
		digit := int(s[i]) - '0'
		if digit < 0 || digit > 9 {
			return false
		}
		if (len(s)-i)%2 == 0 { // every second digit, counted from the check digit
			digit *= 3
		}
		sum += digit
	}
	return sum%10 == 0
}
