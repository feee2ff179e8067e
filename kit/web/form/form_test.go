package form_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"orion/kit/web/form"
)

// What no database keeps is taken out of every value, however it is read.
func TestValuesAreText(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("POST", "/", strings.NewReader("name=a%00b%ff&tag=%00x&tag=y%fe"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := form.Parse(httptest.NewRecorder(), r)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Raw("name") + " " + f.Text("name") + " " + strings.Join(f.All("tag"), ","); got != "ab ab x,y" {
		t.Errorf("read %q", got)
	}
}

// A name with a line break would end a header of a mail.
func TestTextIsOneLine(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("POST", "/", strings.NewReader("name=Ada%0D%0ABcc:+x%0A&note=one%0Atwo"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := form.Parse(httptest.NewRecorder(), r)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Text("name"); got != "Ada  Bcc: x" {
		t.Errorf("a line reads %q", got)
	}
	if got := f.Long("note", 100); got != "one\ntwo" {
		t.Errorf("lines read %q", got)
	}
}
