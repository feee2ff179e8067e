package content

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"

	"orion/kit/i18n"
)

//go:embed data/*.json
var data embed.FS

// words are the names that products share.
type words struct {
	Options map[string]i18n.Text         `json:"options"`
	Values  map[string]map[string]string `json:"values"` // languages, and "swatch"
	Tags    map[string]i18n.Text         `json:"tags"`
}

// Load reads and works out the content. It fails when a file is malformed or
// names something that does not exist.
func Load() (Demo, error) {
	var d Demo
	if err := read("stores", &d); err != nil {
		return Demo{}, err
	}
	var w words
	if err := read("options", &w); err != nil {
		return Demo{}, err
	}
	d.Tags = w.Tags

	var people struct {
		Staff     []Staff    `json:"staff"`
		Customers []Customer `json:"customers"`
	}
	if err := read("people", &people); err != nil {
		return Demo{}, err
	}
	d.Staff, d.Customers = people.Staff, people.Customers
	if err := read("messages", &d.Letters); err != nil {
		return Demo{}, err
	}
	if err := read("reviews", &d.Reviews); err != nil {
		return Demo{}, err
	}
	if err := read("pages", &d.Pages); err != nil {
		return Demo{}, err
	}
	if err := read("homes", &d.Homes); err != nil {
		return Demo{}, err
	}
	if err := errors.Join(read("blog", &d.Blog), read("menus", &d.Menus)); err != nil {
		return Demo{}, err
	}

	for i := range d.Stores {
		if err := loadStore(&d.Stores[i], w, d.Locations); err != nil {
			return Demo{}, fmt.Errorf("load store %s: %w", d.Stores[i].Code, err)
		}
	}
	return d, nil
}

func loadStore(s *Store, w words, at []Location) error {
	var goods struct {
		Categories []Category `json:"categories"`
		Products   []Product  `json:"products"`
	}
	if err := read(s.Code, &goods); err != nil {
		return err
	}
	s.Categories, s.Products = goods.Categories, goods.Products
	s.Logo, s.Hero = s.Code+"/logo", s.Code+"/hero"
	for i := range s.Products {
		m := maker{store: *s, words: w, locations: at, number: i + 1}
		if err := m.finish(&s.Products[i]); err != nil {
			return fmt.Errorf("product %s: %w", s.Products[i].Slug, err)
		}
	}
	return nil
}

func read(name string, into any) error {
	raw, err := data.ReadFile("data/" + name + ".json")
	if err != nil {
		return fmt.Errorf("read content: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("read content %s: %w", name, err)
	}
	return nil
}
