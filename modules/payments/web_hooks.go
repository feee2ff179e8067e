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
