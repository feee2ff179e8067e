package cms

import (
	"errors"
	"testing"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// The translations centre has what posts and categories say. What is written of a post
// waits in its draft; a category says it at once.
func TestBlogTexts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		care, err := w.KeepCategory(ctx, in, CategoryWriting{Slug: "care", Name: i18n.Text{i18n.En: "Care"}, Lang: i18n.En, By: lena})
		must(t, err)
		post := write(t, w.Posts, in, posted("wool", "Wool", "<p>Air it.</p>"))
		said := func(name, was, is string) textsapi.TextChange {
			return textsapi.TextChange{Lang: i18n.Fr, Said: []textsapi.TextSaid{{Name: name, Was: was, Is: is}}, By: lena}
		}
		posts, categories := w.postsArea(), w.categoriesArea()
		for key, area := range map[string]textsapi.TextArea{post.String(): posts, care.String(): categories} {
			some, err := area.List(ctx, in, "", 10)
			if err != nil || len(some) != 1 || some[0].Key != key {
				t.Errorf("%s lists %+v, %v", area.Name(), some, err)
			}
			if more, err := area.List(ctx, in, key, 10); err != nil || len(more) > 0 {
				t.Errorf("behind the last %s there are %+v, %v", area.Name(), more, err)
			}
			if _, err := area.Find(ctx, w.other.Store, key); !errors.Is(err, textsapi.ErrTextGone) && !errors.Is(err, errUnknown) {
				t.Errorf("another store finds %s: %v", area.Name(), err)
			}
			if err := area.Save(ctx, w.other.Store, key, said("title", "", "Leur")); err == nil {
				t.Errorf("another store writes %s", area.Name())
			}
		}
		must(t, posts.Save(ctx, in, post.String(), said("title", "", "Laine")), posts.Save(ctx, in, post.String(), said("summary", "", "De la laine")))
		if err := posts.Save(ctx, in, post.String(), said("title", "", "Autre")); !errors.Is(err, textsapi.ErrTextChanged) {
			t.Errorf("who did not see what is said by now writes over it: %v", err)
		}
		if a, err := w.ReadPost(ctx, in, "wool"); err != nil || a.Title[i18n.Fr] != "" {
			t.Errorf("readers see the draft: %q, %v", a.Title[i18n.Fr], err)
		}
		must(t, posts.Publish(ctx, in, post.String(), lena))
		if a, err := w.ReadPost(ctx, in, "wool"); err != nil || a.Title[i18n.Fr] != "Laine" || a.Summary[i18n.Fr] != "De la laine" {
			t.Errorf("readers see %q and %q, %v", a.Title[i18n.Fr], a.Summary[i18n.Fr], err)
		}
		must(t, categories.Save(ctx, in, care.String(), said("name", "", "Entretien")))
		all, err := w.Categories(ctx, in)
		if err != nil || len(all) != 1 || all[0].Name[i18n.Fr] != "Entretien" {
			t.Errorf("the category is called %+v, %v", all, err)
		}
	})
}

// The newest posts stand in a section of their own, three of them or six, and nothing
// does where there are none.
func TestLatestPosts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		kind, ok := w.kinds.named(cmsapi.Code + ".posts")
		if !ok {
			t.Fatal("there is no such kind of section")
		}
		studio := f.wants(303, "lena", "POST", "/store/pages/home", nil)
		id := mustParse(t, studio)
		var added string
		var seen int64
		for _, do := range []func([]Section) ([]Section, error){
			func(all []Section) ([]Section, error) { return all[:1], nil },
			w.kinds.add(kind.Name(), "", &added),
		} {
			p, err := w.Stores.Page(t.Context(), w.at.Store, id)
			must(t, err)
			seen, err = w.Stores.Compose(t.Context(), w.at.Store, id, Composing{Seen: p.Revision, By: lena, Do: do})
			must(t, err)
		}
		must(t, w.Stores.Publish(t.Context(), w.at.Store, id, seen, lena))
		f.wants(200, "", "GET", "/", nil, "!Post 1", "!section-"+added)
		for _, name := range []string{"Post 1", "Post 2", "Post 3", "Post 4"} {
			write(t, w.Posts, w.at.Store, posted("", name, "x"))
		}
		f.wants(200, "", "GET", "/", nil, "Post 4", "Post 3", "Post 2", "!Post 1", `id="section-`+added)
		if shown, err := w.ShownPosts(t.Context(), w.at.Store, ShownQuery{Request: page.Request{Limit: 9}}); err != nil || len(shown.Items) != 4 {
			t.Errorf("the blog shows %d posts, %v", len(shown.Items), err)
		}
	})
}
