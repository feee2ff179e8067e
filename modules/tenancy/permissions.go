package tenancy

import "orion/kit/auth"

// What people may do with this module.
var (
	PermViewTeam        = auth.Permit("tenancy.view_team")
	PermEditTeam        = auth.Permit("tenancy.edit_team")
	PermEditStore       = auth.Permit("tenancy.edit_store")
	PermViewAudit       = auth.Permit("tenancy.view_audit")
	PermViewStores      = auth.Permit("tenancy.view_stores")
	PermManagePlatforms = auth.Permit("tenancy.manage_platforms")
	PermManageMerchants = auth.Permit("tenancy.manage_merchants")
	PermManageStores    = auth.Permit("tenancy.manage_stores")
	PermManageUsers     = auth.Permit("tenancy.manage_users")
	PermManageModules   = auth.Permit("tenancy.manage_modules")
	PermActAs           = auth.Permit("tenancy.act_as")
)

var permissions = []auth.Permission{
	PermViewTeam, PermEditTeam, PermEditStore, PermViewAudit, PermViewStores, PermManagePlatforms, PermManageMerchants,
	PermManageStores, PermManageUsers, PermManageModules, PermActAs,
}

// operatorOnly permissions mean nothing in a store, so no role of a store has
// them.
var operatorOnly = map[string]bool{
	PermManagePlatforms.Code: true, PermManageMerchants.Code: true, PermManageStores.Code: true, PermManageUsers.Code: true,
	PermViewStores.Code: true, PermManageModules.Code: true, PermActAs.Code: true,
}
