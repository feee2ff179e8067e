package customers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
)

// Export is all that the store keeps about a customer, as JSON, with what
// other modules know.
func (m *Module) Export(ctx context.Context, in tenant.Store, id auth.CustomerID) ([]byte, error) {
	card, err := m.Card(ctx, in, id)
	if err != nil {
		return nil, err
	}
	addresses := card.Addresses
	if addresses == nil {
		addresses = []Saved{}
	}
	out := map[string]any{
		"customer": exported{
			Number: card.Label(), Email: card.Email, Name: card.Name, Phone: card.Phone, Language: string(card.Lang),
			Consent: card.Consent, ConsentAt: card.ConsentAt, Registered: card.Registered, Created: card.Created,
		},
		"addresses": addresses,
	}
	seen := customersapi.Viewed{In: in, Customer: id}
	for _, part := range collect(ctx, m, customersapi.Export, seen) {
		out[part.Name] = part.Data
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write a customer's data: %w", err)
	}
	return text, nil
}

type exported struct {
	Number     string    `json:"number"`
	Email      string    `json:"email"`
	Name       string    `json:"name"`
	Phone      string    `json:"phone"`
	Language   string    `json:"language"`
	Consent    bool      `json:"marketing_consent"`
	ConsentAt  time.Time `json:"marketing_consent_at,omitzero"`
	Registered time.Time `json:"registered_at,omitzero"`
	Created    time.Time `json:"created_at"`
}
