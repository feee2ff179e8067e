package cmsui

import "orion/kit/ui"

// Redirects are where addresses of a store lead that nothing answers.
type Redirects struct {
	State      ui.Form // of the form for a new one
	File       ui.Form // of the form for a file
	May        bool
	Translates bool // the reader may translate what the store says
	Query      string
	Codes      []ui.Option
	Rows       []RedirectRow
	Pager      ui.Pager
}

// RedirectRow is one in the list.
type RedirectRow struct {
	ID, Path, Target, Code, Hits, Hit, By, Made string
	Prefix                                      bool
}

// RedirectFile is what a file with redirects would add.
type RedirectFile struct {
	Rows, Wrong []RedirectFileRow
	Text        string // the rows that are right, as they are sent back
}

// RedirectFileRow is a row of the file.
type RedirectFileRow struct{ Row, Path, Target, Code, Why string }
