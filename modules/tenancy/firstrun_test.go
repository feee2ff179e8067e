package tenancy_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/modules/tenancy"
)

func code(err error) string { return fault.As(err).Code }

// Only who has the token makes the first account, and only as long as there is
// none; the firm and the store follow, and then the owner comes in once.
func TestSetUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, m := t.Context(), newModule(e, tenancy.Needs{})
		u := tenancy.FirstUser{Name: "Jo", Email: "jo@example.com", Password: password, Lang: i18n.Fr}
		if err := m.Claim(ctx, u); code(err) != "tenancy.invalid" || fault.As(err).Fields[0].Name != "token" {
			t.Errorf("without a token: %v", err)
		}
		old := m.SetupToken()
		e.Clock.Advance(25 * time.Hour)
		u.Token = old
		if err := m.Claim(ctx, u); code(err) != "tenancy.invalid" {
			t.Errorf("with a token of yesterday: %v", err)
		}
		u.Token = m.SetupToken()
		must(t, m.Claim(ctx, u))
		u.Email = "other@example.com"
		if err := m.Claim(ctx, u); code(err) != "tenancy.setup_over" {
			t.Errorf("a second time: %v", err)
		}
		if _, err := m.SignInAdmin(ctx, tenancy.Credentials{Email: "jo@example.com", Password: password}); err != nil {
			t.Fatal(err)
		}

		users, err := m.Users(ctx, tenancy.UserFilter{})
		must(t, err)
		who := auth.User{ID: users.Items[0].ID, Lang: i18n.Fr}
		firm := tenancy.FirstFirm{Platform: "Nos boutiques", OwnerName: "Jo", OwnerEmail: "jo@example.com"}
		store := tenancy.NewStore{Currency: "EUR", Profile: tenancy.Profile{Name: "Éclair & Co", Lang: i18n.Fr, Country: "LU", Status: "open"}}
		if err := m.SetUpStore(ctx, who, store); code(err) != "tenancy.setup_over" {
			t.Errorf("a store before its firm: %v", err)
		}
		err = m.SetUpFirm(ctx, who, firm)
		var e1 *fault.Error
		if !errors.As(err, &e1) || e1.Fields[0].Name != "owner_email" {
			t.Errorf("an owner with the operator's address: %v", err)
		}
		if len(m.Platforms()) != 0 {
			t.Error("a refused step left something behind")
		}
		firm.OwnerEmail, firm.Merchant.Name = "jo+shop@example.com", "Weber"
		must(t, m.SetUpFirm(ctx, who, firm))
		must(t, m.SetUpStore(ctx, who, store))
		if err := m.SetUpStore(ctx, who, store); code(err) != "tenancy.setup_over" {
			t.Errorf("a second store: %v", err)
		}

		shop := m.ShopByCode("eclair-co")
		if shop == nil {
			t.Fatal("the store has no address")
		}
		if diff := cmp.Diff("jo+shop@example.com", shop.Email); diff != "" {
			t.Error(diff)
		}
		in := e.Gate.Store(shop.ID, shop.Merchant, shop.Platform)
		token, err := m.EnterToken(ctx, shop.ID)
		must(t, err)
		if _, err := m.Enter(ctx, in, token+"x", auth.From{}); code(err) != "tenancy.link_spent" {
			t.Errorf("a forged link: %v", err)
		}
		session, err := m.Enter(ctx, in, token, auth.From{})
		must(t, err)
		if _, _, ok := m.SignedStaff(ctx, in, session); !ok {
			t.Error("the owner is not signed in")
		}
		if _, err := m.Enter(ctx, in, token, auth.From{}); code(err) != "tenancy.link_spent" {
			t.Errorf("the link twice: %v", err)
		}
		if again, err := m.EnterToken(ctx, shop.ID); again != "" || err != nil {
			t.Errorf("another link for somebody who was in: %q, %v", again, err)
		}
	})
}
