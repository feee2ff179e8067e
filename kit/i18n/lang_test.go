package i18n

import "testing"

func TestMatch(t *testing.T) {
	t.Parallel()
	some := []Lang{En, Fr, De}
	for _, c := range []struct {
		header  string
		allowed []Lang
		want    Lang
	}{
		{"lb-LU,lb;q=0.9,fr;q=0.8", Langs, Lb},
		{"fr-CH, en;q=0.9", some, Fr},
		{"en;q=0.5, de;q=0.9", some, De},
		{"lb", some, De},
		{"lb, fr;q=0.5", some, Fr},
		{"lb", []Lang{En, Fr}, Fr},
		{"pt-BR", some, Fr},
		{"*", some, Fr},
		{"", some, Fr},
		{"en;q=nonsense", some, Fr},
		{"de", nil, Fr},
	} {
		if got := Match(c.header, c.allowed, Fr); got != c.want {
			t.Errorf("%q of %v: got %s, want %s", c.header, c.allowed, got, c.want)
		}
	}
}

func TestParseLang(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Lang{"fr": Fr, "FR-lu": Fr, "lb_LU": Lb} {
		if got, ok := ParseLang(text); !ok || got != want {
			t.Errorf("%q: got %s", text, got)
		}
	}
	if _, ok := ParseLang("pt"); ok {
		t.Error("pt is none of ours")
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, l := range Langs {
		if l.Name() == string(l) {
			t.Errorf("%s has no name", l)
		}
	}
}

func TestTextIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text Text
		lang Lang
		want string
	}{
		{Text{Fr: "pain", De: "Brot", En: "bread"}, Lb, "Brot"},
		{Text{Fr: "pain", En: "bread"}, Lb, "bread"},
		{Text{Fr: "pain", Lb: ""}, Lb, "pain"},
		{Text{Lb: "Brout"}, De, "Brout"},
		{Text{"pt": "pão"}, De, "pão"},
		{Text{En: "bread"}, "pt", "bread"},
		{nil, De, ""},
	} {
		if got := c.text.In(c.lang); got != c.want {
			t.Errorf("%v in %s: got %q, want %q", c.text, c.lang, got, c.want)
		}
	}
	if !(Text{En: ""}).IsEmpty() || (Text{En: "x"}).IsEmpty() {
		t.Error("IsEmpty is wrong")
	}
}

func TestColon(t *testing.T) {
	t.Parallel()
	if fr, en := Fr.Colon(), En.Colon(); fr != "\u00a0: " || en != ": " {
		t.Errorf("%q, %q", fr, en)
	}
}
