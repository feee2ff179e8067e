package tenancy

import "orion/kit/auth"

// What people may do with this module.
var (
	PermViewTeam        = auth.Permit("tenancy.view_team")
	PermEditTeam        = auth.Permit("tenancy.edit_team")
	PermEditStore       = auth.Permit("tenancy.edit_store")
	PermViewAudit       = auth.Permit("tenancy.view_audit")
	PermViewStores      = auth.Permit("tenancy.view_stores").Only(auth.OfOperator)
	PermManagePlatforms = auth.Permit("tenancy.manage_platforms").Only(auth.Everywhere)
	PermManageMerchants = auth.Permit("tenancy.manage_merchants").Only(auth.OfOperator)
	PermManageStores    = auth.Permit("tenancy.manage_stores").Only(auth.OfOperator)
	PermManageUsers     = auth.Permit("tenancy.manage_users").Only(auth.Everywhere)
	PermManageModules   = auth.Permit("tenancy.manage_modules").Only(auth.OfOperator)
	PermActAs           = auth.Permit("tenancy.act_as").Only(auth.Everywhere)
)

var permissions = []auth.Permission{
	PermViewTeam, PermEditTeam, PermEditStore, PermViewAudit, PermViewStores, PermManagePlatforms, PermManageMerchants,
	PermManageStores, PermManageUsers, PermManageModules, PermActAs,
}
