package ui

// Presets are the themes that a store can start from. The first is the default.
var Presets = []Theme{Atelier, Studio, Market, Almanac, Nocturne, Signal, Salon, Summit}

// ready are the presets as pages send them.
var ready = func() map[string]Theme {
	out := map[string]Theme{}
	for _, t := range Presets {
		out[t.Code] = t.Ready()
	}
	return out
}()

// Preset is the theme of that code, the default when there is none.
func Preset(code string) Theme {
	if t, ok := ready[code]; ok {
		return t
	}
	return ready[Atelier.Code]
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
	Layout: Layout{Header: "centre"},
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
	Layout: Layout{Card: "framed", Product: "stacked", Type: "bold"},
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
	Radius: "14px", Corner: "22px", Button: "16px", Density: Normal, Shadow: "soft",
	Layout: Layout{Hero: "centre", Card: "panel", Footer: "big", Type: "bold"},
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
	Layout: Layout{Header: "rows", Hero: "centre", Card: "centred", Footer: "quiet"},
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
	Layout: Layout{Hero: "poster", Card: "over", Product: "wide", Type: "bold"},
}

// Signal is yellow, black and a typewriter: a shop for records, prints and streetwear.
var Signal = Theme{
	Code: "signal",
	Light: Palette{
		Base: "#ffe93b", Panel: "#fff6a8", Sunk: "#f7dd1e", Line: "#1b1a10", Ink: "#12110a", Mute: "#4a4413",
		Accent: "#12110a", OnAccent: "#ffe93b", Wash: "#fff2a0",
	},
	Dark: Palette{
		Base: "#0c0c09", Panel: "#161610", Sunk: "#050504", Line: "#55512a", Ink: "#ffe93b", Mute: "#c2b559",
		Accent: "#ffe93b", OnAccent: "#12110a", Wash: "#26240f",
	},
	Fonts:  FontPair{Display: JetBrains, Body: JetBrains, Weight: "700", Spacing: "-.05em"},
	Radius: "0", Corner: "0", Button: "0", Density: Compact, Shadow: "hard",
	Layout: Layout{Header: "left", Card: "framed", Product: "stacked", Footer: "big", Type: "caps"},
}

// Salon is blush, aubergine and a fashion serif: a shop for beauty and jewellery.
var Salon = Theme{
	Code: "salon",
	Light: Palette{
		Base: "#fdf3f3", Panel: "#fffafa", Sunk: "#f7e6e7", Line: "#ead2d5", Ink: "#2a0f22", Mute: "#745061",
		Accent: "#8a1c48", OnAccent: "#fff5f6", Wash: "#f9e2e6",
	},
	Dark: Palette{
		Base: "#1a0e16", Panel: "#24141f", Sunk: "#12090f", Line: "#432a3a", Ink: "#fbe9ee", Mute: "#c8a4b3",
		Accent: "#f6a9c4", OnAccent: "#35091d", Wash: "#37192a",
	},
	Fonts:  FontPair{Display: Bodoni, Body: Inter, Weight: "440", Spacing: "-.02em"},
	Radius: "0", Corner: "0", Button: "0", Density: Airy,
	Layout: Layout{Header: "rows", Hero: "poster", Card: "centred", Product: "wide", Footer: "quiet", Type: "grand"},
}

// Summit is pine, fog and orange in narrow capitals: a shop for sport and the outdoors.
var Summit = Theme{
	Code: "summit",
	Light: Palette{
		Base: "#f1f4f1", Panel: "#ffffff", Sunk: "#e2e9e3", Line: "#c6d1c9", Ink: "#10231b", Mute: "#4c5d54",
		Accent: "#ad3a08", OnAccent: "#ffffff", Wash: "#fae6d8",
	},
	Dark: Palette{
		Base: "#0c1813", Panel: "#13231c", Sunk: "#08110d", Line: "#294037", Ink: "#e9f2ec", Mute: "#9fb5a9",
		Accent: "#ff9d5c", OnAccent: "#2b1000", Wash: "#33220f",
	},
	Fonts:  FontPair{Display: Oswald, Body: Inter, Weight: "600", Spacing: "0"},
	Radius: "4px", Corner: "4px", Button: "4px", Density: Normal,
	Layout: Layout{Header: "bar", Card: "panel", Footer: "columns", Type: "caps"},
}
