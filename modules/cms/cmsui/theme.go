package cmsui

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/ui"
)

// Theme is where staff decide how their store looks, beside a preview.
type Theme struct {
	Sub, State, Revision string
	Choosing             bool // the preset to begin from, and nothing else yet
	Form                 ui.Form
	Presets              []ui.Option
	Preset, Sample       string // the chosen one, and the store's name in their pictures
	Scheme               string
	Colours              []ColourGroup
	Picks                []PickGroup
	Files                []Pick
	Rules                string
	Bytes                int // how long rules may be
	Refused              []string
	Faint                bool
	Problems             []string // why shoppers see something else
	Preview              string   // address of the storefront
	Browse               string   // path of all products, empty where nothing is sold
	Token                string   // behind addresses of the storefront
	Live, Versions       bool
	Conflicted           bool
	Conflict             []ui.Change
}

// ColourGroup are the colours of a scheme.
type ColourGroup struct {
	Scheme  string
	Colours []Colour
}

// Colour is one of them, with what it is too faint upon.
type Colour struct {
	Name, Key, Value string
	Faint            []string
	Better           string // the nearest that is not, empty where there is none
}

// PickGroup are choices that belong together.
type PickGroup struct {
	Key   string
	Picks []Pick
}

// Pick is a choice.
type Pick struct {
	Name, Key, Value string
	Options          []ui.Option
	Image            ui.Image // of a file that is chosen
}

// Tried is how a design is drawn that is being made.
type Tried struct {
	CSS, Rules string
	Colours    []ColourGroup
	Refused    []string
}

// DesignVersions is what was published, and one of them beside the draft.
type DesignVersions struct {
	Rows           []VersionRow
	First, Next    string
	Number, Chosen string
	Shown          bool
	Problem        string
	Changes        []ui.Change
}

// slot is the element of what is said at a colour.
func (c Colour) slot() string { return "faint-" + strings.ReplaceAll(c.Name, ".", "-") }

func (v Theme) field(ctx context.Context, p Pick) ui.Field {
	return v.Form.Field(ctx, p.Name, p.Key, p.Value)
}

func (v Theme) badges(ctx context.Context) []ui.Badge {
	if v.Revision == "0" {
		return []ui.Badge{{Label: t(ctx, "cms.design_preset")}}
	}
	return []ui.Badge{stateBadge(ctx, v.State)}
}

func (v Theme) schemes(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, s := range []string{"auto", "light", "dark"} {
		out = append(out, ui.Option{Value: s, Label: t(ctx, "cms.design_scheme_"+s)})
	}
	return out
}

// at is the address of a page of the storefront.
func (v Theme) at(path string) string { return strings.TrimSuffix(v.Preview, "/") + path }

func yesNo(on bool) string { return strconv.FormatBool(on) }
