// Package ui has the components that every page of the program is drawn with.
//
// A component is a struct: its fields are what it shows, its zero value is the
// quiet default, and it is used in templ as it is written in Go:
//
//	@ui.Button{Label: w.T("ui.save"), Kind: ui.Primary}
//
// One that has children stands in parentheses, which templ needs to tell its
// body from the braces of the literal:
//
//	@(ui.Card{Title: w.T("orders.payment")}) {
//		<p>…</p>
//	}
//
// Form controls are functions over one [Field]. Words, the prefix of addresses
// and the nonce of the page travel in the context, see [With]. Paths in
// components are written without the prefix of the audience: "/orders".
package ui

import "embed"

// Files are the words of the components, to be loaded with the bundle.
//
//go:embed locales
var Files embed.FS
