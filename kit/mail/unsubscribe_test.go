package mail_test

import (
	netmail "net/mail"
	"os"
	"testing"

	"orion/kit/config"
	"orion/kit/dbtest"
)

// A message to many says to programs where a post ends it; one to somebody has
// no such place.
func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, config.SMTP{})
		news := letter("news/1")
		news.Unsubscribe = "https://shop.example/newsletter/leave/x"
		b.send(t, news)
		b.send(t, letter("orders.placed/1"))
		b.settle(t)
		told := map[string]string{}
		for _, name := range b.written(t) {
			raw, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			m, err := netmail.ReadMessage(raw)
			if err != nil {
				t.Fatal(err)
			}
			told[m.Header.Get("List-Unsubscribe")] = m.Header.Get("List-Unsubscribe-Post")
			_ = raw.Close()
		}
		if len(told) != 2 || told["<"+news.Unsubscribe+">"] != "List-Unsubscribe=One-Click" || told[""] != "" {
			t.Errorf("programs read %v", told)
		}
	})
}
