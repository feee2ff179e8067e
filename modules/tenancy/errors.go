package tenancy

import "orion/kit/fault"

// What can be wrong with what people ask of this module.
var (
	errUnknown       = fault.New(fault.NotFound, "not_found")
	errSignIn        = fault.New(fault.Unauthenticated, "tenancy.wrong_sign_in")
	errInvalid       = fault.New(fault.Invalid, "tenancy.invalid")
	errLink          = fault.New(fault.NotFound, "tenancy.link_spent")
	errBeyond        = fault.New(fault.Forbidden, "tenancy.grant_beyond")
	errOwnAccount    = fault.New(fault.Rule, "tenancy.own_account")
	errLastAdmin     = fault.New(fault.Rule, "tenancy.last_super_admin")
	errRoleInUse     = fault.New(fault.Rule, "tenancy.role_in_use")
	errNotStoreStaff = fault.New(fault.Rule, "tenancy.not_store_staff")
	errUnverified    = fault.New(fault.Rule, "tenancy.domain_unverified")
	errDNS           = fault.New(fault.Upstream, "tenancy.dns_failed")
	errTooManyNames  = fault.New(fault.Rule, "tenancy.too_many_domains")
)
