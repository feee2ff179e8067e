package tenancy

import (
	"context"
	"net/http"
	"net/url"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

// doomed is a kind of thing that the operator deletes: where its pages are, and
// who may.
type doomed struct {
	kind, path string
	need       auth.Permission
	target     func(text string) (int64, error)
}

func numberOf[I interface{ ~int64 }, P interface {
	*I
	UnmarshalText(text []byte) error
}](text string) (int64, error) {
	var id I
	err := P(&id).UnmarshalText([]byte(text))
	return int64(id), err
}

// dooms are in the order in which one stands on the next.
var dooms = []doomed{
	{DeletedStore, "/stores", PermManageStores, numberOf[tenant.StoreID]},
	{DeletedMerchant, "/merchants", PermManageMerchants, numberOf[tenant.MerchantID]},
	{DeletedPlatform, "/platforms", PermManagePlatforms, numberOf[tenant.PlatformID]},
	{DeletedUser, "/users", PermManageUsers, numberOf[auth.UserID]},
}

func (m *Module) adminDeletionRoutes(mux *web.Mux[web.Admin]) {
	for _, d := range dooms {
		mux.Get(d.path+"/{"+d.kind+"}/delete", web.Need(d.need), func(c *web.Ctx[web.Admin]) error { return m.deletePage(c, d, http.StatusOK, ui.Form{}) })
		mux.Post(d.path+"/{"+d.kind+"}/delete", web.Need(d.need), func(c *web.Ctx[web.Admin]) error { return m.delete(c, d) })
	}
	mux.Get("/deleted", web.Need(PermManageStores), m.deletedPage)
	mux.Post("/deleted/restore", web.Need(PermManageStores), m.restore)
}

// deletePage shows what deleting something would take, with the form that does it.
func (m *Module) deletePage(c *web.Ctx[web.Admin], d doomed, status int, state ui.Form) error {
	id := c.Param(d.kind)
	target, err := d.target(id)
	if err != nil {
		return errUnknown
	}
	what, l, err := m.PreviewDeletion(c.Context(), reachOf(c), c.Actor(), Doom{Kind: d.kind, Target: target})
	if err != nil {
		return err
	}
	title := c.Words.T("tenancy.delete_title", "name", what.Name)
	return c.PageStatus(status, web.Head{Title: title, Active: d.path}, tenancyui.DeletePage(tenancyui.DeleteForm{
		State: state, Title: title, Kind: d.kind, Name: what.Name, Path: d.path, Back: d.path + "/" + id, Lines: lossLines(c.Words, d.kind, l),
	}))
}

// lossLines say what a deletion takes; what there is none of is left out.
func lossLines(w i18n.Words, kind string, l Loss) []tenancyui.LossLine {
	var out []tenancyui.LossLine
	add := func(key string, n int64, names []string) {
		if n == 0 {
			return
		}
		line := tenancyui.LossLine{Title: w.N(key, int(n)), Names: names}
		if more := int(n) - len(names); len(names) > 0 && more > 0 {
			line.More = w.N("tenancy.loss_more", more)
		}
		out = append(out, line)
	}
	if kind != DeletedMerchant {
		add("tenancy.loss_merchants", l.Merchants.N, l.Merchants.Names)
	}
	if kind != DeletedStore {
		add("tenancy.loss_stores", l.Stores.N, l.Stores.Names)
	}
	add("tenancy.loss_places", l.Places, nil)
	add("tenancy.loss_domains", int64(len(l.Domains)), l.Domains)
	add("tenancy.loss_staff", l.Staff, nil)
	add("tenancy.loss_jobs", l.Jobs, nil)
	add("tenancy.loss_owned", l.Owned, nil)
	return out
}

func (m *Module) delete(c *web.Ctx[web.Admin], d doomed) error {
	id := c.Param(d.kind)
	target, err := d.target(id)
	if err != nil {
		return errUnknown
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	doom := Doom{Kind: d.kind, Target: target, Reason: f.Text("reason"), Typed: f.Raw("confirm")}
	var done Deletion
	err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) (err error) {
		done, err = ch.Delete(ctx, reachOf(c), doom)
		return err
	})
	if err == nil && d.kind == DeletedUser {
		err = m.signOutEverywhere(c.Context(), auth.UserID(target))
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.deletePage(c, d, http.StatusUnprocessableEntity, state)
	}
	c.FlashUndo("/deleted/restore?"+url.Values{"deletion": {done.ID.String()}}.Encode(), "tenancy.is_deleted", "name", done.Name)
	return c.Redirect(d.path)
}

func (m *Module) deletedPage(c *web.Ctx[web.Admin]) error {
	var before DeletionID
	_ = before.UnmarshalText([]byte(c.Query("after"))) // what is none begins anew
	all, next, err := m.Deletions(c.Context(), reachOf(c), before)
	if err != nil {
		return err
	}
	v := tenancyui.Deleted{First: c.Query("after") != ""}
	if !next.IsZero() {
		v.Next = "/deleted?after=" + next.String()
	}
	for _, d := range all {
		v.Rows = append(v.Rows, tenancyui.DeletedRow{ID: d.ID.String(), Kind: d.Kind, Name: d.Name, Reason: d.Reason, By: d.By, At: c.Words.DateTime(d.At)})
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.deleted"), Active: "/deleted"}, tenancyui.DeletedPage(v))
}

// restore brings back what the deletion in the query took.
func (m *Module) restore(c *web.Ctx[web.Admin]) error {
	var id DeletionID
	if err := id.UnmarshalText([]byte(c.Query("deletion"))); err != nil || id.IsZero() {
		return errUnknown
	}
	var d Deletion
	err := m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) (err error) {
		d, err = ch.Restore(ctx, reachOf(c), id)
		return err
	})
	if err != nil {
		return err
	}
	c.Flash("ok", "tenancy.is_restored", "name", d.Name)
	return c.Redirect("/deleted")
}
