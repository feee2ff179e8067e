package rich_test

import (
	"testing"

	"orion/kit/rich"
)

func TestFill(t *testing.T) {
	t.Parallel()
	values := map[string]string{"store": "Maison <b>", "phone": "javascript:x()", "address": "1, rue\nL-1234"}
	for in, want := range map[string]string{
		"<p>{store}</p>":                "<p>Maison &lt;b&gt;</p>",
		`<a href="{phone}">{phone}</a>`: `<a href="{phone}">javascript:x()</a>`,
		"<p>{address}</p>{nothing}":     "<p>1, rue<br>L-1234</p>{nothing}",
		"no places":                     "no places",
	} {
		if got := rich.Fill(in, values); got != want {
			t.Errorf("Fill(%q) is %q, want %q", in, got, want)
		}
	}
}
