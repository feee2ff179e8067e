package gallery_test

import "testing"

// TestPhone holds lists on a phone to being cards: nothing scrolls sideways, no
// word is broken for want of room, and what is not on top says its name.
func TestPhone(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"staff-list", "staff-lists", "staff-detail"} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			p := sit(t, page)
			p.hold(360)
			p.is("a page as wide as the phone", `innerWidth === 360 && document.documentElement.scrollWidth <= 360`)
			p.is("lists that fit", `[...document.querySelectorAll("main .table-scroll:has(> .table)")].every((e) => e.scrollWidth <= e.clientWidth)`)
			p.is("rows with room", `[...document.querySelectorAll("main .table-scroll > .table > tbody > tr")].every((r) => r.getBoundingClientRect().height <= 170)`)
			p.is("the first thing of a row readable", `[...document.querySelectorAll("main tbody .row-link")].every((e) => e.closest("td").getBoundingClientRect().width >= 100)`)
		})
	}
	p := sit(t, "staff-list")
	p.hold(360)
	p.is("the figure beside the name", `(() => {
		const [name, figure] = ["tbody tr .row-link", "tbody tr td:last-child"].map((s) => document.querySelector(s).getBoundingClientRect());
		return figure.left > name.left && figure.top < name.bottom && figure.bottom > name.top;
	})()`)
}
