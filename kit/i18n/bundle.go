package i18n

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
)

//go:embed locales/*.json
var own embed.FS

// Bundle is all messages in all languages: those of its files, and what Reword
// puts in the place of some.
type Bundle struct {
	loaded  map[Lang]map[string]entry // of the files, before fallbacks were filled in
	current atomic.Pointer[spoken]

	mu      sync.Mutex
	unknown map[string]int
}

// spoken is what a bundle says at a time.
type spoken struct {
	languages map[Lang]*dictionary
	reworded  map[Lang]map[string]*message
}

// dictionary is one language with its gaps filled from its fallbacks.
type dictionary struct {
	lang     Lang
	tag      language.Tag
	messages map[string]*message
	bundle   *Bundle
}

// entry is a message and the file that it is from.
type entry struct {
	message *message
	origin  string
}

// Gap is a message that a language lacks or has wrong.
type Gap struct {
	Lang Lang
	Key  string
}

// Load reads locales/{en,fr,de,lb}.json of each file system, after the words of
// kit itself. A file system without that folder has no words. A key that two
// files of a language have is an error that names both.
func Load(lines ...fs.FS) (*Bundle, error) {
	b := &Bundle{
		loaded:  map[Lang]map[string]entry{},
		unknown: map[string]int{},
	}
	for _, l := range Langs {
		b.loaded[l] = map[string]entry{}
	}
	var wrong []error
	for i, files := range append([]fs.FS{own}, lines...) {
		if files != nil {
			wrong = append(wrong, b.read(files, i))
		}
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, fmt.Errorf("load locales: %w", err)
	}
	b.say(nil)
	return b, nil
}

// read takes in the locale files of one file system, the i-th of the list.
func (b *Bundle) read(files fs.FS, i int) error {
	names, err := fs.Glob(files, "locales/*.json")
	if err != nil {
		return err
	}
	var wrong []error
	for _, name := range names {
		code := strings.TrimSuffix(strings.TrimPrefix(name, "locales/"), ".json")
		if !Lang(code).Valid() {
			wrong = append(wrong, fmt.Errorf("%s: %q is none of the languages %v", name, code, Langs))
			continue
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		wrong = append(wrong, b.add(Lang(code), text, fmt.Sprintf("%s of file system %d", name, i)))
	}
	return errors.Join(wrong...)
}

// add takes in one locale file.
func (b *Bundle) add(l Lang, text []byte, origin string) error {
	messages, err := parseFile(text)
	if err != nil {
		return fmt.Errorf("%s: %w", origin, err)
	}
	if len(messages) > 0 { // file systems have no names, but modules prefix their keys
		owner, _, _ := strings.Cut(slices.Min(slices.Collect(maps.Keys(messages))), ".")
		origin += " (" + owner + ")"
	}
	var wrong []error
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		if known, ok := b.loaded[l][key]; ok {
			wrong = append(wrong, fmt.Errorf("key %q is in %s and in %s", key, known.origin, origin))
			continue
		}
		b.loaded[l][key] = entry{messages[key], origin}
	}
	return errors.Join(wrong...)
}

// say makes the dictionaries of all languages, with some messages reworded.
func (b *Bundle) say(reworded map[Lang]map[string]*message) {
	s := &spoken{languages: map[Lang]*dictionary{}, reworded: reworded}
	for _, l := range Langs {
		s.languages[l] = b.fill(l, reworded)
	}
	b.current.Store(s)
}

// fill makes the dictionary of a language out of its own and its fallbacks' words.
func (b *Bundle) fill(l Lang, reworded map[Lang]map[string]*message) *dictionary {
	d := &dictionary{lang: l, tag: language.Make(string(l)), messages: map[string]*message{}, bundle: b}
	for _, from := range slices.Backward(fallbacks[l]) {
		for key, e := range b.loaded[from] {
			d.messages[key] = e.message
		}
		maps.Copy(d.messages, reworded[from])
	}
	return d
}

// In are the words of a language; of English when l is none of ours.
func (b *Bundle) In(l Lang) Words {
	languages := b.current.Load().languages
	d, ok := languages[l]
	if !ok {
		d = languages[En]
	}
	return Words{dictionary: d}
}

// Missing are the messages that some languages have and others lack.
func (b *Bundle) Missing() []Gap {
	return b.gaps(func(e entry, has bool, _ *message) bool { return !has })
}

// Mismatched are the messages whose placeholders are not those of the English
// one: an argument would be lost or a brace be shown.
func (b *Bundle) Mismatched() []Gap {
	return b.gaps(func(e entry, has bool, english *message) bool {
		return has && english != nil && !slices.Equal(e.message.names(), english.names())
	})
}

func (b *Bundle) gaps(wrong func(e entry, has bool, english *message) bool) []Gap {
	var all []Gap
	for _, key := range b.keys() {
		english := b.loaded[En][key].message
		for _, l := range Langs {
			e, has := b.loaded[l][key]
			if wrong(e, has, english) {
				all = append(all, Gap{l, key})
			}
		}
	}
	slices.SortFunc(all, func(x, y Gap) int {
		return cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(slices.Index(Langs, x.Lang), slices.Index(Langs, y.Lang)))
	})
	return all
}

// keys are those of all messages of the files, sorted.
func (b *Bundle) keys() []string {
	all := map[string]bool{}
	for _, messages := range b.loaded {
		for key := range messages {
			all[key] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Unknown are the keys that were asked for and are in no language, with how
// often. A healthy program has none.
func (b *Bundle) Unknown() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.unknown)
}

// maxUnknown bounds what keys made of input could fill.
const maxUnknown = 1000

func (b *Bundle) countUnknown(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.unknown[key]; known || len(b.unknown) < maxUnknown {
		b.unknown[key]++
	}
}
