package ui

// Presets are the themes that a store can start from. The first is the default.
var Presets = []Theme{Atelier, Studio, Market, Almanac, Nocturne}

// Preset is the theme of that code, the default when there is none.
func Preset(code string) Theme {
	for _, t := range Presets {
		if t.Code == code {
			return t
		}
	}
	return Atelier
}

// Atelier is warm paper, a soft serif and moss: a shop for things made by hand.
var Atelier = Theme{
	Code: "atelier",
	Light: Palette{
		Base: "#fbf9f5", Panel: "#ffffff", Sunk: "#f3efe8", Line: "#e6e0d5", Ink: "#1d1b18", Mute: "#676158",
		Accent: "#3d4f3f", OnAccent: "#fbf9f5", Wash: "#edf1ea",
	},
	Dark: Palette{
		Base: "#141512", Panel: "#1b1c18", Sunk: "#0f100d", Line: "#2b2d27", Ink: "#eceae3", Mute: "#a19d92",
		Accent: "#b9cdb9", OnAccent: "#141a14", Wash: "#20271f",
	},
	Fonts:  FontPair{Display: Fraunces, Body: Inter, Weight: "420", Spacing: "-.02em"},
	Radius: "8px", Corner: "6px", Button: "999px", Density: Airy,
}

// Studio is white, black and nothing round: a shop for tools and electronics.
var Studio = Theme{
	Code: "studio",
	Light: Palette{
		Base: "#ffffff", Panel: "#ffffff", Sunk: "#f5f5f5", Line: "#dedede", Ink: "#0a0a0a", Mute: "#5c5c5c",
		Accent: "#0a0a0a", OnAccent: "#ffffff", Wash: "#f0f0f0",
	},
	Dark: Palette{
		Base: "#0a0a0a", Panel: "#121212", Sunk: "#050505", Line: "#2b2b2b", Ink: "#f5f5f5", Mute: "#a3a3a3",
		Accent: "#f5f5f5", OnAccent: "#0a0a0a", Wash: "#1e1e1e",
	},
	Fonts:  FontPair{Display: Inter, Body: Inter, Weight: "600", Spacing: "-.035em"},
	Radius: "0", Corner: "0", Button: "0", Density: Compact,
}

// Market is cream, tomato and round: a shop for food and for children.
var Market = Theme{
	Code: "market",
	Light: Palette{
		Base: "#fff8ec", Panel: "#fffdf8", Sunk: "#fdedd3", Line: "#f0dcbb", Ink: "#2a1810", Mute: "#775548",
		Accent: "#bf3415", OnAccent: "#fffaf2", Wash: "#ffe7d8",
	},
	Dark: Palette{
		Base: "#1b120d", Panel: "#241913", Sunk: "#140d09", Line: "#3d2b20", Ink: "#fbeede", Mute: "#c4a692",
		Accent: "#ff9a76", OnAccent: "#2c0f05", Wash: "#3a2015",
	},
	Fonts:  FontPair{Display: Bricolage, Body: Inter, Weight: "700", Spacing: "-.03em"},
	Radius: "14px", Corner: "22px", Button: "16px", Density: Normal,
}

// Almanac is newsprint and ink blue: a shop for books, wine and paper.
var Almanac = Theme{
	Code: "almanac",
	Light: Palette{
		Base: "#f6f3ea", Panel: "#fbf9f2", Sunk: "#ece7d9", Line: "#cfc8b4", Ink: "#14213a", Mute: "#555d6e",
		Accent: "#1d3f8f", OnAccent: "#f8f6ee", Wash: "#e4e7ee",
	},
	Dark: Palette{
		Base: "#0f1523", Panel: "#151d2f", Sunk: "#0a0f1a", Line: "#2a344c", Ink: "#ebe7da", Mute: "#a3aabc",
		Accent: "#a9c1ff", OnAccent: "#0b1733", Wash: "#1b2744",
	},
	Fonts:  FontPair{Display: Newsreader, Body: SystemSerif, Weight: "500", Spacing: "-.015em"},
	Radius: "2px", Corner: "0", Button: "2px", Density: Normal,
}

// Nocturne is slate and lilac with a wide grotesk: a shop for music and games.
var Nocturne = Theme{
	Code: "nocturne",
	Light: Palette{
		Base: "#f4f3fa", Panel: "#ffffff", Sunk: "#e9e7f4", Line: "#d9d5ea", Ink: "#17132b", Mute: "#5d5875",
		Accent: "#5a2fd6", OnAccent: "#ffffff", Wash: "#e9e2ff",
	},
	Dark: Palette{
		Base: "#0e0b1a", Panel: "#171329", Sunk: "#080612", Line: "#2d2747", Ink: "#f0edfb", Mute: "#a79fc6",
		Accent: "#c3f25c", OnAccent: "#182303", Wash: "#212c14",
	},
	Fonts:  FontPair{Display: Grotesk, Body: SystemSans, Weight: "600", Spacing: "-.04em"},
	Radius: "10px", Corner: "14px", Button: "10px", Density: Compact,
}
