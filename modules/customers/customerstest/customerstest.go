// Package customerstest has customers in memory, for the tests of modules that
// sell to them.
package customerstest

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
)

type tx = *db.Tx[tenant.Store]

// Totals is what a customer bought.
type Totals struct {
	Orders int64
	Minor  int64
}

// Customers are customers in memory. What a rolled-back transaction did to them
// stays. The zero value knows nobody; it is safe for concurrent use.
type Customers struct {
	mu        sync.Mutex
	next      int64
	profiles  map[auth.CustomerID]customersapi.Profile
	byEmail   map[string]auth.CustomerID
	addresses map[auth.CustomerID][]customersapi.Address
	totals    map[auth.CustomerID]Totals
}

var _ customersapi.Customers = (*Customers)(nil)

func (c *Customers) init() {
	if c.profiles == nil {
		c.profiles = map[auth.CustomerID]customersapi.Profile{}
		c.byEmail = map[string]auth.CustomerID{}
		c.addresses = map[auth.CustomerID][]customersapi.Address{}
		c.totals = map[auth.CustomerID]Totals{}
	}
}

// Add makes a customer; an empty identifier or number is filled in.
func (c *Customers) Add(p customersapi.Profile, addresses ...customersapi.Address) auth.CustomerID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.add(p, addresses)
}

func (c *Customers) add(p customersapi.Profile, addresses []customersapi.Address) auth.CustomerID {
	c.init()
	c.next++
	if p.ID.IsZero() {
		p.ID = auth.CustomerID(1000 + c.next)
	}
	if p.Number == "" {
		p.Number = fmt.Sprint("C", 1000+c.next)
	}
	c.profiles[p.ID], c.byEmail[strings.ToLower(p.Email)], c.addresses[p.ID] = p, p.ID, addresses
	return p.ID
}

// Totals is what a customer bought so far.
func (c *Customers) Totals(id auth.CustomerID) Totals {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.totals[id]
}

// Profile implements customersapi.Customers.
func (c *Customers) Profile(_ context.Context, _ tx, id auth.CustomerID) (customersapi.Profile, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.profiles[id]
	if !ok {
		return p, db.ErrNoRow
	}
	return p, nil
}

// Ensure implements customersapi.Customers.
func (c *Customers) Ensure(_ context.Context, _ tx, g customersapi.Guest) (auth.CustomerID, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if id, ok := c.byEmail[strings.ToLower(strings.TrimSpace(g.Email))]; ok {
		return id, nil
	}
	return c.add(customersapi.Profile{Email: g.Email, Name: g.Name, Lang: g.Lang, Guest: true}, nil), nil
}

// Addresses implements customersapi.Customers.
func (c *Customers) Addresses(_ context.Context, _ tx, id auth.CustomerID) ([]customersapi.Address, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.addresses[id], nil
}

// Bought implements customersapi.Customers.
func (c *Customers) Bought(_ context.Context, _ tx, id auth.CustomerID, minor int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.init()
	t := c.totals[id]
	t.Minor += minor
	if minor > 0 {
		t.Orders++
	}
	c.totals[id] = t
	return nil
}
