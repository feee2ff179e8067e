package appui_test

import (
	"bytes"
	"strings"
	"testing"

	"orion/app/appui"
)

const description = `{"info":{"title":"Orion","description":"About"},"paths":{"/api/v1/store/orders":{"get":{
  "operationId":"list","summary":"Orders <b>","tags":["store: orders"],"parameters":[{"name":"after","in":"query","required":false}],
  "responses":{"200":{"content":{"application/json":{"example":{"items":[]}}}}}}}}}`

func TestReference(t *testing.T) {
	t.Parallel()
	r, err := appui.NewReference([]byte(description))
	if err != nil || len(r.Groups) != 1 || r.Groups[0].Operations[0].Method != "GET" {
		t.Fatalf("%+v, %v", r, err)
	}
	var page bytes.Buffer
	if err := appui.ReferencePage(r).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/api/v1/store/orders", "Orders &lt;b&gt;", "items"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if _, err := appui.NewReference([]byte("{")); err == nil {
		t.Error("a broken description is read")
	}
}
