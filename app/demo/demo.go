// Package demo fills an empty database with shops that are worth looking at:
// through the same use cases that people go through, on a clock that starts
// three months ago, so that every figure adds up.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"orion/app/demo/content"
	"orion/app/demo/pictures"
	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms"
	"orion/modules/core"
	"orion/modules/customers"
	"orion/modules/inventory"
	"orion/modules/messaging"
	"orion/modules/orders"
	"orion/modules/payments"
	"orion/modules/reviews"
	"orion/modules/tenancy"
)

// Password opens every user and customer of the demo.
const Password = "orion-demo"

// Months is how long the demo's stores have been selling.
const Months = 3

// World is the program that the demo is filled into.
type World struct {
	DB        *db.DB
	Tenancy   *tenancy.Module
	Catalog   *catalog.Module
	Inventory *inventory.Module
	Payments  *payments.Module
	Orders    *orders.Module
	Events    *event.Bus
	Clock     *clock.Manual // stands three months ago at the beginning
	Scope     func(*web.Shop) tenant.Store
	Now       time.Time // where the clock ends
	Customers *customers.Module
	Core      *core.Module
	Reviews   *reviews.Module
	Messaging *messaging.Module
	Pages     *cms.Module
	Progress  func(done, total int, what string)
}

// filling is one run.
type filling struct {
	World
	demo     content.Demo
	pictures map[string]pictures.Picture
	rand     *rand.Rand
	hash     string
	by       auth.Actor
	// Made so far, by code.
	platforms map[string]tenant.PlatformID
	merchants map[string]tenant.MerchantID
	stores    map[string]*stock
	critics   critics
	letters   []letter
	topics    map[string]cms.CategoryID // of blogs, by store and address
	step      int
}

// stock is what a store has to sell.
type stock struct {
	content  content.Store
	shop     *web.Shop
	in       tenant.Store
	variants []catalogapi.VariantID
	methods  []orders.MethodID
}

const steps = 15

// Fill fills the database, which must be empty.
func Fill(ctx context.Context, w World) error {
	f, err := prepare(ctx, w)
	if err != nil {
		return err
	}
	for _, part := range []func(context.Context) error{f.directory, f.team, f.pages, f.goods, f.customers, f.sales, f.menus} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	w.Clock.Set(w.Now)
	return nil
}

func prepare(ctx context.Context, w World) (*filling, error) {
	demo, err := content.Load()
	if err != nil {
		return nil, fmt.Errorf("load the demo: %w", err)
	}
	drawn, err := pictures.Load()
	if err != nil {
		return nil, fmt.Errorf("load the pictures: %w", err)
	}
	hash, err := auth.Hash(ctx, Password)
	if err != nil {
		return nil, err
	}
	return &filling{
		World: w, demo: demo, pictures: drawn, hash: hash, by: auth.SystemActor,
		rand:      rand.New(rand.NewPCG(20, 26)), // the same demo every time
		platforms: map[string]tenant.PlatformID{}, merchants: map[string]tenant.MerchantID{}, stores: map[string]*stock{},
		critics: newCritics(),
	}, nil
}

func (f *filling) told(what string) {
	f.step++
	if f.Progress != nil {
		f.Progress(min(f.step, steps), steps, what)
	}
}

// FirstStore is the code of a store that only the demo has.
const FirstStore = "maison-kirchberg"

// Logins are lines that tell who can sign in where.
func Logins() []string {
	d, err := content.Load()
	if err != nil {
		return nil
	}
	seen := map[string]bool{}
	var out []string
	for _, s := range d.Staff {
		kind := s.Role + s.StoreRole
		if seen[kind] {
			continue
		}
		seen[kind] = true
		where := s.Store
		if where == "" {
			where = s.Merchant
		}
		if where == "" {
			where = s.Platform
		}
		out = append(out, fmt.Sprintf("%-16s %-34s %s %s", s.Role, s.Email, where, s.StoreRole))
	}
	return out
}
