package paytest

import "slices"

// Setup is a SetupIntent: a method that is to be saved without a payment.
type Setup struct {
	ID           string            `json:"id"`
	Object       string            `json:"object"`
	CancelReason *string           `json:"cancellation_reason"`
	ClientSecret string            `json:"client_secret"`
	Created      int64             `json:"created"`
	Customer     *string           `json:"customer"`
	LastError    *Problem          `json:"last_setup_error"`
	Live         bool              `json:"livemode"`
	Metadata     map[string]string `json:"metadata"`
	NextAction   *nextAction       `json:"next_action"`
	Method       *string           `json:"payment_method"`
	MethodTypes  []string          `json:"payment_method_types"`
	Status       string            `json:"status"`
	Usage        string            `json:"usage"`

	back string // address to which a challenged payer comes back
}

func (s *Stripe) createSetup(c call) (any, *Problem) {
	if bad := c.p.only("customer", "metadata[*]", "payment_method_types[*]", "usage", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i := &Setup{
		ID: s.newID("seti"), Object: "setup_intent", Created: s.now(), Customer: c.p.text("customer"), Metadata: c.p.metadata(),
		MethodTypes: []string{"card"}, Status: needsMethod, Usage: "off_session",
	}
	if i.Customer != nil && !slices.Contains(c.a.customerIDs(), *i.Customer) {
		return nil, missing("customer", *i.Customer)
	}
	if u := c.p.get("usage"); u != "" {
		i.Usage = u
	}
	i.ClientSecret = i.ID + "_secret_" + s.newID("k")
	c.a.setups = append(c.a.setups, i)
	s.tell(c.a, "setup_intent.created", *i)
	return *i, nil
}

func (a *account) setup(id string) (*Setup, *Problem) {
	for _, i := range a.setups {
		if i.ID == id {
			return i, nil
		}
	}
	return nil, missing("setup_intent", id)
}

// reachableSetup is the setup of a call; browsers need its client secret.
func (c call) reachableSetup() (*Setup, *Problem) {
	i, bad := c.a.setup(c.id)
	if bad == nil && c.public && c.p.get("client_secret") != i.ClientSecret {
		return nil, missing("setup_intent", c.id)
	}
	return i, bad
}

func (s *Stripe) retrieveSetup(c call) (any, *Problem) {
	i, bad := c.reachableSetup()
	if bad != nil {
		return nil, bad
	}
	if m, ok := c.a.expanded(c, i.Method); ok {
		return struct {
			Setup
			Full Method `json:"payment_method"`
		}{*i, m}, nil
	}
	return *i, nil
}

func (s *Stripe) listSetups(c call) (any, *Problem) {
	if bad := c.p.only("customer", "created[gte]", "created[lte]", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	who := c.p.get("customer")
	of := those(c.a.setups, func(i *Setup) bool { return who == "" || i.Customer != nil && *i.Customer == who })
	return some(c, "/v1/setup_intents", of, func(i Setup) (string, int64) { return i.ID, i.Created })
}

func (s *Stripe) confirmSetup(c call) (any, *Problem) {
	if bad := c.p.only("payment_method", "return_url", "client_secret", "use_stripe_sdk", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.reachableSetup()
	if bad != nil {
		return nil, bad
	}
	switch i.Status {
	case needsMethod, needsConfirm, needsAction:
	default:
		return nil, refused("setup_intent_unexpected_state", "This SetupIntent could not be confirmed: it has a status of "+i.Status+".")
	}
	m, bad := s.usable(c.a, c.p.get("payment_method"), i.Customer)
	if bad != nil {
		return nil, bad
	}
	i.Method, i.LastError, i.back = &m.ID, nil, c.backTo()
	if m.card.challenge {
		i.Status, i.NextAction = needsAction, s.asks(c, i.ID, i.ClientSecret)
		s.tell(c.a, "setup_intent.requires_action", *i)
		return *i, nil
	}
	if bad := s.save(c.a, i, m); bad != nil {
		return nil, bad
	}
	return *i, nil
}

// save lets a card's bank decide whether it is saved.
func (s *Stripe) save(a *account, i *Setup, m *Method) *Problem {
	i.NextAction = nil
	if bad := m.card.saves(); bad != nil {
		return s.failSetup(a, i, bad)
	}
	i.Status = succeeded
	if i.Customer != nil {
		s.attach(a, m, *i.Customer)
	}
	s.tell(a, "setup_intent.succeeded", *i)
	return nil
}

func (s *Stripe) failSetup(a *account, i *Setup, p *Problem) *Problem {
	kept := *p
	i.Status, i.NextAction, i.Method, i.LastError = needsMethod, nil, nil, &kept
	s.tell(a, "setup_intent.setup_failed", *i)
	return p
}

// authenticateSetup goes on with a challenged setup and tells whether the card was saved.
func (s *Stripe) authenticateSetup(a *account, i *Setup, approved bool) bool {
	if !approved {
		s.failSetup(a, i, notYou("setup_intent_authentication_failure"))
		return false
	}
	return s.save(a, i, a.methods[*i.Method]) == nil
}

func (s *Stripe) cancelSetup(c call) (any, *Problem) {
	if bad := c.p.only("cancellation_reason", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.a.setup(c.id)
	if bad != nil {
		return nil, bad
	}
	if i.Status == succeeded || i.Status == canceled {
		return nil, refused("setup_intent_unexpected_state", "This SetupIntent could not be canceled: it has a status of "+i.Status+".")
	}
	i.Status, i.NextAction, i.CancelReason = canceled, nil, c.p.text("cancellation_reason")
	s.tell(c.a, "setup_intent.canceled", *i)
	return *i, nil
}

// Setups are an account's setups, the oldest first.
func (s *Stripe) Setups(secret string) []Setup {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Setup
	for _, i := range s.of(secret).setups {
		out = append(out, *i)
	}
	return out
}
