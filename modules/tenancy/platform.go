package tenancy

import (
	"context"
	"regexp"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// NewPlatform is what creating a platform needs.
type NewPlatform struct {
	Code    string // part of host names; never changes
	Name    string
	Tagline i18n.Text
	Lang    i18n.Lang // empty is English
	Picture string
}

// PlatformRow is a platform as the operator sees it.
type PlatformRow struct {
	Platform
	Active  bool
	Created time.Time
	Stores  int64
}

// PlatformEdit is what may change about a platform.
type PlatformEdit struct {
	Name    string    `json:"name"`
	Tagline i18n.Text `json:"tagline"`
	Lang    i18n.Lang `json:"lang"`
	Picture string    `json:"picture"`
	Active  bool      `json:"active"`
}

var codePattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)

// reserved names would hide something else that answers on their host.
var reserved = map[string]bool{
	"www": true, "api": true, "admin": true, "store": true, "stores": true, "merchants": true, "platforms": true,
	"mail": true, "smtp": true, "static": true, "assets": true, "media": true, "cdn": true, "localhost": true,
}

// CreatePlatform adds a platform.
func (c *Change) CreatePlatform(ctx context.Context, n NewPlatform) (tenant.PlatformID, error) {
	n.Code, n.Name = strings.ToLower(strings.TrimSpace(n.Code)), strings.TrimSpace(n.Name)
	if n.Lang == "" {
		n.Lang = i18n.En
	}
	if n.Tagline == nil {
		n.Tagline = i18n.Text{}
	}
	check := errInvalid
	if n.Name == "" {
		check = check.Field("name", "form.required")
	}
	check, err := c.checkCode(ctx, check, "code", n.Code)
	if err != nil {
		return 0, err
	}
	if err := check.OrNil(); err != nil {
		return 0, err
	}
	p := PlatformRow{Active: true, Platform: Platform{
		ID: tenant.PlatformID(c.tx.NewID()), Code: n.Code, Name: n.Name, Tagline: n.Tagline, Lang: n.Lang, Picture: n.Picture,
	}}
	if err := insertPlatform(ctx, c.tx, p); err != nil {
		return 0, err
	}
	c.touched = true
	return p.ID, c.record(ctx, where{platform: p.ID}, tenancyapi.Entry{
		Action: "tenancy.platform_created", Target: p.ID.String(), Title: p.Name, After: p.edit(),
	})
}

// EditPlatform changes a platform.
func (c *Change) EditPlatform(ctx context.Context, id tenant.PlatformID, e PlatformEdit) error {
	before, err := onePlatform(ctx, c.tx, id)
	if err != nil {
		return err
	}
	e.Name = strings.TrimSpace(e.Name)
	check := errInvalid
	if e.Name == "" {
		check = check.Field("name", "form.required")
	}
	if !e.Lang.Valid() {
		check = check.Field("lang", "form.choose")
	}
	if err := check.OrNil(); err != nil {
		return err
	}
	if err := updatePlatform(ctx, c.tx, id, e); err != nil {
		return err
	}
	c.touched = true
	return c.record(ctx, where{platform: id}, tenancyapi.Entry{
		Action: "tenancy.platform_edited", Target: id.String(), Title: e.Name, Before: before.edit(), After: e,
	})
}

func (p PlatformRow) edit() PlatformEdit {
	return PlatformEdit{Name: p.Name, Tagline: p.Tagline, Lang: p.Lang, Picture: p.Picture, Active: p.Active}
}

// checkCode holds a name to what a host name takes and to what is free. Stores
// and platforms share one space of names, because both answer below the base
// domain.
func (c *Change) checkCode(ctx context.Context, check *fault.Error, field, code string) (*fault.Error, error) {
	switch {
	case code == "":
		return check.Field(field, "form.required"), nil
	case !codePattern.MatchString(code):
		return check.Field(field, "tenancy.bad_code"), nil
	case reserved[code]:
		return check.Field(field, "form.taken"), nil
	}
	taken, err := nameTaken(ctx, c.tx, code)
	if err != nil {
		return check, err
	}
	if taken {
		return check.Field(field, "form.taken"), nil
	}
	return check, nil
}

// SwitchModule writes down that a platform has a module, or no longer. Whether
// it may is decided by who knows the modules.
func (c *Change) SwitchModule(ctx context.Context, p tenant.PlatformID, module string, on bool) error {
	platform, err := onePlatform(ctx, c.tx, p)
	if err != nil {
		return err
	}
	if err := setModule(ctx, c.tx, moduleFact{platform: p, module: module, enabled: on}, c.byUser()); err != nil {
		return err
	}
	c.touched = true
	action := actModuleOff
	if on {
		action = actModuleOn
	}
	return c.record(ctx, where{platform: p}, tenancyapi.Entry{Action: action, Target: moduleTarget(module), Title: platform.Name + ": " + module})
}

// AllPlatforms are the platforms as the operator sees them; reach limits them.
func (m *Module) AllPlatforms(ctx context.Context, r Reach) ([]PlatformRow, error) {
	rows, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]PlatformRow, error) { return allPlatforms(ctx, tx) })
	if err != nil {
		return nil, err
	}
	out := rows[:0]
	for _, p := range rows {
		if r.has(p.ID) {
			out = append(out, p)
		}
	}
	return out, nil
}

// OnePlatform is a platform as the operator sees it.
func (m *Module) OnePlatform(ctx context.Context, r Reach, id tenant.PlatformID) (PlatformRow, error) {
	if !r.has(id) {
		return PlatformRow{}, errUnknown
	}
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (PlatformRow, error) { return onePlatform(ctx, tx, id) })
}
