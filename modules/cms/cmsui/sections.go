package cmsui

import (
	"context"
	"io"

	"orion/kit/ui"
)

// The widths at which pictures of sections are shown.
const (
	WideSizes  = "100vw"
	HalfSizes  = "(min-width: 860px) 50vw, 100vw"
	ThirdSizes = "(min-width: 860px) 33vw, 50vw"
	LogoSizes  = "160px"
)

// Hero is the large beginning of a page.
type Hero struct {
	ID, Title, Text string
	First           bool // its title is the page's
	Turned          bool // the picture stands first
	Image           ui.Image
	Label, Href     string
}

// Prose is a text.
type Prose struct{ ID, Title, Body string }

// Beside is a picture with a text beside it.
type Beside struct {
	ID, Title, Body string
	Image           ui.Image
	Turned          bool
	Label, Href     string
}

// Questions are what people ask.
type Questions struct {
	ID, Title string
	Items     []Question
}

// Question is one of them, with its answer in HTML.
type Question struct{ Question, Answer string }

// Quotes are what customers say.
type Quotes struct {
	ID, Title string
	Items     []Quote
}

// Quote is what one of them says.
type Quote struct{ Quote, By, From string }

// Pictures stand beside each other.
type Pictures struct {
	ID, Title string
	Logos     bool
	Items     []Shown
}

// Shown is one of them, or a name in its place.
type Shown struct {
	Name, Href string
	Image      ui.Image
}

// Hours are when and where somebody finds the shop.
type Hours struct {
	ID, Title, Note string
	Days            []Day
	Name            string
	Address         []string
	Map             string
}

// Day is one day of the week; without hours the shop is shut.
type Day struct{ Name, Open string }

// Film is a video.
type Film struct {
	ID, Title, Text, Href string
	Site                  string // where it leads
	Own                   bool   // a file of the store
	Image                 ui.Image
}

// Countdown counts to a moment.
type Countdown struct {
	ID, Title, Text      string
	Moment               string // for programs
	Until                string // in words
	Days, Hours, Minutes int
	Label, Href          string
}

// Missing is a section that cannot be shown.
type Missing struct{ ID, Title, Text string }

// Render writes the section.
func (v Hero) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Prose) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Beside) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Questions) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Quotes) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Pictures) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Hours) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Film) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }

// Render writes the section.
func (v Countdown) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }
