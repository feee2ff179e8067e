package tenancy

import (
	"net"
	"net/url"
	"strings"

	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/tenancy/tenancyui"
)

// readText reads a text in all languages.
func readText(f *form.Form, name string, limit int) i18n.Text {
	out := i18n.Text{}
	for _, l := range i18n.Langs {
		if s := f.Long(name+"."+string(l), limit); s != "" {
			out[l] = s
		}
	}
	return out
}

func readLines(f *form.Form, name string) []string {
	out := []string{}
	for line := range strings.Lines(f.Long(name, maxShort)) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func readLangs(f *form.Form, name string) []i18n.Lang {
	out := []i18n.Lang{}
	for _, l := range i18n.Langs {
		for _, v := range f.All(name) {
			if v == string(l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// readProfile reads the form of a store; pictures stay as they are.
func readProfile(f *form.Form, before Profile) Profile {
	p := Profile{
		Name: f.Text("name"), Lang: i18n.Lang(f.Raw("lang")), Langs: readLangs(f, "langs"), StaffLang: i18n.Lang(f.Raw("staff_lang")),
		Country: f.Text("country"), Email: f.Email("email"), Phone: f.Text("phone"), Address: readLines(f, "address"),
		Theme: before.Theme, Status: f.Raw("status"), Logo: before.Logo, HeroImage: before.HeroImage,
	}
	for _, preset := range ui.Presets {
		if preset.Code == f.Raw("theme") {
			p.Theme = preset.Code
		}
	}
	p.Texts = Texts{
		Tagline: readText(f, "tagline", maxShort), Hero: readText(f, "hero", maxShort), HeroText: readText(f, "hero_text", maxLong),
		About: readText(f, "about", maxLong), Announcement: readText(f, "announcement", maxShort),
	}
	return p
}

func showProfile(p Profile) tenancyui.StoreValues {
	v := tenancyui.StoreValues{
		Name: p.Name, Lang: string(p.Lang), StaffLang: string(p.StaffLang), Country: p.Country, Email: p.Email, Phone: p.Phone,
		Address: strings.Join(p.Address, "\n"), Theme: ui.Preset(p.Theme).Code, Status: p.Status,
		Texts: []tenancyui.TextValue{
			{Name: "announcement", Word: "announcement", Text: p.Texts.Announcement},
			{Name: "tagline", Word: "tagline", Text: p.Texts.Tagline},
			{Name: "hero", Word: "hero", Text: p.Texts.Hero},
			{Name: "hero_text", Word: "lead", Text: p.Texts.HeroText, Long: true},
			{Name: "about", Word: "about", Text: p.Texts.About, Long: true},
		},
	}
	if v.StaffLang == "" {
		v.StaffLang = v.Lang
	}
	for _, l := range p.Langs {
		v.Langs = append(v.Langs, string(l))
	}
	return v
}

// readPlatforms reads a group of checkboxes of platforms.
func readPlatforms(f *form.Form, name string) (out []tenant.PlatformID) {
	for _, s := range f.All(name) {
		var p tenant.PlatformID
		if p.UnmarshalText([]byte(s)) == nil && !p.IsZero() {
			out = append(out, p)
		}
	}
	return out
}

// shopAddress is the absolute address of a shop's storefront, reached as the
// reader reaches this program: by name, or by path where hosts have no names.
func shopAddress[A web.Audience](m *Module, c *web.Ctx[A], s *web.Shop) string {
	return m.baseAddress(c.Origin(), s, "storefront", "/")
}

// staffAddress is the absolute address of a shop's staff pages.
func staffAddress[A web.Audience](m *Module, c *web.Ctx[A], s *web.Shop) string {
	return m.baseAddress(c.Origin(), s, "store", "/store/")
}

func (m *Module) baseAddress(origin string, s *web.Shop, kind, path string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return path
	}
	if net.ParseIP(bareHost(u.Host)) != nil {
		u.Path = "/platforms/" + s.PlatformCode + "/" + kind + "/" + s.Code + "/"
		return u.String()
	}
	port := u.Port()
	u.Host, u.Path = m.Host(s), path
	if port != "" {
		u.Host += ":" + port
	}
	return u.String()
}
