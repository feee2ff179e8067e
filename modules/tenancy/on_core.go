package tenancy

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/mail"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/modules/core/coreapi"
	"orion/modules/tenancy/tenancyapi"
	"orion/modules/tenancy/tenancyui"
)

// fills are what this module puts on the dashboards and into the search.
func (m *Module) fills() []slot.Filling {
	const order = 90 // behind the modules that sell
	return []slot.Filling{
		coreapi.AdminStats.Fill(tenancyapi.Code, 10, m.adminStats),
		coreapi.AdminWidgets.Fill(tenancyapi.Code, 1, m.adminWidgets),
		coreapi.AdminResults.Fill(tenancyapi.Code, 10, m.adminResults),
		coreapi.MerchantStats.Fill(tenancyapi.Code, order, m.merchantStats),
		coreapi.MerchantResults.Fill(tenancyapi.Code, 10, m.merchantResults),
		coreapi.StoreSteps.Fill(tenancyapi.Code, order, m.storeSteps),
		mail.Samples.Fill(tenancyapi.Code, 10, m.samples),
	}
}

// adminStats count from memory, within the reader's reach.
func (m *Module) adminStats(_ context.Context, r coreapi.AdminReader) ([]coreapi.Stat, error) {
	if !r.Grants.Has(PermViewStores) {
		return nil, nil
	}
	d, reach := m.directory.Load(), ReachOf(r.Platforms)
	stores, merchants, platforms := map[any]bool{}, map[any]bool{}, 0
	for _, p := range d.platforms {
		if reach.has(p.ID) {
			platforms++
		}
	}
	for at := range d.shops {
		if reach.has(at.platform) {
			stores[at.store] = true
			merchants[d.stores[at.store].Merchant] = true
		}
	}
	return []coreapi.Stat{
		{Label: r.Words.T("tenancy.stores"), Value: r.Words.Number(len(stores)), Link: "/stores"},
		{Label: r.Words.T("tenancy.merchants"), Value: r.Words.Number(len(merchants)), Link: "/merchants"},
		{Label: r.Words.T("tenancy.platforms"), Value: r.Words.Number(platforms), Link: "/platforms"},
	}, nil
}

// adminWidgets lead back to a first run that was left half-way.
func (m *Module) adminWidgets(_ context.Context, r coreapi.AdminReader) ([]coreapi.Widget, error) {
	if !r.Grants.Has(PermManagePlatforms) || m.progress().stage == stageOpen {
		return nil, nil
	}
	return []coreapi.Widget{{Title: r.Words.T("tenancy.setup_continue"), Wide: true, Body: tenancyui.SetupContinue()}}, nil
}

func (m *Module) merchantStats(ctx context.Context, r coreapi.MerchantReader) ([]coreapi.Stat, error) {
	stores, err := m.StoresOf(ctx, r.In)
	if err != nil {
		return nil, err
	}
	team, err := m.TeamOf(ctx, r.In)
	if err != nil {
		return nil, err
	}
	people := map[any]bool{}
	for _, t := range team {
		if t.Active {
			people[t.User] = true
		}
	}
	return []coreapi.Stat{
		{Label: r.Words.T("tenancy.stores"), Value: strconv.Itoa(len(stores)), Link: "/stores"},
		{Label: r.Words.T("tenancy.team"), Value: strconv.Itoa(len(people)), Link: "/team"},
	}, nil
}

// merchantResults finds the merchant's stores and people by name.
func (m *Module) merchantResults(ctx context.Context, s coreapi.Search[coreapi.MerchantReader]) ([]coreapi.Result, error) {
	has := func(texts ...string) bool {
		return strings.Contains(strings.ToLower(strings.Join(texts, " ")), strings.ToLower(s.Query))
	}
	stores, err := m.StoresOf(ctx, s.Reader.In)
	if err != nil {
		return nil, err
	}
	var out []coreapi.Result
	for _, v := range stores {
		if has(v.Name, v.Code) && len(out) < s.Limit {
			out = append(out, coreapi.Result{Kind: s.Reader.Words.T("tenancy.store"), Title: v.Name, Sub: v.Code, Link: "/stores", Icon: "store"})
		}
	}
	return out, nil
}

// adminResults finds stores, merchants and users by name.
func (m *Module) adminResults(ctx context.Context, s coreapi.Search[coreapi.AdminReader]) ([]coreapi.Result, error) {
	var out []coreapi.Result
	reach, w := ReachOf(s.Reader.Platforms), s.Reader.Words
	limit := page.Request{Limit: s.Limit}
	if s.Reader.Grants.Has(PermViewStores) {
		stores, err := m.Stores(ctx, reach, StoreFilter{Query: s.Query, Request: limit})
		if err != nil {
			return nil, err
		}
		for _, v := range stores.Items {
			out = append(out, coreapi.Result{
				Kind: w.T("tenancy.store"), Title: v.Name, Sub: v.MerchantName, Link: "/stores/" + v.ID.String(), Icon: "store",
			})
		}
		merchants, err := m.Merchants(ctx, reach, MerchantFilter{Query: s.Query, Request: limit})
		if err != nil {
			return nil, err
		}
		for _, v := range merchants.Items {
			out = append(out, coreapi.Result{
				Kind: w.T("tenancy.merchant"), Title: v.Name, Sub: v.Email, Link: "/merchants/" + v.ID.String(), Icon: "building-2",
			})
		}
	}
	if s.Reader.Grants.Has(PermManageUsers) {
		users, err := m.Users(ctx, UserFilter{Query: s.Query, Request: limit})
		if err != nil {
			return nil, err
		}
		for _, v := range users.Items {
			out = append(out, coreapi.Result{
				Kind: w.T("tenancy.user"), Title: v.Name, Sub: v.Email, Link: "/users/" + v.ID.String(), Icon: "user",
			})
		}
	}
	return out, nil
}

// storeSteps are what a new store's owner should see to first.
func (m *Module) storeSteps(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Step, error) {
	var out []coreapi.Step
	shop := m.Shop(r.In.ID(), r.In.Platform())
	if shop != nil && r.Grants.Has(PermEditStore) {
		out = append(out, coreapi.Step{
			Title: r.Words.T("tenancy.step_profile"), Text: r.Words.T("tenancy.step_profile_text"), Label: r.Words.T("tenancy.store_settings"),
			Link: "/settings/store", Done: !shop.Tagline.IsEmpty() && shop.Email != "" && len(shop.Address) > 0,
		}, coreapi.Step{
			Title: r.Words.T("tenancy.step_logo"), Text: r.Words.T("tenancy.step_logo_text"), Label: r.Words.T("tenancy.store_settings"),
			Link: "/settings/store", Done: shop.Logo != "" || shop.HeroImage != "",
		})
	}
	if r.Grants.Has(PermEditTeam) {
		staff, err := m.Staff(ctx, r.In)
		if err != nil {
			return nil, err
		}
		out = append(out, coreapi.Step{
			Title: r.Words.T("tenancy.step_team"), Text: r.Words.T("tenancy.step_team_text"), Label: r.Words.T("tenancy.invite"),
			Link: "/team/invite", Done: len(staff) > 0,
		})
	}
	return out, nil
}
