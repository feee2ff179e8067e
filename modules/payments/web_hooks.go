package payments

import (
	"io"

	"orion/kit/web"
)

// hookRoutes are where gateways tell. They stand among the staff's pages because
// those are there also while a store sells nothing.
func (m *Module) hookRoutes(x *web.Mux[web.Store]) {
	if m.listens() {
		x.Post("/hooks/{gateway}/{token}", web.Public, m.postHook)
	}
}

func (m *Module) postHook(c *ctx) error {
	body, err := io.ReadAll(io.LimitReader(c.R.Body, largestMessage+1))
	if err != nil {
		return errRefused
	}
	return m.receive(c.Context(), c.As.In, hook{c.Param("gateway"), c.Param("token")}, Message{Body: body, Header: c.R.Header.Get})
}

// platformRoutes are where gateways tell of the accounts that a platform opened for its
// stores: one address for all of them.
func (m *Module) platformRoutes(x *web.Mux[web.Platform]) {
	if m.onboards() {
		x.Post("/hooks/{gateway}", web.Public, m.postPlatformHook)
	}
}

func (m *Module) postPlatformHook(c *web.Ctx[web.Platform]) error {
	body, err := io.ReadAll(io.LimitReader(c.R.Body, largestMessage+1))
	if err != nil {
		return errRefused
	}
	return m.receiveAbove(c.Context(), c.As.In, c.Param("gateway"), Message{Body: body, Header: c.R.Header.Get})
}
