package catalog

import "orion/kit/web"

func (m *Module) staff(x *web.Mux[web.Store]) {}
