package cms

import (
	"fmt"
	"testing"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/page"
)

// manyMedia is how many files a store may have that is browsed and searched at once.
const manyMedia = 10_000

// fillLibrary writes many files, one in a hundred of them about spring.
func (w *world) fillLibrary(t testing.TB, n int) {
	t.Helper()
	for at := 0; at < n; at += 500 {
		err := db.Do(t.Context(), w.DB, w.at.Store, func(tx mediaTx) error {
			for i := at; i < min(at+500, n); i++ {
				season := "winter"
				if i%100 == 0 {
					season = "spring"
				}
				f := Media{
					ID: MediaID(tx.NewID()), Kind: Document, Folder: fmt.Sprintf("Folder %d", i%20), Name: fmt.Sprintf("%s-%d.pdf", season, i), Upload: fmt.Sprintf("documents/%d.pdf", i), Bytes: 1000,
					Alt: i18n.Text{i18n.En: "A picture of the " + season + " collection, number " + fmt.Sprint(i), i18n.De: "Ein Bild der Kollektion", i18n.Fr: "Une image de la collection"}, Changed: tx.Now(),
				}
				if err := insertMedia(t.Context(), tx, f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkLibrary shows a page of a library with 10,000 files. Each is to take less
// than 10 ms, whatever is searched.
func BenchmarkLibrary(b *testing.B) {
	for name, open := range map[string]func(testing.TB, migrate.Plan) *dbtest.Env{"sqlite": dbtest.NewSQLite, "postgres": dbtest.NewPostgres} {
		b.Run(name, func(b *testing.B) {
			w := setup(b, open(b, plan))
			w.fillLibrary(b, manyMedia)
			w.Analyze(b)
			for what, q := range map[string]MediaQuery{
				"latest": {}, "folder": {Folder: "Folder 3"}, "words": {Search: "spring collection"}, "nowhere": {Search: "autumn"}, "kind": {Kind: Video},
			} {
				b.Run(what, func(b *testing.B) {
					q.Request = page.Request{Limit: tiles}
					for b.Loop() {
						if _, err := w.Library(b.Context(), w.at.Store, q); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
