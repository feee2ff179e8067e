package cms

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/rich"
	"orion/kit/ui"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// The kinds of sections that are made of words and pictures.

// The ways in which a picture stands beside a text.
const (
	atEnd   = "end"
	atStart = "start"
)

func sides(at *string) cmsapi.Field {
	return cmsapi.Field{Name: "side", Shape: cmsapi.Pick, One: at, Options: []string{atEnd, atStart}}
}

func title(t *i18n.Text) cmsapi.Field {
	return cmsapi.Field{Name: "title", Shape: cmsapi.Line, Text: t}
}

func button(label *i18n.Text, href *string) []cmsapi.Field {
	return []cmsapi.Field{{Name: "button", Shape: cmsapi.Line, Most: 60, Text: label}, {Name: "href", Shape: cmsapi.Address, One: href}}
}

// said is a text for readers, with what is filled in where it is read.
func said(at cmsapi.Spot, t i18n.Text) string { return t.In(at.Words.Lang()) }

func richly(at cmsapi.Spot, t i18n.Text) string { return rich.Fill(said(at, t), places(at.Shop)) }

// shownPicture is a picture as wide as sizes say.
func shownPicture(at cmsapi.Spot, p cmsapi.Picture, sizes string) ui.Image {
	img := ui.Stored(picture.Read(p.Image)).Image(at.Base, sizes)
	img.Alt, img.Eager, img.Focus = said(at, p.Alt), at.First, ui.Focus{X: p.Focus[0], Y: p.Focus[1]}
	if p.Alt.IsEmpty() {
		img.Alt = said(at, p.Said)
	}
	return img
}

// hero is the large beginning of a page. What is left empty is as the store's
// profile has it.
type hero struct {
	Title   i18n.Text      `json:"title,omitempty"`
	Text    i18n.Text      `json:"text,omitempty"`
	Picture cmsapi.Picture `json:"picture,omitzero"`
	Button  i18n.Text      `json:"button,omitempty"`
	Href    string         `json:"href,omitempty"`
	Side    string         `json:"side,omitempty"`
}

func (s *hero) Fields() []cmsapi.Field {
	return append([]cmsapi.Field{
		{Name: "title", Key: "cms.section_f_hero_title", Shape: cmsapi.Line, Text: &s.Title},
		{Name: "text", Shape: cmsapi.Lines, Most: 500, Text: &s.Text},
		{Name: "picture", Shape: cmsapi.Image, Picture: &s.Picture},
		sides(&s.Side),
	}, button(&s.Button, &s.Href)...)
}

func (s *hero) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Hero{ID: at.ID, First: at.First, Title: said(at, s.Title), Text: said(at, s.Text), Turned: s.Side == atStart, Label: said(at, s.Button), Href: s.Href}
	if v.Title == "" {
		v.Title = said(at, at.Shop.Title)
	}
	if v.Title == "" {
		v.Title = at.Shop.Name
	}
	if s.Title.IsEmpty() && v.Text == "" {
		v.Text = said(at, at.Shop.Text)
	}
	p := s.Picture
	if p.Image == "" {
		p.Image = at.Shop.Picture
	}
	v.Image = shownPicture(at, p, cmsui.HalfSizes)
	if v.Href == "" {
		v.Href = at.Shop.Browse
	}
	if v.Label == "" {
		v.Label = at.Words.T("cms.section_see_all")
	}
	return v.Render, nil
}

// prose is a text that people write.
type prose struct {
	Title i18n.Text `json:"title,omitempty"`
	Body  i18n.Text `json:"body,omitempty"`
}

func (s *prose) Fields() []cmsapi.Field {
	return []cmsapi.Field{title(&s.Title), {Name: "body", Shape: cmsapi.Rich, Must: true, Text: &s.Body}}
}

func (s *prose) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	return cmsui.Prose{ID: at.ID, Title: said(at, s.Title), Body: richly(at, s.Body)}.Render, nil
}

// beside is a picture with a text beside it.
type beside struct {
	Title   i18n.Text      `json:"title,omitempty"`
	Body    i18n.Text      `json:"body,omitempty"`
	Picture cmsapi.Picture `json:"picture,omitzero"`
	Side    string         `json:"side,omitempty"`
	Button  i18n.Text      `json:"button,omitempty"`
	Href    string         `json:"href,omitempty"`
}

func (s *beside) Fields() []cmsapi.Field {
	return append([]cmsapi.Field{
		title(&s.Title), {Name: "body", Shape: cmsapi.Rich, Must: true, Text: &s.Body}, {Name: "picture", Shape: cmsapi.Image, Picture: &s.Picture}, sides(&s.Side),
	}, button(&s.Button, &s.Href)...)
}

func (s *beside) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Beside{
		ID: at.ID, Title: said(at, s.Title), Body: richly(at, s.Body), Image: shownPicture(at, s.Picture, cmsui.HalfSizes), Turned: s.Side == atStart,
		Label: said(at, s.Button), Href: s.Href,
	}
	return v.Render, nil
}

// questions are what people ask, with the answers.
type questions struct {
	Title i18n.Text  `json:"title,omitempty"`
	Items []question `json:"items,omitempty"`
}

type question struct {
	Question i18n.Text `json:"question,omitempty"`
	Answer   i18n.Text `json:"answer,omitempty"`
}

func (s *questions) Fields() []cmsapi.Field {
	return []cmsapi.Field{title(&s.Title), {Name: "questions", Shape: cmsapi.Many, Items: cmsapi.ItemsOf(&s.Items, func(q *question) []cmsapi.Field {
		return []cmsapi.Field{{Name: "question", Shape: cmsapi.Line, Text: &q.Question}, {Name: "answer", Shape: cmsapi.Rich, Most: mostLines, Text: &q.Answer}}
	})}}
}

func (s *questions) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Questions{ID: at.ID, Title: said(at, s.Title)}
	for _, q := range s.Items {
		v.Items = append(v.Items, cmsui.Question{Question: said(at, q.Question), Answer: richly(at, q.Answer)})
	}
	if len(v.Items) == 0 {
		return nil, nil
	}
	return v.Render, nil
}

// quotes are what customers say.
type quotes struct {
	Title i18n.Text `json:"title,omitempty"`
	Items []quote   `json:"items,omitempty"`
}

type quote struct {
	Quote i18n.Text `json:"quote,omitempty"`
	By    string    `json:"by,omitempty"`
	From  i18n.Text `json:"from,omitempty"`
}

func (s *quotes) Fields() []cmsapi.Field {
	return []cmsapi.Field{title(&s.Title), {Name: "quotes", Shape: cmsapi.Many, Items: cmsapi.ItemsOf(&s.Items, func(q *quote) []cmsapi.Field {
		return []cmsapi.Field{
			{Name: "quote", Shape: cmsapi.Lines, Most: 600, Text: &q.Quote},
			{Name: "by", Shape: cmsapi.Plain, Most: 80, One: &q.By},
			{Name: "from", Shape: cmsapi.Line, Most: 80, Text: &q.From},
		}
	})}}
}

func (s *quotes) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	v := cmsui.Quotes{ID: at.ID, Title: said(at, s.Title)}
	for _, q := range s.Items {
		v.Items = append(v.Items, cmsui.Quote{Quote: said(at, q.Quote), By: q.By, From: said(at, q.From)})
	}
	if len(v.Items) == 0 {
		return nil, nil
	}
	return v.Render, nil
}
