package ordersui

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// HTML is the mail for programs that show pages.
func (v Mail) HTML(ctx context.Context) (string, error) {
	var out bytes.Buffer
	if err := MailPage(v).Render(ctx, &out); err != nil {
		return "", fmt.Errorf("draw mail: %w", err)
	}
	return out.String(), nil
}

// Text is the mail for programs that show text.
func (v Mail) Text() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\n%s\n", v.Title, v.Intro)
	for _, p := range v.Extra {
		fmt.Fprintf(&out, "\n%s\n", p)
	}
	if v.Link != "" {
		fmt.Fprintf(&out, "\n%s:\n%s\n", v.Label, v.Link)
	}
	if len(v.Lines) > 0 {
		out.WriteByte('\n')
	}
	for _, l := range v.Lines {
		fmt.Fprintf(&out, "%s × %s", l.Quantity, l.Title)
		if l.Options != "" {
			fmt.Fprintf(&out, " (%s)", l.Options)
		}
		fmt.Fprintf(&out, ": %s\n", l.Total)
	}
	for _, s := range v.Sums {
		fmt.Fprintf(&out, "%s: %s\n", s.Label, s.Amount)
	}
	if len(v.Address) > 0 {
		out.WriteByte('\n')
	}
	for _, l := range v.Address {
		if l = strings.TrimSpace(l); l != "" {
			fmt.Fprintln(&out, l)
		}
	}
	fmt.Fprintf(&out, "\n%s\n%s\n", v.Foot, v.Shop)
	return out.String()
}
