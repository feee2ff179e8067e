package ui

// Tone is what a colour means. Colour never says it alone: there is a word beside it.
type Tone uint8

// The tones.
const (
	Neutral Tone = iota
	Info
	OK
	Warn
	Bad
)

func (t Tone) class() string { return [...]string{"", "t-info", "t-ok", "t-warn", "t-bad"}[t] }

// Kind is the weight of a button.
type Kind uint8

// The kinds of buttons. A page has one Primary.
const (
	Plain Kind = iota
	Primary
	Danger
	Quiet // without a border
	Link  // looks like a link
)

func (k Kind) class() string {
	return [...]string{"btn", "btn btn-primary", "btn btn-danger", "btn btn-quiet", "btn btn-link"}[k]
}

// Size is the size of a button or dialog.
type Size uint8

// The sizes.
const (
	Medium Size = iota
	Small
	Large
)

func (s Size) class() string { return [...]string{"", "is-small", "is-large"}[s] }
