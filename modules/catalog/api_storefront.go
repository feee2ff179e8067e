package catalog

import "orion/kit/web"

func (m *Module) api(a *web.API) {}
