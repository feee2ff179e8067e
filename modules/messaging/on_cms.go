package messaging

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/ui"
	"orion/modules/cms/cmsapi"
	"orion/modules/messaging/messagingapi"
	"orion/modules/messaging/messagingui"
)

// section is the kind of section that asks for an address for the newsletter.
func (m *Module) section() slot.Filling {
	k := cmsapi.Kind{Module: messagingapi.Code, Code: "newsletter", Icon: "mail", New: func() cmsapi.Section { return &invitation{m: m} }}
	return cmsapi.Sections.Fill(messagingapi.Code, 40, func(context.Context, struct{}) (cmsapi.Kind, error) { return k, nil })
}

// invitation is that section. What somebody agrees to stands in it as everywhere.
type invitation struct {
	m     *Module
	Title i18n.Text `json:"title,omitempty"`
}

// Fields implements cmsapi.Section.
func (s *invitation) Fields() []cmsapi.Field {
	return []cmsapi.Field{{Name: "title", Shape: cmsapi.Line, Text: &s.Title}}
}

// Draw implements cmsapi.Section. A store without a newsletter asks for nothing.
func (s *invitation) Draw(_ context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	if !s.m.Newsletter(at.In) {
		return nil, nil
	}
	l := at.Words.Lang()
	form := ui.Signup{
		ID: at.ID, From: "section", Action: "/newsletter", Ticket: s.m.NewTicket(at.In), Title: s.Title.In(l), Text: s.m.Wording(l, at.Shop.Name),
		Label: at.Words.T("messaging.subscribe"),
	}
	if form.Title == "" {
		form.Title = at.Words.T("messaging.newsletter")
	}
	return messagingui.Invitation{ID: at.ID, Form: form}.Render, nil
}
