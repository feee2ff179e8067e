package customers

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/cell"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
)

// Export is all that the store keeps about a customer, as JSON, with what
// other modules know.
func (m *Module) Export(ctx context.Context, in tenant.Store, id auth.CustomerID) ([]byte, error) {
	card, err := m.Desk(ctx, in, id)
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
			Consent: card.Consent, ConsentAt: card.ConsentAt, Registered: card.Registered, Created: card.Created, Tags: card.Customer.Tags,
		},
		"addresses": addresses,
		"notes":     append([]Note{}, card.Notes...),
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
	Tags       []string  `json:"tags,omitempty"`
}

const fileBatch = 100

// WriteCustomers writes those whom a filter chooses as CSV, the newest first.
func (m *Module) WriteCustomers(ctx context.Context, in tenant.Store, f Filter, c money.Currency, w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{
		"number", "email", "name", "phone", "language", "status", "marketing_consent", "consent_at",
		"orders", "spent", "returned", "currency", "last_order_at", "tags", "created_at",
	}); err != nil {
		return fmt.Errorf("write customers: %w", err)
	}
	p := page.Request{Limit: fileBatch}
	for {
		found, err := m.Customers(ctx, in, f, p)
		if err != nil {
			return err
		}
		for _, who := range found.Items {
			if err := out.Write(who.line(c)); err != nil {
				return fmt.Errorf("write customers: %w", err)
			}
		}
		if p.After = found.Next; p.After == "" {
			out.Flush()
			return out.Error()
		}
	}
}

func (c Customer) line(cur money.Currency) []string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	return []string{
		c.Label(), cell.Escape(c.Email), cell.Escape(c.Name), cell.Escape(c.Phone), string(c.Lang), string(c.Status), strconv.FormatBool(c.Consent), at(c.ConsentAt),
		strconv.FormatInt(c.Orders, 10), money.New(c.Spent, cur).Decimal(), money.New(c.Returned, cur).Decimal(), string(cur),
		at(c.LastOrder), cell.Escape(strings.Join(c.Tags, ", ")), at(c.Created),
	}
}
