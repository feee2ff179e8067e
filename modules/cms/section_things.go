package cms

import (
	"cmp"
	"context"
	"net/url"
	"path"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// The kinds of sections that are made of pictures, times and places.

// gallery is pictures beside each other.
type gallery struct {
	Title i18n.Text        `json:"title,omitempty"`
	Items []cmsapi.Picture `json:"items,omitempty"`
}

func (s *gallery) Fields() []cmsapi.Field {
	return []cmsapi.Field{title(&s.Title), {Name: "pictures", Shape: cmsapi.Many, Items: cmsapi.ItemsOf(&s.Items, func(p *cmsapi.Picture) []cmsapi.Field {
		return []cmsapi.Field{{Name: "picture", Shape: cmsapi.Image, Picture: p}}
	})}}
}

func (s *gallery) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Pictures{ID: at.ID, Title: said(at, s.Title)}
	for _, p := range s.Items {
		if p.Image != "" {
			v.Items = append(v.Items, cmsui.Shown{Image: shownPicture(at, p, cmsui.ThirdSizes)})
		}
	}
	if len(v.Items) == 0 {
		return nil, nil
	}
	return v.Render, nil
}

// logos are those of brands, partners and labels.
type logos struct {
	Title i18n.Text `json:"title,omitempty"`
	Items []logo    `json:"items,omitempty"`
}

type logo struct {
	Name    string         `json:"name,omitempty"`
	Picture cmsapi.Picture `json:"picture,omitzero"`
	Href    string         `json:"href,omitempty"`
}

func (s *logos) Fields() []cmsapi.Field {
	return []cmsapi.Field{title(&s.Title), {Name: "logos", Shape: cmsapi.Many, Items: cmsapi.ItemsOf(&s.Items, func(l *logo) []cmsapi.Field {
		return []cmsapi.Field{
			{Name: "name", Shape: cmsapi.Plain, Most: 80, One: &l.Name},
			{Name: "picture", Shape: cmsapi.Image, Picture: &l.Picture},
			{Name: "href", Shape: cmsapi.Address, One: &l.Href},
		}
	})}}
}

func (s *logos) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Pictures{ID: at.ID, Title: said(at, s.Title), Logos: true}
	for _, l := range s.Items {
		if l.Name == "" && l.Picture.Image == "" {
			continue // nothing to be seen, and no link to be named
		}
		shown := cmsui.Shown{Name: l.Name, Href: l.Href}
		if l.Picture.Image != "" {
			shown.Image = shownPicture(at, l.Picture, cmsui.LogoSizes)
			if shown.Image.Alt == "" {
				shown.Image.Alt = cmp.Or(l.Name, siteOf(l.Href))
			}
		}
		v.Items = append(v.Items, shown)
	}
	if len(v.Items) == 0 {
		return nil, nil
	}
	return v.Render, nil
}

// siteOf names where a link leads that nobody named.
func siteOf(href string) string {
	u, err := url.Parse(href)
	if err != nil || u.Host == "" {
		return href
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// hours are when and where somebody finds the shop.
type hours struct {
	Title i18n.Text `json:"title,omitempty"`
	Days  [7]string `json:"days"` // Monday first; empty is shut
	Note  i18n.Text `json:"note,omitempty"`
	Map   string    `json:"map,omitempty"`
}

// dayNames are the ends of the names of the fields.
var dayNames = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// aMonday is any, to name the days by.
var aMonday = time.Date(2024, time.January, 1, 12, 0, 0, 0, time.UTC)

func (s *hours) Fields() []cmsapi.Field {
	out := []cmsapi.Field{title(&s.Title)}
	for i, name := range dayNames {
		out = append(out, cmsapi.Field{Name: name, Shape: cmsapi.Plain, Most: 60, One: &s.Days[i]})
	}
	return append(out, cmsapi.Field{Name: "note", Shape: cmsapi.Lines, Most: 500, Text: &s.Note}, cmsapi.Field{Name: "map", Shape: cmsapi.Address, One: &s.Map})
}

func (s *hours) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Hours{ID: at.ID, Title: said(at, s.Title), Note: said(at, s.Note), Name: at.Shop.Name, Address: at.Shop.Address, Map: s.Map}
	if v.Title == "" {
		v.Title = at.Words.T("cms.section_hours")
	}
	for i, open := range s.Days {
		v.Days = append(v.Days, cmsui.Day{Name: at.Words.Weekday(aMonday.AddDate(0, 0, i)), Open: open})
	}
	if v.Map == "" && len(v.Address) > 0 {
		v.Map = "https://www.openstreetmap.org/search?query=" + url.QueryEscape(strings.Join(append(v.Address[:len(v.Address):len(v.Address)], at.Shop.Country), ", "))
	}
	return v.Render, nil
}

// film is a video: a file of our own that nobody loads before they press play, or a
// link to another site, from which nothing is loaded at all.
type film struct {
	Title   i18n.Text      `json:"title,omitempty"`
	Text    i18n.Text      `json:"text,omitempty"`
	Href    string         `json:"href,omitempty"`
	Picture cmsapi.Picture `json:"picture,omitzero"`
}

func (s *film) Fields() []cmsapi.Field {
	return []cmsapi.Field{
		title(&s.Title),
		{Name: "text", Shape: cmsapi.Lines, Most: 500, Text: &s.Text},
		{Name: "href", Key: "cms.section_f_film", Shape: cmsapi.Address, Must: true, One: &s.Href},
		{Name: "picture", Shape: cmsapi.Image, Picture: &s.Picture},
	}
}

func (s *film) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	if s.Href == "" {
		return nil, nil
	}
	v := cmsui.Film{ID: at.ID, Title: said(at, s.Title), Text: said(at, s.Text), Href: s.Href, Image: shownPicture(at, s.Picture, cmsui.WideSizes)}
	if u, err := url.Parse(s.Href); err == nil {
		v.Site = strings.TrimPrefix(u.Hostname(), "www.")
		v.Own = u.Host == "" && (path.Ext(u.Path) == ".mp4" || path.Ext(u.Path) == ".webm")
	}
	return v.Render, nil
}

// countdown counts to a moment, and is gone behind it.
type countdown struct {
	Title  i18n.Text `json:"title,omitempty"`
	Text   i18n.Text `json:"text,omitempty"`
	Until  time.Time `json:"until,omitzero"`
	Button i18n.Text `json:"button,omitempty"`
	Href   string    `json:"href,omitempty"`
}

func (s *countdown) Fields() []cmsapi.Field {
	return append([]cmsapi.Field{
		title(&s.Title), {Name: "text", Shape: cmsapi.Lines, Most: 500, Text: &s.Text}, {Name: "until", Shape: cmsapi.Moment, Must: true, Time: &s.Until},
	}, button(&s.Button, &s.Href)...)
}

func (s *countdown) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	left := s.Until.Sub(at.Now)
	if left <= 0 {
		return nil, nil
	}
	local := at.Words.Zone(i18n.ZoneOf(at.Shop.Country))
	v := cmsui.Countdown{
		ID: at.ID, Title: said(at, s.Title), Text: said(at, s.Text), Moment: s.Until.UTC().Format(time.RFC3339), Until: local.DateTime(s.Until),
		Days: int(left.Hours()) / 24, Hours: int(left.Hours()) % 24, Minutes: int(left.Minutes()) % 60, Label: said(at, s.Button), Href: s.Href,
	}
	return v.Render, nil
}
