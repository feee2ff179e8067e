package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog"
	"orion/modules/tenancy"
)

var errNoStore = fault.New(fault.NotFound, "app.no_store")

// with opens the program for one command and closes it afterwards.
func (r *run) with(fn func(a *App) error) (err error) {
	a, err := Open(r, r.config, Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(r))) }()
	return fn(a)
}

// store finds a store by its code.
func (a *App) store(code string) (*web.Shop, tenant.Store, error) {
	shop := a.modules.tenancy.ShopByCode(code)
	if shop == nil {
		return nil, tenant.Store{}, errNoStore.With("code", code)
	}
	return shop, a.scope(shop), nil
}

type migrateCommand struct {
	Do string `arg:"" optional:"" enum:"status,plan,up" default:"status" help:"status, plan or up."`
}

// Run shows or applies the schema.
func (c migrateCommand) Run(r *run) error {
	p := Plan(r.config.DatabaseURL, nil)
	if c.Do == "up" {
		if err := r.config.Prepare(); err != nil {
			return err
		}
		if err := p.Up(r); err != nil {
			return err
		}
	}
	versions, err := p.Status(r)
	if err != nil {
		return err
	}
	return r.table(versions, "MODULE VERSION KNOWN PENDING", func(w io.Writer) {
		for _, v := range versions {
			if c.Do == "plan" && len(v.Pending) == 0 {
				continue
			}
			fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", v.Module, v.Current, v.Known, strings.Join(v.Pending, ", "))
		}
	})
}

type importCommand struct {
	Store  string `required:"" help:"Code of the store." placeholder:"CODE"`
	Format string `enum:"auto,orion,shopify" default:"auto" help:"auto, orion or shopify."`
	Lang   string `help:"Language of a file in one language; the store's own by default." placeholder:"LANG"`
	DryRun bool   `name:"dry-run" help:"Say what would happen and change nothing."`
	File   string `arg:"" type:"existingfile" help:"CSV file."`
}

// Run imports products. It ends with 3 when some were left out.
func (c importCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		shop, in, err := a.store(c.Store)
		if err != nil {
			return err
		}
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("open the file: %w", err)
		}
		defer func() { _ = file.Close() }()
		o := catalog.Options{Format: catalog.Format(c.Format), Lang: shop.Lang, Currency: shop.Currency, DryRun: c.DryRun}
		if l, ok := i18n.ParseLang(c.Lang); ok {
			o.Lang = l
		}
		if !r.json {
			o.Progress = func(p catalog.Report) { fmt.Fprintf(r.Stderr, "\r  %d rows, %d products", p.Lines, p.Products()) }
		}
		report, err := a.modules.catalog.Import(r, in, file, o)
		if err != nil {
			return err
		}
		if err := a.kit.Events.Flush(r, in); err != nil {
			return err
		}
		if err := r.report(a, report); err != nil {
			return err
		}
		if report.Failed > 0 {
			return errRows
		}
		return nil
	})
}

func (r *run) report(a *App, p catalog.Report) error {
	words := a.kit.Bundle.In(i18n.En)
	return r.table(p, "LINE PRODUCT FIELD REASON", func(w io.Writer) {
		for _, x := range p.Problems {
			reason := words.FaultField(fault.Field{Name: x.Field, Code: x.Code, Args: x.Args})
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", x.Line, x.Product, x.Field, reason)
		}
		for _, x := range p.Pictures {
			fmt.Fprintf(w, "%d\t%s\tpicture\tnot fetched: %s\n", x.Line, x.Product, x.URL)
		}
		fmt.Fprintf(w, "\n%d rows: %d products created, %d updated, %d unchanged, %d left out, %d pictures not fetched\n",
			p.Lines, p.Created, p.Updated, p.Unchanged, p.Failed, len(p.Pictures))
	})
}

type exportCommand struct {
	Store  string `required:"" help:"Code of the store." placeholder:"CODE"`
	Format string `enum:"orion,shopify" default:"orion" help:"orion or shopify."`
}

// Run writes the store's products to standard output.
func (c exportCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		shop, in, err := a.store(c.Store)
		if err != nil {
			return err
		}
		_, err = a.modules.catalog.Export(r, in, r.Stdout, catalog.ExportOptions{
			Format: catalog.Format(c.Format), Lang: shop.Lang, Origin: "http://" + a.modules.tenancy.Host(shop), Stock: a.modules.inventory.Available,
		})
		return err
	})
}

type userCommand struct {
	Create userCreateCommand `cmd:"" help:"Create a user."`
}

type userCreateCommand struct {
	Email    string `required:"" help:"E-mail address, with which they sign in."`
	Name     string `help:"Name; the address by default."`
	Role     string `enum:"super_admin,platform_admin,merchant_owner,store_member" default:"store_member" help:"super_admin, platform_admin, merchant_owner or store_member."`
	Store    string `help:"Code of the store that a store_member works in." placeholder:"CODE"`
	As       string `help:"Their preset role there: owner, manager, staff, support, viewer or marketing." default:"staff"`
	Password string `help:"Password; without it, it is read from standard input." env:"ORION_USER_PASSWORD"`
}

// Run creates a user.
func (c userCreateCommand) Run(r *run) error {
	if c.Password == "" {
		fmt.Fprint(r.Stderr, "Password: ")
		if _, err := fmt.Fscanln(r.Stdin, &c.Password); err != nil {
			return fmt.Errorf("read the password: %w", err)
		}
	}
	if c.Name == "" {
		c.Name = c.Email
	}
	return r.with(func(a *App) error {
		hash, err := tenancy.HashPassword(r, c.Password)
		if err != nil {
			return err
		}
		var id auth.UserID
		err = a.modules.tenancy.Change(r, auth.SystemActor, func(ctx context.Context, ch *tenancy.Change) error {
			var err error
			id, err = ch.CreateUser(ctx, tenancy.NewUser{Email: c.Email, Name: c.Name, Role: auth.Role(c.Role), Password: hash})
			if err != nil || c.Store == "" {
				return err
			}
			shop, _, err := a.store(c.Store)
			if err != nil {
				return err
			}
			return ch.Hire(ctx, shop.ID, id, c.As)
		})
		if err != nil {
			return err
		}
		row := map[string]string{"id": id.String(), "email": c.Email, "role": c.Role}
		return r.table(row, "USER EMAIL ROLE", func(w io.Writer) { fmt.Fprintf(w, "%s\t%s\t%s\n", id, c.Email, c.Role) })
	})
}

type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Create an API token and print it once."`
}

type tokenCreateCommand struct {
	Store  string   `required:"" help:"Code of the store." placeholder:"CODE"`
	Scopes []string `required:"" help:"Permission codes, such as orders.view,orders.ship; * is all."`
	Name   string   `help:"What the token is for." default:"command line"`
}

// Run creates a token.
func (c tokenCreateCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		shop, _, err := a.store(c.Store)
		if err != nil {
			return err
		}
		t, secret, err := a.kit.Tokens.Create(r, auth.Token{Name: c.Name, Audience: string(web.StorePages), Realm: int64(shop.ID), Scopes: c.Scopes})
		if err != nil {
			return err
		}
		row := map[string]any{"id": t.ID.String(), "token": secret, "store": shop.Code, "scopes": t.Scopes}
		return r.table(row, "TOKEN STORE SCOPES", func(w io.Writer) {
			fmt.Fprintf(w, "%s\t%s\t%s\n", secret, shop.Code, strings.Join(t.Scopes, ","))
		})
	})
}
