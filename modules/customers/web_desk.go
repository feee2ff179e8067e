package customers

import (
	"net/http"
	"strings"

	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/web/form"
)

func (m *Module) addNote(c *staffCtx) error {
	cid, err := parseCustomer(c.Param("id"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := m.AddNote(c.Context(), c.As.In, c.Actor(), cid, f.Long("note", maxNote)); err != nil {
		if !refused(f, err) {
			return err
		}
		return m.detailPage(c, http.StatusUnprocessableEntity, deskForms{note: f.State()})
	}
	c.Flash("ok", "customers.note_saved")
	return c.Redirect("/customers/" + cid.String())
}

func (m *Module) removeNote(c *staffCtx) error {
	note, err := id.Parse[noteKind](c.Param("note"))
	if err != nil {
		return errNoteGone
	}
	cid, err := m.RemoveNote(c.Context(), c.As.In, c.Actor(), note)
	if err != nil {
		return err
	}
	c.Flash("ok", "customers.note_removed")
	return c.Redirect("/customers/" + cid.String())
}

func (m *Module) saveTags(c *staffCtx) error {
	cid, err := parseCustomer(c.Param("id"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := m.Tag(c.Context(), c.As.In, c.Actor(), cid, strings.Split(f.Raw("tags"), ",")); err != nil {
		if !refused(f, err) {
			return err
		}
		return m.detailPage(c, http.StatusUnprocessableEntity, deskForms{tags: f.State()})
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/customers/" + cid.String())
}

// refused takes what is wrong with a form; false is a fault of something else.
func refused(f *form.Form, err error) bool {
	return fault.As(err).Kind == fault.Invalid && f.Take(err)
}

// saveSegment keeps the filter of the list under a name.
func (m *Module) saveSegment(c *staffCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	a := askedIn(c, f.Raw("query"))
	s, err := m.SaveSegment(c.Context(), c.As.In, c.Actor(), f.Text("name"), a.filter)
	if err != nil {
		if k := fault.As(err).Kind; k != fault.Invalid && k != fault.Rule {
			return err
		}
		f.Take(err)
		state := f.State()
		if state.Fault == nil {
			state.Fault = fault.As(err)
		}
		return m.list(c, http.StatusUnprocessableEntity, a, state)
	}
	c.Flash("ok", "customers.segment_saved", "name", s.Name)
	return c.Redirect(a.list())
}

func (m *Module) removeSegment(c *staffCtx) error {
	sid, err := id.Parse[segmentKind](c.Param("id"))
	if err != nil {
		return errSegmentGone
	}
	if err := m.RemoveSegment(c.Context(), c.As.In, c.Actor(), sid); err != nil {
		return err
	}
	c.Flash("ok", "customers.segment_removed")
	return c.Redirect("/customers")
}

// eraseCustomer wants the number of the customer typed, as the dialog asks: there
// is no way back.
func (m *Module) eraseCustomer(c *staffCtx) error {
	cid, err := parseCustomer(c.Param("id"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	who, err := m.Customer(c.Context(), c.As.In, cid)
	if err != nil {
		return err
	}
	if !strings.EqualFold(f.Text("confirm"), who.Label()) {
		return errUnconfirmed
	}
	if err := m.Erase(c.Context(), c.As.In, c.Actor(), cid); err != nil {
		return err
	}
	c.Flash("ok", "customers.erased")
	return c.Redirect("/customers/" + cid.String())
}
