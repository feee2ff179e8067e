package tenancy

import (
	"context"
	"errors"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
)

// ownerOf finds the owner who is named in a form, or makes an account and a
// link for somebody new.
func (c *Change) ownerOf(ctx context.Context, email, name string) (id auth.UserID, link string, err error) {
	if email = tidyEmail(email); email == "" {
		return 0, "", nil
	}
	u, err := userByEmail(ctx, c.tx, email)
	if err == nil {
		return u.ID, "", nil
	}
	if !errors.Is(err, db.ErrNoRow) {
		return 0, "", err
	}
	if strings.TrimSpace(name) == "" {
		return 0, "", errInvalid.Field("owner_name", "form.required")
	}
	if id, err = c.CreateUser(ctx, NewUser{Email: email, Name: name, Role: auth.MerchantOwner}); err != nil {
		return 0, "", err
	}
	link, err = c.Link(ctx, id)
	return id, link, err
}
