package ui

import "embed"

// Sources are the files in which the components are written, for those who show
// how that is done.
//
//go:embed *.templ chart.go field.go heart.go product.go rating.go richtext.go sheet.go sheetbar.go theme.go tone.go presets.go
var Sources embed.FS
