package tenancy

import (
	"net/http"
	"net/url"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/tenancy/tenancyui"
)

// setupPath is where a first run happens, inside the operator's pages.
const setupPath = "/setup"

func (m *Module) setupRoutes(mux *web.Mux[web.Admin]) {
	mux.Get(setupPath, web.Public, m.setupPage)
	mux.Post(setupPath+"/account", signInAccess, m.setupAccount)
	mux.Post(setupPath+"/firm", web.Need(PermManagePlatforms), m.setupFirm)
	mux.Post(setupPath+"/store", web.Need(PermManagePlatforms), m.setupStore)
}

// setupPage shows the step that comes next.
func (m *Module) setupPage(c *web.Ctx[web.Admin]) error {
	if c.As.User.ID.IsZero() {
		known, err := m.HasUsers(c.Context())
		switch {
		case err != nil:
			return err
		case known:
			return c.Redirect("/login?next=" + url.QueryEscape(c.URL(setupPath)))
		}
		return m.showAccount(c, http.StatusOK, ui.Form{})
	}
	if !c.As.Grants.Has(PermManagePlatforms) {
		return errUnknown
	}
	switch p := m.progress(); p.stage {
	case stageFirm:
		return m.showFirm(c, http.StatusOK, ui.Form{})
	case stageStore:
		return m.showStore(c, http.StatusOK, ui.Form{})
	default:
		token, err := m.EnterToken(c.Context(), p.store)
		if err != nil {
			return err
		}
		shop := m.FirstShop(p.store)
		v := tenancyui.SetupOpen{Store: shop.Name, Shop: shopAddress(m, c, shop), Staff: staffAddress(m, c, shop)}
		if v.Enter = v.Staff; token != "" {
			v.Enter = strings.TrimSuffix(v.Staff, "/") + "/enter?token=" + url.QueryEscape(token)
		}
		return c.Page(setupHead(c), tenancyui.SetupOpenPage(v))
	}
}

func setupHead(c *web.Ctx[web.Admin]) web.Head {
	return web.Head{Title: c.Words.T("tenancy.setup_title"), Active: setupPath, NoIndex: true}
}

func (m *Module) showAccount(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	v := tenancyui.SetupAccount{State: state, Token: c.Query("token"), Lang: string(c.Words.Lang())}
	if v.Known = m.setupToken(v.Token) == nil; !v.Known {
		v.Token = ""
	}
	return c.PageStatus(status, web.Head{
		Title: c.Words.T("tenancy.setup_account"), Description: c.Words.T("tenancy.setup_account_text"), NoIndex: true,
	}, tenancyui.SetupAccountPage(v))
}

func (m *Module) setupAccount(c *web.Ctx[web.Admin]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	u := FirstUser{Token: f.Raw("token"), Name: f.Text("name"), Email: f.Text("email"), Password: f.Raw("password"), Lang: c.Words.Lang()}
	if l, ok := i18n.ParseLang(f.Raw("lang")); ok {
		u.Lang = l
	}
	if err := m.Claim(c.Context(), u); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.showAccount(c, http.StatusUnprocessableEntity, state)
	}
	token, err := m.SignInAdmin(c.Context(), Credentials{Email: u.Email, Password: u.Password})
	if err != nil {
		return err
	}
	c.SignIn(token, m.sessions.Age())
	return c.Redirect(setupPath)
}

func (m *Module) showFirm(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	v := tenancyui.SetupFirm{
		State: state, New: m.progress().platform.IsZero(), Platform: c.Words.T("tenancy.setup_platform_name"),
		Country: "LU", OwnerName: c.As.User.Name, OwnerEmail: tagged(c.As.User.Email, "shop"),
	}
	return c.PageStatus(status, setupHead(c), tenancyui.SetupFirmPage(v))
}

// tagged is another address of the same mailbox: jo+shop@example.com.
func tagged(email, tag string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 0 {
		return email
	}
	return email[:at] + "+" + tag + email[at:]
}

func (m *Module) setupFirm(c *web.Ctx[web.Admin]) error {
	return m.setupStep(c, m.showFirm, func(f *form.Form) error {
		return m.SetUpFirm(c.Context(), c.As.User, FirstFirm{
			Platform:  f.Text("platform"),
			Merchant:  MerchantEdit{Name: f.Text("name"), Country: f.Text("country"), VATNumber: f.Text("vat_number"), Email: f.Email("owner_email")},
			OwnerName: f.Text("owner_name"), OwnerEmail: f.Text("owner_email"),
		})
	})
}

func (m *Module) showStore(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	d, p := m.directory.Load(), m.progress()
	v := tenancyui.SetupStore{
		State: state, Name: d.merchants[p.merchant], Lang: string(c.Words.Lang()), Langs: []string{"fr", "de", "en", "lb"},
		Currency: "EUR", Country: "LU", Domain: m.base, Theme: ui.Presets[0].Code,
	}
	return c.PageStatus(status, setupHead(c), tenancyui.SetupStorePage(v))
}

func (m *Module) setupStore(c *web.Ctx[web.Admin]) error {
	return m.setupStep(c, m.showStore, func(f *form.Form) error {
		lang := i18n.Lang(f.Raw("lang"))
		return m.SetUpStore(c.Context(), c.As.User, NewStore{
			Code: f.Text("code"), Currency: money.Currency(f.Text("currency")), Profile: Profile{
				Name: f.Text("name"), Lang: lang, StaffLang: lang, Langs: readLangs(f, "langs"), Country: f.Text("country"),
				Theme: ui.Preset(f.Raw("theme")).Code, Status: "open",
			},
		})
	})
}

// setupStep takes a step and goes on, or shows it again with what was wrong.
func (m *Module) setupStep(c *web.Ctx[web.Admin], show func(*web.Ctx[web.Admin], int, ui.Form) error, take func(*form.Form) error) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err = f.Fault("tenancy.invalid"); err == nil {
		err = take(f)
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return show(c, http.StatusUnprocessableEntity, state)
	}
	return c.Redirect(setupPath)
}
