package rich_test

import (
	"strings"
	"testing"

	"orion/kit/rich"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain & simple":                           "plain &amp; simple",
		"<h2>A</h2><p>b <b>c</b></p>":              "<h2>A</h2><p>b <b>c</b></p>",
		"<p onclick=x()>a</p><script>x()</script>": "<p>a</p>",
		`<a href="javascript:x()">a</a>`:           "a",
		`<a href="/cart">a</a>`:                    `<a href="/cart" rel="nofollow">a</a>`,
	} {
		got := rich.Clean(in)
		if got != want {
			t.Errorf("Clean(%q) is %q, want %q", in, got, want)
		}
		if again := rich.Clean(got); again != got {
			t.Errorf("cleaning %q again gives %q", got, again)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	if got := rich.Text("<p>One</p><p>two &amp;\n three</p>"); got != "One two & three" {
		t.Errorf("got %q", got)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("é", 30) // 60 bytes
	for in, want := range map[string]string{
		"<p>Short &amp; good</p>":                                 "Short & good",
		"<p>" + word + " " + word + "</p><p>" + word + " end</p>": word + " " + word + "…",
		strings.Repeat("x", 200):                                  "",
	} {
		if got := rich.Summary(in); got != want {
			t.Errorf("Summary(%q) is %q, want %q", in, got, want)
		}
	}
}

// What is said instead of a picture may be any words, and never ends its attribute.
func TestAlt(t *testing.T) {
	t.Parallel()
	got := rich.Clean(`<img src="/a.png" alt='What? A "red" &amp; <b>blue</b> one: 5 €' onerror=x>`)
	if want := `<img src="/a.png" alt="What? A &#34;red&#34; &amp; &lt;b&gt;blue&lt;/b&gt; one: 5 €">`; got != want {
		t.Errorf("got %s", got)
	}
}
