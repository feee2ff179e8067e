package tenancy

import (
	"context"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// The links of a first run: one shows that whoever opens it reads what the
// program prints, the other leads the operator into the first store.
const (
	setupPurpose = "tenancy.setup"
	setupAge     = 24 * time.Hour
	enterPurpose = "tenancy.enter"
	enterAge     = 30 * time.Minute
)

var (
	errSetUp      = fault.New(fault.Rule, "tenancy.setup_over")
	errSetupToken = errInvalid.Field("token", "tenancy.setup_bad_token")
)

// SetupToken is what opens the first run for a day, as long as nobody can sign
// in. Every node makes and takes the same kind.
func (m *Module) SetupToken() string { return m.sign.Sign(setupPurpose, 0, 1, setupAge) }

func (m *Module) setupToken(token string) error {
	if _, err := m.sign.Open(setupPurpose, 0, token); err != nil {
		return errSetupToken
	}
	return nil
}

// FirstUser is who sets a new program up.
type FirstUser struct {
	Token    string
	Name     string
	Email    string
	Password string
	Lang     i18n.Lang
}

// Claim makes the first administrator. It is refused without a token of this
// program, and as soon as there is anybody.
func (m *Module) Claim(ctx context.Context, u FirstUser) error {
	if err := m.setupToken(u.Token); err != nil {
		return err
	}
	hash, err := HashPassword(ctx, u.Password)
	if err != nil {
		return err
	}
	return m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *Change) error {
		if err := touchDirectory(ctx, c.tx); err != nil { // of two at once, one waits here
			return err
		}
		if known, err := hasUsers(ctx, c.tx); err != nil || known {
			return orElse(err, errSetUp)
		}
		_, err := c.CreateUser(ctx, NewUser{Email: u.Email, Name: u.Name, Role: auth.SuperAdmin, Lang: u.Lang, Password: hash})
		return err
	})
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// FirstFirm is what the second step of a first run asks for.
type FirstFirm struct {
	Platform   string // its name; not asked when there is one
	Merchant   MerchantEdit
	OwnerName  string
	OwnerEmail string
}

// SetUpFirm makes the platform of the base domain and its first merchant. The
// owner's account has the password of who sets up, and a role of its own,
// because operators do not work in stores.
func (m *Module) SetUpFirm(ctx context.Context, who auth.User, f FirstFirm) error {
	return m.Change(ctx, auth.UserActor(who), func(ctx context.Context, c *Change) error {
		at := m.progress()
		if at.stage != stageFirm {
			return errSetUp
		}
		me, err := oneUser(ctx, c.tx, who.ID)
		if err != nil {
			return err
		}
		platform := at.platform
		if platform.IsZero() {
			if platform, err = c.CreatePlatform(ctx, NewPlatform{Code: mainPlatform, Name: f.Platform, Lang: me.Lang}); err != nil {
				return renamed(err, map[string]string{"name": "platform"})
			}
		}
		n := NewMerchant{MerchantEdit: f.Merchant, SignedWith: platform}
		if n.Owner, err = c.CreateUser(ctx, NewUser{
			Email: f.OwnerEmail, Name: f.OwnerName, Role: auth.MerchantOwner, Lang: me.Lang, Password: PasswordHash(me.password),
		}); err != nil {
			return renamed(err, map[string]string{"name": "owner_name", "email": "owner_email"})
		}
		_, err = c.CreateMerchant(ctx, n)
		return err
	})
}

// SetUpStore opens the first store of the first merchant. Without a code it is
// found below its name.
func (m *Module) SetUpStore(ctx context.Context, who auth.User, n NewStore) error {
	at := m.progress()
	if at.stage != stageStore {
		return errSetUp
	}
	n.Merchant, n.Platforms = at.merchant, []tenant.PlatformID{at.platform}
	if n.Code == "" {
		n.Code = codeOf(n.Name)
	}
	return m.Change(ctx, auth.UserActor(who), func(ctx context.Context, c *Change) error {
		merchant, err := oneMerchant(ctx, c.tx, Everywhere, n.Merchant)
		if err != nil {
			return err
		}
		n.Email = orText(n.Email, merchant.OwnerEmail)
		_, err = c.CreateStore(ctx, Everywhere, n)
		return err
	})
}

// renamed gives the fields of a fault the names that they have in a form.
func renamed(err error, names map[string]string) error {
	e := fault.As(err)
	if e.Kind != fault.Invalid {
		return err
	}
	out := errInvalid
	for _, f := range e.Fields {
		var args []any
		for k, v := range f.Args {
			args = append(args, k, v)
		}
		out = out.Field(orText(names[f.Name], f.Name), f.Code, args...)
	}
	return out
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// codeOf is a name as a part of a host name: "Éclair & Co" is eclair-co.
func codeOf(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // an accent
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	return strings.Trim(s[:min(len(s), 40)], "-")
}

// The stages of a first run, after there is an administrator.
type stage int

const (
	stageFirm stage = iota
	stageStore
	stageOpen
)

// progress is how far a first run is, from memory: what has been made stays, so
// whoever comes back goes on where something is missing.
type progress struct {
	stage    stage
	platform tenant.PlatformID
	merchant tenant.MerchantID
	store    tenant.StoreID
}

func (m *Module) progress() progress {
	d := m.directory.Load()
	var p progress
	if len(d.platforms) > 0 {
		p.platform = d.main().ID
	}
	for id := range d.merchants {
		if p.merchant.IsZero() || id < p.merchant {
			p.merchant = id
		}
	}
	for id := range d.first {
		if p.store.IsZero() || id < p.store {
			p.store = id
		}
	}
	switch {
	case !p.store.IsZero():
		p.stage = stageOpen
	case !p.merchant.IsZero() && !p.platform.IsZero():
		p.stage = stageStore
	}
	return p
}

// EnterToken leads into a store as its owner, without a password, as long as
// the owner has never signed in; empty afterwards.
func (m *Module) EnterToken(ctx context.Context, store tenant.StoreID) (string, error) {
	owner, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (UserRow, error) {
		s, err := oneStore(ctx, tx, Everywhere, store)
		if err != nil {
			return UserRow{}, err
		}
		merchant, err := oneMerchant(ctx, tx, Everywhere, s.Merchant)
		if err != nil || merchant.Owner.IsZero() {
			return UserRow{}, err
		}
		return oneUser(ctx, tx, merchant.Owner)
	})
	if err != nil || owner.ID.IsZero() || !owner.SignedIn.IsZero() {
		return "", err
	}
	return m.sign.Sign(enterPurpose, int64(store), int64(owner.ID), enterAge), nil
}

// Enter starts the owner's first session in a store and gives its token.
func (m *Module) Enter(ctx context.Context, in tenant.Store, token string, from auth.From) (string, error) {
	subject, err := m.sign.Open(enterPurpose, int64(in.ID()), token)
	if err != nil {
		return "", errLink
	}
	u, err := m.User(ctx, auth.UserID(subject))
	if err != nil || !u.SignedIn.IsZero() {
		return "", errLink
	}
	if _, _, ok := m.mayWork(ctx, in, u.ID); !ok {
		return "", errLink
	}
	return m.begin(ctx, u, auth.Session{Audience: storeAudience, Realm: int64(in.ID()), From: from})
}
